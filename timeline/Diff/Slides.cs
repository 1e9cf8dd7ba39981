using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <param name="Element">What was moved between its neighbours.</param>
/// <param name="Tail">The trim of the one before it.</param>
/// <param name="Head">The trim of the one behind it.</param>
/// <param name="At">Where it began, in the earlier cut.</param>
/// <param name="Amount">To later.</param>
readonly record struct Slide(ElementId Element, CauseKey Tail, CauseKey Head, Flicks At, Flicks Amount);

/// <summary>
/// Elements that were moved between their neighbours, of which one gave the time and the other took it. By itself each looks
/// like two trims that rippled; it is told from them by what stands over it on other tracks, which a slide leaves alone.
/// </summary>
/// <param name="alignment">The two cuts.</param>
/// <param name="eventsOf">What shifted a track.</param>
sealed class Slides(Alignment alignment, Func<ElementId, IEnumerable<RippleEvent>> eventsOf)
{
    public List<Slide> Find()
    {
        var slides = new List<Slide>();
        foreach (var track in alignment.Before.Sequence.Tracks)
        {
            var anchors = alignment.Anchors(track.Id);
            for (var i = 0; i + 2 < anchors.Count; i++)
            {
                if (!IsAt(anchors, i)) continue;
                var (left, middle, right) = (anchors[i].Before, anchors[i + 1].Before, anchors[i + 2].Before);
                slides.Add(new(middle.Element.Id, new(Cause.TrimTail, left.Element.Id), new(Cause.TrimHead, right.Element.Id), middle.Start, Trims(anchors[i]).Tail));
            }
        }

        return slides;
    }

    /// <param name="anchors">Of one track.</param>
    /// <param name="left">The element before the slid one.</param>
    bool IsAt(IReadOnlyList<(Placed Before, Placed After)> anchors, int left)
    {
        var amount = Trims(anchors[left]).Tail;
        return !amount.IsZero
            && Trims(anchors[left + 2]).Head == -amount
            && Between(anchors[left + 1]).Kind is TimingKind.Same or TimingKind.Slip
            && AreBeside(anchors, left, amount)
            && AreBeside(anchors, left + 1, amount)
            && !OthersFollow(anchors[left].Before, anchors[left + 1].Before, amount);
    }

    static Timing Between((Placed Before, Placed After) anchor) => Timing.Between(anchor.Before.Element, anchor.After.Element);

    /// <summary>Zero at both ends for what was not trimmed.</summary>
    static Timing Trims((Placed Before, Placed After) anchor) =>
        Between(anchor) is { Kind: TimingKind.Head or TimingKind.Tail or TimingKind.HeadAndTail } timing ? timing : default;

    /// <summary>Two anchors stood and stand right beside each other.</summary>
    public static bool Touch(IReadOnlyList<(Placed Before, Placed After)> anchors, int left)
    {
        var (l, r) = (anchors[left], anchors[left + 1]);
        return l.Before.Index + 1 == r.Before.Index && l.Before.End == r.Before.Start
            && l.After.Index + 1 == r.After.Index && l.After.End == r.After.Start;
    }

    /// <summary>
    /// Two anchors stood right beside each other, and what came between them fills the time there. As much as the slide took
    /// was laid over what was there instead.
    /// </summary>
    bool AreBeside(IReadOnlyList<(Placed Before, Placed After)> anchors, int left, Flicks amount)
    {
        var (l, r) = (anchors[left], anchors[left + 1]);
        if (l.Before.Index + 1 != r.Before.Index || l.Before.End != r.Before.Start) return false;
        var (row, end) = (alignment.After.On(l.After.Track.Id), l.After.End);
        for (var i = l.After.Index + 1; i <= r.After.Index; i++)
        {
            if (row[i].Start != end) return false;
            end = row[i].End;
        }

        return r.After.Start - l.After.End != amount.Magnitude;
    }

    bool OthersFollow(Placed left, Placed middle, Flicks amount) =>
        alignment.Before.Sequence.Tracks
            .Where(t => t.Id != middle.Track.Id)
            .Any(t => eventsOf(t.Id).Any(e => e.Delta == amount && IsForeign(e, t.Id, left.End)) && StandsOn(t.Id, middle.Range));

    bool IsForeign(RippleEvent e, ElementId track, Flicks end) =>
        e.Key.Cause == Cause.TrimTail && alignment.Before.Find(e.Key.Element) is { } cause && cause.Track.Id != track && cause.End == end;

    bool StandsOn(ElementId track, TimeRange range) => alignment.Anchors(track).Any(a => range.Contains(a.Before.Start));
}
