using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Benchmarks;

/// <summary>
/// The work on files (<see cref="JsonBench"/>), and the merge against <c>git merge-file</c> on the same three files.
/// </summary>
static class CoreBench
{
    public static IEnumerable<Figure> Run(bool quick, string? otioProbe)
    {
        (int Clips, int Rounds)[] files = quick ? [(1_500, 5)] : [(5_000, 15), (50_000, 5)];
        foreach (var (clips, rounds) in files)
        {
            foreach (var figure in JsonBench.Run(clips, rounds, otioProbe)) yield return figure;
        }

        yield return Merge(files[0].Clips, files[0].Rounds);
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

    static string WriteTo(string path, Sequence cut)
    {
        using var stream = File.Create(path);
        OtioWriter.Write(CutWriter.Write(cut), stream);
        return path;
    }
}
