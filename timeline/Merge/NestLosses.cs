using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Time of an earlier cut of which the later one shows nothing more: taken out, or left as a hole. What other material was put
/// over, or moved elsewhere, or a neighbour was rolled into, is not lost. Where there are pictures, pictures decide.
/// </summary>
sealed class NestLosses
{
    readonly Alignment _alignment;
    readonly List<Track> _tracks;
    readonly List<TimeRange> _lost = [];

    NestLosses(Sequence before, Sequence after)
    {
        _alignment = Alignment.Of(before, after);
        var pictures = before.Tracks.Where(t => t.Kind == TrackKind.Video && !t.Elements.IsEmpty).ToList();
        _tracks = pictures.Count > 0 ? pictures : [.. before.Tracks];
        foreach (var track in _tracks) FindOn(track.Id);
    }

    /// <summary>In order, without overlaps.</summary>
    public static List<TimeRange> Between(Sequence before, Sequence after)
    {
        var united = new List<TimeRange>();
        foreach (var range in new NestLosses(before, after)._lost.OrderBy(r => r.Start))
        {
            if (united is [.., var last] && range.Start <= last.End) united[^1] = TimeRange.Between(last.Start, Flicks.Max(last.End, range.End));
            else united.Add(range);
        }

        return united;
    }

    void FindOn(ElementId track)
    {
        var anchors = _alignment.Anchors(track);
        for (var i = 0; i <= anchors.Count; i++)
            FindBetween(track, i > 0 ? anchors[i - 1] : null, i < anchors.Count ? anchors[i] : null);
    }

    void FindBetween(ElementId track, (Placed Before, Placed After)? left, (Placed Before, Placed After)? right)
    {
        var (tail, head) = (left is { } l ? TimingOf(l).Tail : Flicks.Zero, right is { } r ? TimingOf(r).Head : Flicks.Zero);
        var was = Inner(_alignment.Before.On(track), left?.Before.Index, right?.Before.Index);
        var now = Inner(_alignment.After.On(track), left?.After.Index, right?.After.Index);
        var gone = was.Where(p => _alignment.After.Find(p.Element.Id) is null).Select(p => p.Range).ToList();
        if (left is { } trimmed && tail.IsNegative) gone.Add(new(trimmed.Before.End + tail, -tail));
        if (right is { } cropped && head.IsNegative) gone.Add(new(cropped.Before.Start, -head));
        var fresh = Sum(now.Select(p => p.Element.Duration)) + Flicks.Max(tail, Flicks.Zero) + Flicks.Max(head, Flicks.Zero);
        var missing = Sum(gone.Select(g => g.Duration)) - fresh;
        if (gone.Count == 0 || missing <= Flicks.Zero) return;
        var isHole = right is null || Hole(left?.After, right?.After, now) - Hole(left?.Before, right?.Before, was) >= missing;
        _lost.AddRange(isHole ? gone.SelectMany(g => Uncovered(g, track)) : gone);
    }

    static Timing TimingOf((Placed Before, Placed After) pair)
    {
        var timing = Timing.Between(pair.Before.Element, pair.After.Element);
        return timing.Kind is TimingKind.Slip or TimingKind.Incomparable ? default : timing;
    }

    static List<Placed> Inner(IReadOnlyList<Placed> row, int? left, int? right) =>
        [.. row.Take(right ?? row.Count).Skip((left ?? -1) + 1)];

    static Flicks Hole(Placed? left, Placed? right, List<Placed> between) =>
        (right?.Start ?? Flicks.Zero) - (left?.End ?? Flicks.Zero) - Sum(between.Select(p => p.Element.Duration));

    static Flicks Sum(IEnumerable<Flicks> times) => times.Aggregate(Flicks.Zero, (sum, t) => sum + t);

    /// <summary>A hole shows what is under or over it.</summary>
    List<TimeRange> Uncovered(TimeRange hole, ElementId track)
    {
        List<TimeRange> open = [hole];
        var others = _tracks.Where(t => t.Id != track).SelectMany(t => _alignment.Before.On(t.Id));
        foreach (var cover in others.Where(p => _alignment.After.Find(p.Element.Id) is not null))
            open = [.. open.SelectMany(o => Minus(o, cover.Range))];
        return open;
    }

    static IEnumerable<TimeRange> Minus(TimeRange range, TimeRange cover)
    {
        if (!range.Overlaps(cover))
        {
            yield return range;
            yield break;
        }

        if (range.Start < cover.Start) yield return TimeRange.Between(range.Start, cover.Start);
        if (cover.End < range.End) yield return TimeRange.Between(cover.End, range.End);
    }
}
