using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Benchmarks;

/// <summary>
/// Reading, writing, hashing and merging. The reader is measured against .NET's own <see cref="JsonDocument"/>, the merge
/// against <c>git merge-file</c> on the same three files.
/// </summary>
static class CoreBench
{
    const double Megabyte = 1_000_000;

    public static IEnumerable<Figure> Run(bool quick)
    {
        var rounds = quick ? 5 : 15;
        var clips = quick ? 1_500 : 5_000;
        var document = GeneratedCut.Of(clips, metadataBytes: 2_000);
        var bytes = Written(document);
        var size = bytes.Length / Megabyte;
        var label = string.Create(CultureInfo.InvariantCulture, $"{clips:N0} clips, {size:F1} MB");

        var parse = CpuClock.Median(rounds, () => JsonDocument.Parse(bytes).Dispose());
        yield return Speed($"read ({label})", size, CpuClock.Median(rounds, () => Read(bytes)), parse, "JsonDocument.Parse");
        yield return Speed("write", size, CpuClock.Median(rounds, () => Written(document)), null, "");
        yield return Speed("canonical form and hash", size, CpuClock.Median(rounds, () => CanonicalForm.Hash(document)), null, "");
        yield return Merge(clips, rounds);
    }

    static Figure Merge(int clips, int rounds)
    {
        var imported = CutReader.Read(GeneratedCut.Of(clips, metadataBytes: 200), new DiagnosticBag());
        var @base = ElementMatcher.Identify(imported, null, Birth.Of("bench", [1])).Sequence;
        var ours = TrimTails(@base, first: 10);
        var theirs = TrimTails(@base, first: 25);
        var ms = CpuClock.Median(rounds, () => ThreeWayMerge.Merge(new(@base, ours, theirs)));

        var folder = Directory.CreateTempSubdirectory("cinegit-bench-").FullName;
        try
        {
            string FileOf(string side, Sequence cut) => WriteTo(Path.Combine(folder, side + ".otio"), cut);
            string[] arguments = ["merge-file", "-p", FileOf("ours", ours), FileOf("base", @base), FileOf("theirs", theirs)];
            var git = CpuClock.MedianOfProgram(Math.Min(rounds, 9), "git", arguments);
            return new($"merge, 5 ripple trims a side, {clips} clips", ms, "ms", null, git, "git merge-file");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Five shots, each with its sound, three frames shorter; everything after them moves up.</summary>
    static Sequence TrimTails(Sequence cut, int first) => cut with
    {
        Tracks = [.. cut.Tracks.Select(track => track with
        {
            Elements = [.. track.Elements.Select((element, i) => (i - first) % 40 == 0 && i >= first && i < first + 200
                ? element with { Duration = element.Duration - Flicks.FromFrames(3, FrameRate.Fps24) }
                : element)],
        })],
    };

    static Figure Speed(string name, double megabytes, double ms, double? baselineMs, string baselineName) =>
        new(name, megabytes / ms * 1000, "MB/s", null, baselineMs is { } other ? megabytes / other * 1000 : null, baselineName);

    static OtioDocument Read(byte[] bytes) => OtioReader.Read(bytes, new DiagnosticBag());

    static byte[] Written(OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static string WriteTo(string path, Sequence cut)
    {
        File.WriteAllBytes(path, Written(CutWriter.Write(cut)));
        return path;
    }
}
