using CineGit.Interchange.Ale;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Ale;

static class AleFiles
{
    static readonly AleFormat Format = new();

    public static Imported Read(byte[] bytes, FrameRate? rate = null)
    {
        using var stream = new MemoryStream(bytes);
        return Format.Read(stream, new ReadOptions(rate, "input.ale"));
    }

    public static byte[] Write(OtioDocument document, byte[] original, out Diagnostic[] diagnostics)
    {
        using var stream = new MemoryStream();
        diagnostics = [.. Format.Write(document, stream, new(original))];
        return stream.ToArray();
    }

    public static byte[] Write(OtioDocument document, byte[] original) => Write(document, original, out _);
}
