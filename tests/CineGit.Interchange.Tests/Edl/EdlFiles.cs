using System.Text;
using CineGit.Interchange.Edl;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

static class EdlFiles
{
    static readonly EdlFormat Format = new();

    public static Imported Read(string text, FrameRate? rate = null) => Read(Encoding.UTF8.GetBytes(text), rate);

    public static Imported Read(byte[] bytes, FrameRate? rate = null, string fileName = "list.edl")
    {
        using var stream = new MemoryStream(bytes);
        return Format.Read(stream, new ReadOptions(rate, fileName));
    }

    public static byte[] WriteBytes(OtioDocument document)
    {
        using var stream = new MemoryStream();
        Format.Write(document, stream, WriteOptions.Alone);
        return stream.ToArray();
    }

    /// <summary>Written into the list that the document, or one before it, was read from.</summary>
    public static byte[] WriteInto(OtioDocument document, byte[] original)
    {
        using var stream = new MemoryStream();
        Format.Write(document, stream, new(original));
        return stream.ToArray();
    }

    public static string Write(OtioDocument document) => Encoding.UTF8.GetString(WriteBytes(document));

    /// <summary>The rate a document was read at, to read its EDL again with.</summary>
    public static FrameRate RateOf(OtioDocument document) =>
        document.FirstTimeline()?.Child("global_start_time")?.Number("rate") is { } rate && FrameRate.TryFromDouble(rate, out var exact)
            ? exact
            : FrameRate.Fps24;

    public static IEnumerable<OtioObject> Tracks(OtioDocument document) =>
        document.FirstTimeline()?.Child("tracks")?.Objects("children") ?? [];

    public static OtioObject[] Children(OtioDocument document, string track) =>
        [.. Tracks(document).Single(t => t.Text("name") == track).Objects("children")];
}
