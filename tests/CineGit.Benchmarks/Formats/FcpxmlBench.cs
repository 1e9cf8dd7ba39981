using System.Globalization;
using CineGit.Interchange.Fcpxml;
using CineGit.TestKit;

namespace CineGit.Benchmarks.Formats;

/// <summary>Final Cut projects of asset clips with their sound, adjustments, titles, cutaways, markers and transitions.</summary>
static class FcpxmlBench
{
    const double Target = 50;

    public static IEnumerable<FormatFile> Files(bool quick)
    {
        if (quick) return [Of(500, 5, null, null, null)];
        return [Of(500, 25, null, null, null), Of(5_000, 15, Target, 8_732, 8_038), Of(50_000, 3, null, null, null)];
    }

    static FormatFile Of(int clips, int rounds, double? target, double? otioReadMs, double? otioWriteMs) => new(
        string.Create(CultureInfo.InvariantCulture, $"fcpxml, {clips:N0} clips"),
        new FcpxmlFormat(), GeneratedFcpxml.Of(clips), new(null, "scene.fcpxml"), Trimmed.InTheMiddle,
        rounds, target, target, otioReadMs, otioWriteMs);
}
