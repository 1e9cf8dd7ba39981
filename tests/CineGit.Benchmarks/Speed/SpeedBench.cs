using System.Globalization;
using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks.Speed;

/// <summary>
/// Comparing, merging and identifying long cuts, against <c>git merge-file</c> on the same three files in the same run.
/// </summary>
static class SpeedBench
{
    /// <param name="Clips">On all tracks.</param>
    /// <param name="Edits">Of each side.</param>
    /// <param name="Rounds">Of which the median counts.</param>
    /// <param name="Target">For diff and merge together, in ms of CPU time.</param>
    readonly record struct Size(int Clips, int Edits, int Rounds, double? Target);

    const double MatchTarget = 30;

    /// <summary>How many times faster than git a merge has to be.</summary>
    const double AgainstGit = 5;

    public static IEnumerable<Figure> Run(bool quick)
    {
        Size[] sizes = quick
            ? [new(500, 5, 5, null), new(2_000, 50, 5, null)]
            :
            [
                new(500, 5, 25, null), new(5_000, 5, 25, null), new(5_000, 500, 15, null), new(10_000, 5, 25, 10),
                new(10_000, 500, 15, 50), new(100_000, 5, 9, 60),
            ];
        WarmUp();
        foreach (var size in sizes)
        {
            foreach (var figure in Merging(size)) yield return figure;
        }

        foreach (var clips in quick ? [500] : (int[])[500, 5_000, 10_000])
        {
            yield return Matching(clips, quick ? 5 : 15);
        }
    }

    /// <summary>Until the runtime has compiled for good what is measured.</summary>
    static void WarmUp()
    {
        var pair = EditedPair.Of(1_000, 20);
        var export = pair.Ours.WithoutIds();
        for (var i = 0; i < 80; i++)
        {
            SequenceDiff.Compare(pair.Base, pair.Ours);
            ThreeWayMerge.Merge(new(pair.Base, pair.Ours, pair.Theirs));
            ElementMatcher.Identify(export, pair.Base, new(7));
        }
    }

    static IEnumerable<Figure> Merging(Size size)
    {
        var pair = EditedPair.Of(size.Clips, size.Edits);
        var label = string.Create(CultureInfo.InvariantCulture, $"{size.Clips:N0} clips, {size.Edits} edits a side");
        var request = new MergeRequest(pair.Base, pair.Ours, pair.Theirs);
        var diff = CpuClock.Median(size.Rounds, () => SequenceDiff.Compare(pair.Base, pair.Ours));
        var merge = CpuClock.Median(size.Rounds, () => ThreeWayMerge.Merge(request));
        var git = OfGit(pair, size.Clips > 10_000 ? 1 : 5);
        yield return new($"diff, {label}", diff, "ms", null, null, "");
        yield return new($"merge, {label}", merge, "ms", git / AgainstGit, git, "git merge-file");
        yield return new($"diff and merge, {label}", diff + merge, "ms", size.Target, null, "");
        if (size.Clips > 10_000) yield break;
        var whole = CpuClock.Median(5, () => EndToEnd(pair));
        yield return new($"read, merge and write, {label}", whole, "ms", null, git, "git merge-file");
    }

    static void EndToEnd(EditedPair pair)
    {
        var merged = ThreeWayMerge.Merge(new(EditedPair.Read(pair.BaseFile), EditedPair.Read(pair.OurFile), EditedPair.Read(pair.TheirFile)));
        _ = EditedPair.Written(CutWriter.Write(merged.Merged));
    }

    static double OfGit(EditedPair pair, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("cinegit-bench-").FullName;
        try
        {
            string FileOf(string name, byte[] bytes)
            {
                var path = Path.Combine(folder, name + ".otio");
                File.WriteAllBytes(path, bytes);
                return path;
            }

            return CpuClock.MedianOfProgram(
                rounds, "git", "merge-file", "-p", FileOf("ours", pair.OurFile), FileOf("base", pair.BaseFile), FileOf("theirs", pair.TheirFile));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Five edits, exported by a program that knows no ids, against the version they were made on.</summary>
    static Figure Matching(int clips, int rounds)
    {
        var pair = EditedPair.Of(clips, 5);
        var export = pair.Ours.WithoutIds();
        var birth = new Birth(7);
        var milliseconds = CpuClock.Median(rounds, () => ElementMatcher.Identify(export, pair.Base, birth));
        return new(
            string.Create(CultureInfo.InvariantCulture, $"identify a re-export without ids, {clips:N0} clips"),
            milliseconds, "ms", clips <= 10_000 ? MatchTarget : null, null, "");
    }
}
