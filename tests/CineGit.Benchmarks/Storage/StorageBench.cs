using System.Globalization;

namespace CineGit.Benchmarks.Storage;

/// <summary>
/// What versions cost: the same history of a film, five edits a version, in our packs and in a git repository of .otio files, in
/// one run. Nothing of ours is ever collected or repacked.
/// </summary>
static class StorageBench
{
    const int Versions = 200;
    const double OpenTarget = 50;

    public static IEnumerable<Figure> Run(bool quick)
    {
        foreach (var clips in quick ? [500] : (int[])[500, 5_000, 10_000])
        {
            foreach (var figure in History(clips)) yield return figure;
        }

        var (films, versions) = quick ? (500, 1_000) : (1_000, 10_000);
        yield return OpenRandom(films, versions);
    }

    static IEnumerable<Figure> History(int clips)
    {
        var history = new FilmHistory(clips);
        using var git = new GitRepository();
        for (var i = 0; i < Versions; i++)
        {
            history.Commit();
            var file = history.FileOfNle();
            history.Keep(file);
            git.Commit(file.Span);
        }

        var loose = git.Size;
        git.CollectGarbage();
        var packed = git.Size;
        var first = history.Packs[history.Versions[0]].Length;
        var perVersion = (history.CutBytes - first) / (Versions - 1.0);
        var label = string.Create(CultureInfo.InvariantCulture, $"{clips:N0} clips");
        yield return new($"a version of 5 edits, {label}", perVersion, "B", clips == 10_000 ? 2_000 : null, loose / (double)Versions, "git, loose");
        yield return new($"{Versions} versions, {label}", history.CutBytes / 1000.0, "kB", Share(clips) * packed / 1000.0, packed / 1000.0, "git after gc");
        yield return new(
            "  with the committed files byte for byte", (history.CutBytes + history.FileBytes) / 1000.0, "kB", null, packed / 1000.0, "git after gc");
        yield return Opening($"open one of {Versions} versions, {label}", history);
    }

    static Figure OpenRandom(int clips, int versions)
    {
        var history = new FilmHistory(clips);
        for (var i = 0; i < versions; i++) history.Commit();
        return Opening(string.Create(CultureInfo.InvariantCulture, $"open one of {versions:N0} versions, {clips:N0} clips"), history);
    }

    static Figure Opening(string name, FilmHistory history)
    {
        const int samples = 25;
        var random = new Random(1);
        var milliseconds = CpuClock.Median(samples, () => history.Open(history.Versions[random.Next(history.Versions.Count)], out _));
        return new(name, milliseconds, "ms", OpenTarget, null, "");
    }

    /// <summary>How much of git's packed size is allowed: all of it for a short film, much less for a long one.</summary>
    static double Share(int clips) => clips >= 10_000 ? 0.4 : 1.0;
}
