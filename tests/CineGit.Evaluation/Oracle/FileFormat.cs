namespace CineGit.Evaluation.Oracle;

/// <summary>What the editing programs write.</summary>
enum FileFormat
{
    Otio,

    /// <summary>CMX 3600: no b-roll, effects, markers or switched-off shots.</summary>
    Edl,

    /// <summary>xmeml 5, as Premiere exports it.</summary>
    Fcp7Xml,

    /// <summary>FCPXML 1.10, as Final Cut exports it.</summary>
    Fcpxml,
}

static class FileFormats
{
    public static string Extension(this FileFormat format) => format switch
    {
        FileFormat.Edl => ".edl",
        FileFormat.Fcp7Xml => ".xml",
        FileFormat.Fcpxml => ".fcpxml",
        _ => ".otio",
    };

    public static byte[] Write(this FileFormat format, Cut cut, Layout layout) => format switch
    {
        FileFormat.Edl => EdlText.Of(cut),
        FileFormat.Fcp7Xml => Fcp7Text.Of(cut),
        FileFormat.Fcpxml => FcpxmlText.Of(cut),
        _ => OtioText.Of(cut, layout),
    };

    /// <summary>Whether a file of the format says anything that tells the two apart.</summary>
    public static bool Tells(this FileFormat format, Cut one, Cut other) =>
        format == FileFormat.Otio || !format.Write(one, new(Ids: false)).AsSpan().SequenceEqual(format.Write(other, new(Ids: false)));
}
