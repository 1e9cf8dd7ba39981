using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Identity;

/// <summary>
/// Of equal neighbours on a track a file without ids does not say which of them came or went. What stands on other tracks
/// does: it moved with what came or went before it.
/// </summary>
sealed class EqualNeighbours(Pairing pairing, Placement imported, Placement parent)
{
    readonly Lazy<Dictionary<(int Track, int Index), Placed>> _imported = new(() => imported.All
        .Where(p => pairing.ParentOf(p) is not null)
        .ToDictionary(p => pairing.ParentOf(p) is { } before ? (before.TrackIndex, before.Index) : default));

    /// <summary>A run of equals, and the shorter one that it was or became: all of it but some beside each other.</summary>
    /// <param name="Long">Neighbours without a gap.</param>
    /// <param name="Short">Likewise, in the other cut.</param>
    /// <param name="At">Where in <paramref name="Long"/> the surplus is taken to be.</param>
    sealed record Runs(IReadOnlyList<Placed> Long, IReadOnlyList<Placed> Short, int At)
    {
        public int Surplus => Long.Count - Short.Count;

        public IEnumerable<Placed> Without(int at) => Long.Where((_, i) => i < at || i >= at + Surplus);
    }

    public void Settle()
    {
        foreach (var (runs, at) in Mistaken(parent, p => !pairing.IsLeft(p), p => _imported.Value.GetValueOrDefault((p.TrackIndex, p.Index))))
            if (runs.Short.All(pairing.IsGuessed)) pairing.Rematch(runs.Short, [.. runs.Without(at)]);
        foreach (var (runs, at) in Mistaken(imported, p => !pairing.IsFree(p), pairing.ParentOf))
            if (runs.Long.All(pairing.IsGuessed)) pairing.Rematch([.. runs.Without(at)], runs.Short);
    }

    static IEnumerable<(Runs Runs, int At)> Mistaken(Placement cut, Func<Placed, bool> isPaired, Func<Placed, Placed?> other)
    {
        foreach (var row in cut.Tracks)
        {
            for (var i = 0; i < row.Count; i++)
            {
                if (isPaired(row[i]) || RunAround(row, i) is not { Count: > 1 } run) continue;
                i = run[^1].Index;
                if (Between(run, isPaired, other) is { } runs && BestPlace(cut, runs, other) is var at && at != runs.At) yield return (runs, at);
            }
        }
    }

    static List<Placed> RunAround(IReadOnlyList<Placed> row, int index)
    {
        var (first, last) = (index, index);
        while (first > 0 && AreNeighbours(row[first - 1], row[first])) first--;
        while (last + 1 < row.Count && AreNeighbours(row[last], row[last + 1])) last++;
        return [.. row.Skip(first).Take(last - first + 1)];
    }

    static bool AreNeighbours(Placed one, Placed next) =>
        one.End == next.Start && one.Element.Link is null && next.Element.Link is null && ContentClasses.IsAlike(one.Element, next.Element);

    /// <summary>Null where ids tell the equals apart, or more happened to them than that some came or went together.</summary>
    static Runs? Between(List<Placed> run, Func<Placed, bool> isPaired, Func<Placed, Placed?> other)
    {
        var at = run.FindIndex(p => !isPaired(p));
        List<Placed> counterparts = [.. run.Select(other).OfType<Placed>()];
        var runs = new Runs(run, counterparts, at);
        if (counterparts.Count == 0 || runs.Without(at).Any(p => !isPaired(p))) return null;
        for (var i = 1; i < counterparts.Count; i++)
        {
            if (counterparts[i].TrackIndex != counterparts[0].TrackIndex || counterparts[i].Index != counterparts[0].Index + i || !AreNeighbours(counterparts[i - 1], counterparts[i])) return null;
        }

        return ContentClasses.IsAlike(run[0].Element, counterparts[0].Element) ? runs : null;
    }

    /// <summary>Where the surplus has to be for most of what starts beside it on other tracks to have moved with it.</summary>
    static int BestPlace(Placement cut, Runs runs, Func<Placed, Placed?> other)
    {
        var shift = runs.Short[0].Start - runs.Long[0].Start;
        var behind = shift - (runs.Long[runs.Surplus - 1].End - runs.Long[0].Start);
        var seen = Witnesses(cut, runs, other).ToList();
        var best = (At: runs.At, Agree: Agreeing(runs.At));
        for (var at = 0; at <= runs.Long.Count - runs.Surplus; at++)
        {
            if (Agreeing(at) is var agree && agree > best.Agree) best = (at, agree);
        }

        return best.At;

        int Agreeing(int at)
        {
            var (start, end) = (runs.Long[at].Start, runs.Long[at + runs.Surplus - 1].End);
            return seen.Sum(w => Vote(w.Start >= end, w.Start <= start, w.Shift));
        }

        // What began within the surplus may have gone anywhere, but not along with what is behind it.
        int Vote(bool isBehind, bool isBefore, Flicks moved) => (isBehind, isBefore) switch
        {
            (true, _) => moved == behind ? 1 : -1,
            (_, true) => moved == shift ? 1 : -1,
            _ => moved == behind ? -1 : 0,
        };
    }

    /// <summary>What starts on other tracks within the run, and how far it moved; others of equal neighbours are no evidence.</summary>
    static IEnumerable<(Flicks Start, Flicks Shift)> Witnesses(Placement cut, Runs runs, Func<Placed, Placed?> other)
    {
        foreach (var row in cut.Tracks)
        {
            if (row.Count == 0 || row[0].TrackIndex == runs.Long[0].TrackIndex) continue;
            for (var i = FirstFrom(row, runs.Long[0].Start); i < row.Count && row[i].Start <= runs.Long[^1].End; i++)
            {
                if (other(row[i]) is { } there && RunAround(row, i).Count == 1) yield return (row[i].Start, there.Start - row[i].Start);
            }
        }
    }

    static int FirstFrom(IReadOnlyList<Placed> row, Flicks time)
    {
        var (low, high) = (0, row.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (row[middle].Start < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
