using System.Globalization;
using CineGit.Interchange;
using CineGit.Interchange.Fcpxml;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks.Formats;

/// <summary>Final Cut projects of asset clips with their sound, adjustments, titles, cutaways, markers and transitions.</summary>
static class FcpxmlBench
{
    const double Megabyte = 1_000_000;
    const double Target = 50;
    const string Adapter = "OpenTimelineIO adapter";
    const int WarmUpCalls = 30;

    public static IEnumerable<Figure> Run(bool quick)
    {
        if (quick) return Measure(500, 5, null, null, null);
        return [.. Measure(500, 25, null, null, null), .. Measure(5_000, 25, Target, 8_732, 8_038), .. Measure(50_000, 5, null, null, null)];
    }

    static IEnumerable<Figure> Measure(int clips, int rounds, double? target, double? otioReadMs, double? otioWriteMs)
    {
        var bytes = GeneratedFcpxml.Of(clips);
        for (var i = 0; i < Math.Max(1, WarmUpCalls * 500 / clips); i++) Write(Read(bytes), WriteOptions.Alone);
        var document = Read(bytes);
        var size = bytes.Length / Megabyte;
        var label = string.Create(CultureInfo.InvariantCulture, $"fcpxml, {clips:N0} clips, {size:F1} MB");
        var read = CpuClock.Median(rounds, () => Read(bytes));
        var write = CpuClock.Median(rounds, () => Write(document, WriteOptions.Alone));
        var woven = CpuClock.Median(rounds, () => Write(document, new(bytes)));
        yield return new($"read {label}", read, "ms", target, otioReadMs, Adapter);
        yield return new("  per second", size / read * 1000, "MB/s", null, null, "");
        yield return new($"write {label}", write, "ms", target, otioWriteMs, Adapter);
        yield return new("  per second", size / write * 1000, "MB/s", null, null, "");
        yield return new("  into the file it came from", woven, "ms", null, null, "");
    }

    static OtioDocument Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return new FcpxmlFormat().Read(stream, new(null, "scene.fcpxml")).Document;
    }

    static void Write(OtioDocument document, WriteOptions options)
    {
        using var stream = new MemoryStream();
        new FcpxmlFormat().Write(document, stream, options);
    }
}
