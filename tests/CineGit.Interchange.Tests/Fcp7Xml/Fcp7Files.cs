using System.Text;
using CineGit.Interchange.Fcp7Xml;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcp7Xml;

static class Fcp7Files
{
    public static readonly Fcp7XmlFormat Format = new();

    public static Imported Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static Imported Read(ReadOnlyMemory<byte> bytes, string fileName = "cut.xml")
    {
        using var stream = new MemoryStream(bytes.ToArray());
        return Format.Read(stream, new ReadOptions(null, fileName));
    }

    public static byte[] Write(OtioDocument document, ReadOnlyMemory<byte> original = default) => Write(document, original, out _);

    public static byte[] Write(OtioDocument document, ReadOnlyMemory<byte> original, out IReadOnlyList<Diagnostic> diagnostics)
    {
        using var stream = new MemoryStream();
        diagnostics = Format.Write(document, stream, new WriteOptions(original));
        return stream.ToArray();
    }

    /// <summary>Null when both files say the same.</summary>
    public static string? Difference(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) =>
        XmlSame.Difference(XmlTree.Parse(first), XmlTree.Parse(second), Fcp7XmlFormat.Dialect);

    public static IEnumerable<OtioObject> Tracks(OtioDocument document) =>
        document.FirstTimeline()?.Child("tracks")?.Objects("children") ?? [];

    public static OtioObject[] Items(OtioDocument document, int track) =>
        [.. Tracks(document).ElementAt(track).Objects("children").Where(c => c.SchemaName != OtioSchema.Gap)];

    /// <summary>A sequence with these tracks of picture and sound, at 25 frames a second.</summary>
    public static string Sequence(string video, string audio = "", string head = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE xmeml>
        <xmeml version="5">
        <sequence id="s1"><name>cut</name><rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate>{head}<media><video>{video}</video><audio>{audio}</audio></media></sequence>
        </xmeml>
        """;

    public static string Clip(string id, int start, int end, int cutIn, int cutOut, string more = "") => $"""
        <clipitem id="{id}"><name>{id}</name><enabled>TRUE</enabled><duration>1000</duration><rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate><start>{start}</start><end>{end}</end><in>{cutIn}</in><out>{cutOut}</out>{more}</clipitem>
        """;

    public static string File(string id, string more = "") => $"""
        <file id="{id}"><name>{id}.mov</name><pathurl>file://localhost/media/{id}.mov</pathurl><rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate><duration>1000</duration>{more}</file>
        """;
}
