using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Elements that went along with one they are linked with, which was moved out of its order. On their own track nothing stood
/// in the way, as under a shot without sound, so there they kept their order; they were moved all the same.
/// </summary>
sealed class TakenAlong
{
    readonly Dictionary<(string Link, Flicks Shift), Placed> _moved = [];
    readonly HashSet<Flicks> _shifts = [];
    readonly Dictionary<ElementId, Placed> _leaders = [];

    /// <param name="moved">What was moved out of its order.</param>
    public TakenAlong(List<(Placed Before, Placed After)> moved)
    {
        foreach (var anchor in moved)
        {
            if (anchor.Before.Element.Link is { } link && _moved.TryAdd((link, Shift(anchor)), anchor.After)) _shifts.Add(Shift(anchor));
        }
    }

    /// <summary>True when nothing that is linked was moved.</summary>
    public bool IsNone => _moved.Count == 0;

    /// <summary>What took each of them along, in the later cut.</summary>
    public IReadOnlyDictionary<ElementId, Placed> Leaders => _leaders;

    /// <summary>The others of the elements that kept their order on one track.</summary>
    public List<(Placed Before, Placed After)> Without(List<(Placed Before, Placed After)> anchors)
    {
        var along = new HashSet<ElementId>();
        for (var i = 0; i < anchors.Count; i++)
        {
            if (LeaderOf(anchors[i]) is not { } leader || Follows(anchors, i, -1) || Follows(anchors, i, 1)) continue;
            _leaders.Add(anchors[i].Before.Element.Id, leader);
            along.Add(anchors[i].Before.Element.Id);
        }

        return along.Count == 0 ? anchors : [.. anchors.Where(a => !along.Contains(a.Before.Element.Id))];
    }

    Placed? LeaderOf((Placed Before, Placed After) anchor) =>
        _shifts.Contains(Shift(anchor)) && anchor.Before.Element.Link is { } link ? _moved.GetValueOrDefault((link, Shift(anchor))) : null;

    /// <summary>True when the element was shifted as its neighbour was, so that a ripple explains it.</summary>
    bool Follows(List<(Placed Before, Placed After)> anchors, int at, int step)
    {
        var beside = at + step;
        while (beside >= 0 && beside < anchors.Count && LeaderOf(anchors[beside]) is not null) beside += step;
        var shift = beside >= 0 && beside < anchors.Count ? Shift(anchors[beside]) : Flicks.Zero;
        return shift == Shift(anchors[at]) && (step < 0 || beside < anchors.Count);
    }

    static Flicks Shift((Placed Before, Placed After) anchor) => anchor.After.Start - anchor.Before.Start;
}
