using System.Collections.Immutable;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Reads the steps of one track as an editor's acts. A step may often be read in several ways: a trim that rippled, or one
/// in place under a ripple of another track by as much. The readings of all regions together that ask for the least are
/// taken: that a track follows ripples as it does elsewhere, that what moved alone is put back, and few acts.
/// </summary>
sealed class TrackReading
{
    const int RippledAlone = 2;

    /// <summary>
    /// For each kind of act that moved this track unlike the others, and at most for all in one region. What was moved went
    /// out at one place and in at another, so each is half an act.
    /// </summary>
    const int OutOfLine = 4;
    const int HalfOutOfLine = 2;
    const int MostOutOfLine = 10;

    /// <summary>Empty time that came or went; putting a stretch back to where the rest stands is expected.</summary>
    const int LeftOver = 12;
    const int PutBack = 2;

    /// <summary>That causes rippled nothing although less would be left over if they had: only for what is put back by it.</summary>
    const int AsIfRippled = 4;

    /// <summary>More causes than this in one region are taken by their kind.</summary>
    const int MaxSubset = 8;

    /// <summary>So many ways to account for one step are weighed: where more acts are at hand at a time, they are much alike.</summary>
    const int MostFollowed = 32;

    /// <summary>How many ways to have come so far are kept.</summary>
    const int Width = 8;

    readonly IReadOnlyList<Region> _regions;
    readonly ImmutableArray<Act> _acts;

    /// <summary>Acts that this track has a cause of its own for: linked sound that was trimmed with its picture.</summary>
    readonly HashSet<Trace> _twins = [];
    readonly bool _follows;

    /// <param name="regions">Of the track, in order.</param>
    /// <param name="own">The traces of the causes in them.</param>
    /// <param name="acts">That rippled on other tracks.</param>
    public TrackReading(IReadOnlyList<Region> regions, HashSet<Trace> own, IReadOnlyCollection<Act> acts)
    {
        _regions = regions;
        _acts = [.. acts.Where(a => !own.Contains(a.Event.Trace)).OrderBy(a => a.Event.Extent.Start)];
        _twins.UnionWith(acts.Select(a => a.Event.Trace).Where(own.Contains));
        _follows = Follows();
    }

    /// <summary>A way to read one region, whatever was read before it.</summary>
    /// <param name="Region">Its index.</param>
    /// <param name="Cost">Without that of what is left over.</param>
    /// <param name="Open">The acts that may still be followed behind it.</param>
    sealed record Way(int Region, Reading Reading, int Cost, ImmutableArray<Act> Open)
    {
        public bool LeadsOnLike(Way other) =>
            Reading.RightInPlace == other.Reading.RightInPlace && Open.AsSpan().SequenceEqual(other.Open.AsSpan());
    }

    /// <summary>A way to have come to the end of a region. Those across which nothing happened are left out.</summary>
    /// <param name="Left">All that was left over, without signs: of two ways that ask for as much, the smaller one counts.</param>
    sealed record Path(Path? Before, Way Last, int Cost, Flicks Left, Flicks Apart)
    {
        public static readonly Path Start = new(null, new(0, Reading.Nothing, 0, []), 0, Flicks.Zero, Flicks.Zero);

        public Path Take(Way way) => new(this, way, CostWith(way), LeftWith(way), Apart + way.Reading.Residual);

        /// <summary>True when going on this way is better than the other path.</summary>
        public bool IsBetterThan(Path other, Way way) => CostWith(way) is var cost && (cost < other.Cost || (cost == other.Cost && LeftWith(way) < other.Left));

        int CostWith(Way way)
        {
            var residual = way.Reading.Residual;
            return Cost + way.Cost + (residual.IsZero ? 0 : (Apart + residual).IsZero ? PutBack : LeftOver);
        }

        Flicks LeftWith(Way way) => Left + way.Reading.Residual.Magnitude;
    }

    public IReadOnlyList<Reading> Best()
    {
        List<Path> paths = [Path.Start];
        var next = 0;
        for (var i = 0; i < _regions.Count; i++)
        {
            var first = next;
            while (next < _acts.Length && _acts[next].Event.Extent.Start <= _regions[i].RightStart) next++;
            if (next == first && _regions[i].IsStill && paths.TrueForAll(p => p.Last.Open.IsEmpty)) continue;
            paths = Continue(paths, i, _acts[first..next]);
        }

        var readings = new Reading[_regions.Count];
        Array.Fill(readings, Reading.Nothing);
        for (var at = paths[0]; at.Before is { } before; at = before) readings[at.Last.Region] = at.Last.Reading;
        return readings;
    }

    List<Path> Continue(List<Path> paths, int region, ImmutableArray<Act> begun)
    {
        var known = new List<(Way From, List<Way> Ways)>();
        var best = new List<Path>(Width + 1);
        foreach (var path in paths)
        {
            var at = known.FindIndex(k => k.From.LeadsOnLike(path.Last));
            var ways = at < 0 ? Continue(path.Last, region, begun) : known[at].Ways;
            if (at < 0) known.Add((path.Last, ways));
            foreach (var way in ways) Add(best, path, way);
        }

        return best;
    }

    /// <summary>Of paths that are as good, the first are kept.</summary>
    static void Add(List<Path> best, Path path, Way way)
    {
        var at = best.Count;
        while (at > 0 && path.IsBetterThan(best[at - 1], way)) at--;
        if (at == Width) return;
        best.Insert(at, path.Take(way));
        if (best.Count > Width) best.RemoveAt(Width);
    }

    /// <summary>
    /// Whether this track moves with the others, as far as the places show where nothing else happened on it. Where it stands
    /// in the end says more than any one place.
    /// </summary>
    bool Follows()
    {
        var (votes, next, acts, steps) = (1, 0, Flicks.Zero, Flicks.Zero);
        foreach (var region in _regions)
        {
            if (region.Right is null) break;
            var sum = Flicks.Zero;
            for (; next < _acts.Length && _acts[next].Event.Extent.Start <= region.RightStart; next++) sum += _acts[next].Event.Delta;
            var step = region.Step(false, false);
            (acts, steps) = (acts + sum, steps + step);
            if (region.Own.Count == 0 && region.RightHead.IsZero) votes += Vote(sum, step);
        }

        return votes + (2 * Vote(acts, steps)) >= 0;
    }

    static int Vote(Flicks acts, Flicks step) => acts.IsZero ? 0 : step == acts ? 1 : step.IsZero ? -1 : 0;

    List<Way> Continue(Way last, int index, ImmutableArray<Act> begun)
    {
        var (region, leftInPlace) = (_regions[index], last.Reading.RightInPlace);
        if (region.Right is null) return [new(index, OpenEnd(region, leftInPlace), 0, last.Open)];
        var near = last.Open.AddRange(begun);
        var causes = region.Causes(leftInPlace);
        var ways = new List<Way>();
        foreach (var rightInPlace in region.RightHead.IsZero ? (bool[])[false] : [true, false])
        {
            var step = region.Step(leftInPlace, rightInPlace);
            if (step.IsZero && near.IsEmpty && causes.Count == 0) ways.Add(new(index, Reading.Nothing with { RightInPlace = rightInPlace }, 0, []));
            else ways.AddRange(Ways(index, step, causes, near, rightInPlace));
        }

        return ways;
    }

    /// <summary>At the end of a track nothing shows a step; what was taken out there left no hole.</summary>
    static Reading OpenEnd(Region region, bool leftInPlace) =>
        new() { Rippled = [.. region.Causes(leftInPlace).Where(o => !o.Key.IsArrival)] };

    IEnumerable<Way> Ways(int region, Flicks step, IReadOnlyList<RippleEvent> causes, ImmutableArray<Act> near, bool rightInPlace)
    {
        var least = int.MaxValue;
        foreach (var rippled in Choices(causes))
        {
            var rest = step - Sum(rippled);
            foreach (var followed in Followed(near, rest).Take(MostFollowed))
            {
                var reading = new Reading { Rippled = rippled, Followed = followed, RightInPlace = rightInPlace };
                var way = Go(region, reading, near.RemoveRange(followed), causes);
                least = Math.Min(least, way.Cost);
                yield return way;
            }
        }

        if (least <= RippledAlone) yield break;
        foreach (var followed in (ImmutableArray<Act>[])(near.IsEmpty ? [near] : [near, []]))
        {
            var rest = step - Sum(followed);
            var all = rest - Sum([.. causes]);
            var leavesLess = all.Magnitude < rest.Magnitude;
            if ((leavesLess ? all : rest).IsZero) continue;
            if (leavesLess) yield return Leaving(all, [.. causes], followed, 0);
            yield return Leaving(rest, [], followed, leavesLess ? AsIfRippled : 0);
        }

        Way Leaving(Flicks residual, ImmutableArray<RippleEvent> rippled, ImmutableArray<Act> followed, int more)
        {
            var reading = new Reading { Rippled = rippled, Followed = followed, Residual = residual, RightInPlace = rightInPlace };
            return Go(region, reading, near.RemoveRange(followed), causes, more);
        }
    }

    Way Go(int region, Reading reading, ImmutableArray<Act> left, IReadOnlyList<RippleEvent> causes, int more = 0)
    {
        var open = left.IsEmpty ? left : left.RemoveAll(a => a.Event.Extent.End <= _regions[region].RightStart);
        var cost = more + UnlikeOthers(reading, left, open);
        for (var i = 0; i < causes.Count; i++)
        {
            var rippled = reading.Rippled.Contains(causes[i]);
            var others = _twins.Contains(causes[i].Trace);
            if (rippled && !others) cost += RippledAlone;
            if (!rippled && others && _follows) cost += OutOfLine;
        }

        return new(region, reading, cost, open);
    }

    /// <param name="reading">Of a region.</param>
    /// <param name="left">The acts at hand that were not followed.</param>
    /// <param name="open">Those of them that may still be followed behind the region.</param>
    int UnlikeOthers(Reading reading, ImmutableArray<Act> left, ImmutableArray<Act> open)
    {
        if (!_follows) return reading.Followed.IsEmpty ? 0 : Unlike(reading.Followed.Select(f => f.Event.Key.Cause));
        return left.Length == open.Length ? 0 : Unlike(left.Except(open).Select(a => a.Event.Key.Cause));
    }

    static int Unlike(IEnumerable<Cause> causes) =>
        Math.Min(causes.Distinct().Sum(c => c is Cause.MovedIn or Cause.MovedOut ? HalfOutOfLine : OutOfLine), MostOutOfLine);

    /// <summary>Which of the causes may have rippled, few first.</summary>
    static IEnumerable<ImmutableArray<RippleEvent>> Choices(IReadOnlyList<RippleEvent> causes)
    {
        if (causes.Count == 0) return [[]];
        if (causes.Count == 1) return [[], [causes[0]]];
        if (causes.Count <= MaxSubset) return Masks(causes.Count).Select(mask => causes.Where((_, i) => (mask & (1 << i)) != 0).ToImmutableArray());
        var kinds = causes.Select(c => c.Key.Cause).Distinct().ToList();
        return Masks(kinds.Count).Select(mask => causes.Where(c => (mask & (1 << kinds.IndexOf(c.Key.Cause))) != 0).ToImmutableArray());
    }

    /// <summary>All ways to choose some of so many, few first.</summary>
    static IEnumerable<int> Masks(int bits)
    {
        for (var chosen = 0; chosen <= bits; chosen++)
        {
            for (var mask = 0; mask < 1 << bits; mask++)
            {
                if (int.PopCount(mask) == chosen) yield return mask;
            }
        }
    }

    /// <summary>Which of the acts account for a step: all, all but one or two, one, two, or none.</summary>
    static IEnumerable<ImmutableArray<Act>> Followed(ImmutableArray<Act> near, Flicks step) =>
        near.IsEmpty ? step.IsZero ? [near] : [] : FollowedOf(near, step);

    static IEnumerable<ImmutableArray<Act>> FollowedOf(ImmutableArray<Act> near, Flicks step)
    {
        var all = Sum(near);
        if (all == step) yield return near;
        foreach (var but in Few(near, all - step)) yield return near.RemoveRange(but);
        if (near.Length > 2)
            foreach (var few in Few(near, step)) yield return few;
        if (step.IsZero) yield return [];
    }

    static IEnumerable<ImmutableArray<Act>> Few(ImmutableArray<Act> acts, Flicks sum)
    {
        for (var i = 0; i < acts.Length; i++)
        {
            if (acts[i].Event.Delta == sum && acts.Length > 1) yield return [acts[i]];
            for (var j = i + 1; j < acts.Length && acts.Length > 2; j++)
                if (acts[i].Event.Delta + acts[j].Event.Delta == sum) yield return [acts[i], acts[j]];
        }
    }

    static Flicks Sum(ImmutableArray<RippleEvent> events)
    {
        var sum = Flicks.Zero;
        foreach (var e in events) sum += e.Delta;
        return sum;
    }

    static Flicks Sum(ImmutableArray<Act> acts)
    {
        var sum = Flicks.Zero;
        foreach (var act in acts) sum += act.Event.Delta;
        return sum;
    }
}
