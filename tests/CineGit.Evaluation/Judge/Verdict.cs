namespace CineGit.Evaluation.Judge;

/// <summary>How a merged file differs from the one it had to be.</summary>
/// <param name="Differences">In words; empty when the files play alike.</param>
/// <param name="Drift">The most frames by which a clip that should be there is off in record time.</param>
/// <param name="Lost">Clips, markers and transitions that are not in the merged file.</param>
/// <param name="Invented">Those that are there and should not be.</param>
sealed record Verdict(IReadOnlyList<string> Differences, long Drift, int Lost, int Invented)
{
    public bool IsRight => Differences.Count == 0;

    public static Verdict Of(SeenCut expected, SeenCut merged)
    {
        List<string> differences = [];
        var (drift, lost, invented) = (0L, 0, 0);
        if (expected.Tracks.Count != merged.Tracks.Count) differences.Add($"{merged.Tracks.Count} tracks, expected {expected.Tracks.Count}");
        foreach (var (wanted, got) in expected.Tracks.Zip(merged.Tracks))
        {
            var track = (wanted.Name, wanted.Kind, wanted.Enabled);
            if (track != (got.Name, got.Kind, got.Enabled)) differences.Add($"track {(got.Name, got.Kind, got.Enabled)}, expected {track}");
            drift = Math.Max(drift, DriftOf(wanted, got));
            Compare(wanted.Name, wanted.Clips, got.Clips);
            Compare(wanted.Name + " transition", wanted.Transitions, got.Transitions);
        }

        Compare("sequence marker", expected.Markers, merged.Markers);
        var (was, are) = (expected.Tracks.Sum(t => t.Clips.Count), merged.Tracks.Sum(t => t.Clips.Count));
        return new(differences, drift, lost + Math.Max(0, was - are), invented + Math.Max(0, are - was));

        void Compare<T>(string what, IReadOnlyList<T> wanted, IReadOnlyList<T> got)
            where T : notnull
        {
            var missing = Minus(wanted, got);
            var surplus = Minus(got, wanted);
            differences.AddRange(missing.Select(m => $"{what}: expected {m}"));
            differences.AddRange(surplus.Select(s => $"{what}: found {s}"));
            if (typeof(T) == typeof(SeenClip)) return;
            lost += Math.Max(0, missing.Count - surplus.Count);
            invented += Math.Max(0, surplus.Count - missing.Count);
        }
    }

    /// <summary>Clips are paired by what they show, in order; a shot used twice is two clips.</summary>
    static long DriftOf(SeenTrack expected, SeenTrack merged)
    {
        if (expected.Clips.SequenceEqual(merged.Clips)) return 0;
        var found = merged.Clips.ToLookup(c => (c.Media, c.Name));
        return expected.Clips.GroupBy(c => (c.Media, c.Name))
            .Where(g => g.Count() == found[g.Key].Count())
            .SelectMany(g => g.Zip(found[g.Key], (e, m) => Math.Abs(e.Start - m.Start)))
            .DefaultIfEmpty().Max();
    }

    static List<T> Minus<T>(IReadOnlyList<T> from, IReadOnlyList<T> take)
        where T : notnull
    {
        if (from.SequenceEqual(take)) return [];
        var left = take.GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        List<T> rest = [];
        foreach (var item in from)
        {
            if (left.GetValueOrDefault(item) is > 0 and var count) left[item] = count - 1;
            else rest.Add(item);
        }

        return rest;
    }
}
