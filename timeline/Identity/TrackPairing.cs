using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>Which imported track continues which track of the parent; never by index, so an inserted track shifts nothing.</summary>
static class TrackPairing
{
    /// <summary>For each imported track the index of its parent track, or -1.</summary>
    public static int[] Pair(Sequence imported, Print[][] prints, Sequence parent, Print[][] parentPrints)
    {
        var pairs = new int[imported.Tracks.Length];
        Array.Fill(pairs, -1);
        var free = new HashSet<int>(Enumerable.Range(0, parent.Tracks.Length));
        var shared = SharedPrints(imported, prints, parent, parentPrints);
        ByUniqueId(imported, parent, pairs, free);
        BySharedContent(imported, parent, pairs, free, shared, sameName: true);
        BySharedContent(imported, parent, pairs, free, shared, sameName: false);
        return pairs;
    }

    static void ByUniqueId(Sequence imported, Sequence parent, int[] pairs, HashSet<int> free)
    {
        var counts = imported.Tracks.GroupBy(t => t.Id).ToDictionary(g => g.Key, g => g.Count());
        for (var t = 0; t < pairs.Length; t++)
        {
            var track = imported.Tracks[t];
            if (track.Id.Birth == 0 || counts[track.Id] != 1) continue;
            var match = free.FirstOrDefault(p => parent.Tracks[p].Id == track.Id && parent.Tracks[p].Kind == track.Kind, -1);
            if (match < 0) continue;
            pairs[t] = match;
            free.Remove(match);
        }
    }

    /// <summary>
    /// Greatest share of common content first. Equal names alone suffice only when neither track holds content that says
    /// otherwise: after a track is inserted at the bottom every name below moves by one while the content does not. Tracks that
    /// hold the same, as the two of a stereo pair do, keep their order.
    /// </summary>
    static void BySharedContent(Sequence imported, Sequence parent, int[] pairs, HashSet<int> free, int[,] shared, bool sameName)
    {
        var candidates =
            from t in Enumerable.Range(0, pairs.Length)
            where pairs[t] < 0
            from p in free
            let mine = imported.Tracks[t]
            let theirs = parent.Tracks[p]
            where mine.Kind == theirs.Kind
            let score = shared[t, p]
            let named = mine.Name == theirs.Name
            where sameName ? named && (score > 0 || !HasBetterHome(shared, t, p)) : score > 0
            orderby score descending, named descending, t, p
            select (t, p);
        foreach (var (t, p) in candidates.ToList())
        {
            if (pairs[t] >= 0 || !free.Contains(p)) continue;
            if (sameName && shared[t, p] > 0 && BestElsewhere(shared, t, p) > shared[t, p]) continue;
            pairs[t] = p;
            free.Remove(p);
        }
    }

    static bool HasBetterHome(int[,] shared, int t, int p) => BestElsewhere(shared, t, p) > 0;

    static int BestElsewhere(int[,] shared, int t, int p)
    {
        var best = 0;
        for (var other = 0; other < shared.GetLength(1); other++)
            if (other != p) best = Math.Max(best, shared[t, other]);
        for (var other = 0; other < shared.GetLength(0); other++)
            if (other != t) best = Math.Max(best, shared[other, p]);
        return best;
    }

    static int[,] SharedPrints(Sequence imported, Print[][] prints, Sequence parent, Print[][] parentPrints)
    {
        var shared = new int[imported.Tracks.Length, parent.Tracks.Length];
        if (CountShared(p => Print.Begins(p)) == 0) CountShared(p => Print.BeginsStem(p));
        return shared;

        // Where every path changed, the names of the files have to do.
        int CountShared(Func<Print, Print> of)
        {
            var total = 0;
            var sets = parentPrints.Select(row => row.Select(of).ToHashSet()).ToArray();
            for (var t = 0; t < prints.Length; t++)
            {
                for (var p = 0; p < sets.Length; p++)
                {
                    if (imported.Tracks[t].Kind == parent.Tracks[p].Kind) total += shared[t, p] = prints[t].Count(print => sets[p].Contains(of(print)));
                }
            }

            return total;
        }
    }
}
