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
        var stayed = Before.On(track)
            .Select(b => (Before: b, After: After.Find(b.Element.Id)))
            .Where(p => p.After is not null && p.After.Track.Id == track)
            .Select(p => (p.Before, After: p.After ?? p.Before))
            .ToList();
        var anchors = LongestRun.Of([.. stayed.Select(p => p.After.Index)]).Select(i => stayed[i]).ToList();
        _anchors[track] = anchors;
        foreach (var (before, _) in anchors) _anchored.Add(before.Element.Id);
    }
}
