using CineGit.Timeline.Folding;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

/// <summary>Two identified cuts side by side: which elements stayed in order on their track, and which were moved.</summary>
sealed class Alignment
{
    readonly Dictionary<ElementId, List<(Placed Before, Placed After)>> _anchors = [];
    readonly HashSet<ElementId> _anchored = [];

    Alignment(Placement before, Placement after)
    {
        Before = before;
        After = after;
    }

    public Placement Before { get; }

    public Placement After { get; }

    public static Alignment Of(Sequence before, Sequence after)
    {
        var alignment = new Alignment(Placement.Of(before), Placement.Of(after));
        foreach (var track in before.Tracks) alignment.AlignTrack(track.Id);
        return alignment;
    }

    /// <summary>The elements that kept their order on a track, in that order.</summary>
    public IReadOnlyList<(Placed Before, Placed After)> Anchors(ElementId track) => _anchors.GetValueOrDefault(track) ?? [];

    public bool IsAnchored(ElementId element) => _anchored.Contains(element);

    /// <summary>In both cuts, but on another track or out of the order it had.</summary>
    public bool IsMoved(ElementId element) =>
        !_anchored.Contains(element) && Before.Find(element) is not null && After.Find(element) is not null;

    void AlignTrack(ElementId track)
    {
        var stayed = new List<(Placed Before, Placed After)>(Before.On(track).Count);
        foreach (var before in Before.On(track))
        {
            if (After.Find(before.Element.Id) is { } after && after.Track.Id == track) stayed.Add((before, after));
        }

        var anchors = IsInOrder(stayed) ? stayed : InOrder(stayed, After.On(track));
        _anchors[track] = anchors;
        foreach (var anchor in anchors) _anchored.Add(anchor.Before.Element.Id);
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
