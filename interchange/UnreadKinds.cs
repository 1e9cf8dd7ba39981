using CineGit.Interchange.Xml;

namespace CineGit.Interchange;

/// <summary>Files that people hand to an editing tool and that nothing here reads, told apart to say so plainly.</summary>
internal static class UnreadKinds
{
    public static string? ByContent(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return "AAF (or another compound file)";
        if (head.StartsWith<byte>([0x1F, 0x8B])) return "a gzip file, perhaps a Premiere project";
        if (head.Length >= 12 && (head[4..8].SequenceEqual("ftyp"u8) || head[4..8].SequenceEqual("moov"u8))) return "a QuickTime or MPEG-4 movie";
        if (head.StartsWith<byte>([0x06, 0x0E, 0x2B, 0x34])) return "an MXF file";
        if (head.StartsWith("RIFF"u8)) return "a WAVE or AVI file";
        if (head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3])) return "a Matroska or WebM movie";
        if (head.StartsWith("%PDF"u8)) return "a PDF document";
        return XmlHead.RootOf(head) is null or "" or "fcpxml" or "xmeml" ? null : "XML of a kind that is not known here";
    }

    public static string? ByExtension(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".AAF" => "AAF",
        ".PRPROJ" => "a Premiere project",
        ".DRP" or ".DRT" => "a DaVinci Resolve project or timeline",
        ".AVB" or ".AVP" => "an Avid bin or project",
        ".OTIOD" => "an OTIO bundle that is a folder",
        ".MOV" or ".MP4" or ".MXF" or ".AVI" or ".MKV" or ".WEBM" => "a movie",
        ".WAV" or ".AIF" or ".AIFF" or ".MP3" => "a sound file",
        ".ZIP" => "a zip archive",
        _ => null,
    };
}
