using CineGit.Timeline.Folding;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>Two identified cuts side by side: which elements stayed in order on their track, and which were moved.</summary>
sealed class Alignment
{
    readonly Dictionary<ElementId, List<(Placed Before, Placed After)>> _anchors = [];
    readonly HashSet<ElementId> _anchored = [];
    readonly List<(Placed Before, Placed After)> _moved = [];
    IReadOnlyDictionary<ElementId, Placed> _leaders = new Dictionary<ElementId, Placed>();

    Alignment(Placement before, Placement after)
    {
        Before = before;
        After = after;
    }

    public Placement Before { get; }

    public Placement After { get; }

    public static Alignment Of(Sequence before, Sequence after) => Of(Placement.Of(before), Placement.Of(after));

    public static Alignment Of(Placement before, Placement after)
    {
        var alignment = new Alignment(before, after);
        alignment._anchored.EnsureCapacity(before.Sequence.Tracks.Sum(t => t.Elements.Length));
        foreach (var track in before.Sequence.Tracks) alignment.AlignTrack(track.Id);
        alignment.TakeAlong();
        return alignment;
    }

    /// <summary>The elements that kept their order on a track, in that order.</summary>
    public IReadOnlyList<(Placed Before, Placed After)> Anchors(ElementId track) => _anchors.GetValueOrDefault(track) ?? [];

    public bool IsAnchored(ElementId element) => _anchored.Contains(element);

    /// <summary>In both cuts, but on another track or out of the order it had.</summary>
    public bool IsMoved(ElementId element) =>
        !_anchored.Contains(element) && Before.Find(element) is not null && After.Find(element) is not null;

    /// <summary>
    /// What came to a stretch of a track, each with the moment of the earlier cut at which it was put in, as far as the
    /// places beside it tell.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="left">The anchor before the stretch; null at the start of the track.</param>
    /// <param name="right">The anchor behind it; null at the end of the track.</param>
    public IEnumerable<(Placed Arrival, Flicks At)> Arrivals(ElementId track, (Placed Before, Placed After)? left, (Placed Before, Placed After)? right) =>
        Arrivals(track, left, right, LeadersMoment);

    IEnumerable<(Placed Arrival, Flicks At)> Arrivals(
        ElementId track, (Placed Before, Placed After)? left, (Placed Before, Placed After)? right, Func<ElementId, Flicks?> known)
    {
        var here = After.On(track);
        var (from, to) = (left?.Before.End ?? Flicks.Zero, right?.Before.Start ?? Flicks.MaxValue);
        var offset = from - (left?.After.End ?? Flicks.Zero);
        for (var i = (left?.After.Index ?? -1) + 1; i < (right?.After.Index ?? here.Count); i++)
        {
            var at = known(here[i].Element.Id) ?? here[i].Start + offset;
            yield return (here[i], Flicks.Max(from, Flicks.Min(at, to)));
            offset -= here[i].Element.Duration;
        }
    }

    /// <summary>Where the element was put that took this one along; null when none did, or its track is new.</summary>
    Flicks? LeadersMoment(ElementId element)
    {
        if (!_leaders.TryGetValue(element, out var leader) || !_anchors.TryGetValue(leader.Track.Id, out var anchors)) return null;
        var next = anchors.FindIndex(a => a.After.Index > leader.Index);
        var left = next < 0 ? anchors.Count - 1 : next - 1;
        return Arrivals(leader.Track.Id, left < 0 ? null : anchors[left], next < 0 ? null : anchors[next], _ => null).First(a => a.Arrival.Index == leader.Index).At;
    }

    void AlignTrack(ElementId track)
    {
        var stayed = new List<(Placed Before, Placed After)>(Before.On(track).Count);
        foreach (var before in Before.On(track))
        {
            if (After.Find(before.Element.Id) is not { } after) continue;
            (after.Track.Id == track ? stayed : _moved).Add((before, after));
        }

        var anchors = IsInOrder(stayed) ? stayed : InOrder(stayed, After.On(track));
        _anchors[track] = anchors;
        foreach (var anchor in anchors) _anchored.Add(anchor.Before.Element.Id);
        if (anchors.Count < stayed.Count) _moved.AddRange(stayed.Where(s => !_anchored.Contains(s.Before.Element.Id)));
    }

    void TakeAlong()
    {
        var along = new TakenAlong(_moved);
        if (along.IsNone) return;
        foreach (var (track, anchors) in _anchors.ToList()) _anchors[track] = along.Without(anchors);
        _anchored.ExceptWith(along.Leaders.Keys);
        _leaders = along.Leaders;
    }

    static bool IsInOrder(List<(Placed Before, Placed After)> stayed)
    {
        for (var i = 1; i < stayed.Count; i++)
        {
            if (stayed[i].After.Index < stayed[i - 1].After.Index) return false;
        }

        return true;
    }

    /// <summary>As many elements as can be, each that a stand-in stands for counted.</summary>
    static List<(Placed Before, Placed After)> InOrder(List<(Placed Before, Placed After)> stayed, IReadOnlyList<Placed> row)
    {
        var places = new int[row.Count];
        for (var i = 1; i < places.Length; i++) places[i] = places[i - 1] + StandIn.CountOf(row[i - 1].Element);
        var (values, owners) = (new List<int>(), new List<int>());
        for (var i = 0; i < stayed.Count; i++)
        {
            for (var n = 0; n < StandIn.CountOf(stayed[i].After.Element); n++)
            {
                values.Add(places[stayed[i].After.Index] + n);
                owners.Add(i);
            }
        }

        return [.. LongestRun.Of(values).Select(n => owners[n]).Distinct().Select(i => stayed[i])];
    }
}
