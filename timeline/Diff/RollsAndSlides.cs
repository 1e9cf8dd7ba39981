using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Trims that are one act of an editor, told as one: a slide moves an element between its neighbours, a roll moves the cut
/// between two. The largest that fits is told.
/// </summary>
sealed class RollsAndSlides(Displacement displacement, Wording wording)
{
    const string Subject = Draft.SubjectMark;

    readonly Alignment _alignment = displacement.Alignment;
    readonly Dictionary<ElementId, Draft> _heads = [];
    readonly Dictionary<ElementId, Draft> _tails = [];
    readonly List<Draft> _folded = [];

    /// <summary>Elements that one of these acts moved; they were not merely shifted.</summary>
    public HashSet<ElementId> Told { get; } = [];

    /// <summary>The drafts with trims folded into the rolls and slides that they are parts of.</summary>
    public List<Draft> Fold(List<Draft> drafts)
    {
        foreach (var draft in drafts)
        {
            if (draft.Kind == EditKind.TrimHead) _heads[draft.Elements[0]] = draft;
            if (draft.Kind == EditKind.TrimTail) _tails[draft.Elements[0]] = draft;
        }

        if (_heads.Count == 0 || _tails.Count == 0) return drafts;
        var trims = new HashSet<Draft>([.. _heads.Values, .. _tails.Values], ReferenceEqualityComparer.Instance);
        foreach (var track in _alignment.Before.Sequence.Tracks) FoldTrack(_alignment.Anchors(track.Id));
        trims.ExceptWith(_heads.Values);
        trims.ExceptWith(_tails.Values);
        return [.. drafts.Where(d => !trims.Contains(d)), .. _folded];
    }

    void FoldTrack(IReadOnlyList<(Placed Before, Placed After)> anchors)
    {
        for (var i = 0; i + 1 < anchors.Count; i++)
        {
            if (!_tails.TryGetValue(anchors[i].Before.Element.Id, out var tail)) continue;
            if (i + 2 < anchors.Count && IsSlide(anchors, i)) Slide(tail.Amount, anchors[i].After, anchors[i + 1].After, anchors[i + 2].After);
            else if (Slides.Touch(anchors, i) && IsRoll(tail, anchors[i + 1].After)) Roll(tail.Amount, anchors[i].After, anchors[i + 1].After);
        }
    }

    bool IsRoll(Draft tail, Placed right) =>
        !tail.Ripple && _heads.TryGetValue(right.Element.Id, out var head) && !head.Ripple && head.Amount == -tail.Amount;

    bool IsSlide(IReadOnlyList<(Placed Before, Placed After)> anchors, int left) =>
        _heads.ContainsKey(anchors[left + 2].Before.Element.Id)
        && displacement.MadeRoom(new(Cause.TrimTail, anchors[left].Before.Element.Id))
        && displacement.MadeRoom(new(Cause.TrimHead, anchors[left + 2].Before.Element.Id));

    void Roll(Flicks amount, Placed left, Placed right)
    {
        _tails.Remove(left.Element.Id);
        _heads.Remove(right.Element.Id);
        Told.Add(right.Element.Id);
        var phrase = $"Rolled the cut between {Wording.Name(left.Element)} and {Wording.Name(right.Element)} by {wording.Frames(amount)} to {Way(amount)}";
        _folded.Add(Draft.For(EditKind.Roll, right, wording, phrase) with
        {
            Elements = [left.Element.Id, right.Element.Id],
            Group = Draft.GroupOf(left, right),
            Duration = Flicks.Zero,
            Amount = amount,
        });
    }

    void Slide(Flicks amount, Placed left, Placed middle, Placed right)
    {
        _tails.Remove(left.Element.Id);
        _heads.Remove(right.Element.Id);
        Told.UnionWith([middle.Element.Id, right.Element.Id]);
        var phrase = $"Slid {Subject} by {wording.Frames(amount)} to {Way(amount)} between {Wording.Name(left.Element)} and {Wording.Name(right.Element)}";
        _folded.Add(Draft.For(EditKind.Slide, middle, wording, phrase) with
        {
            Elements = [middle.Element.Id, left.Element.Id, right.Element.Id],
            Group = Draft.GroupOf(left, middle, right),
            Amount = amount,
        });
    }

    static string Way(Flicks amount) => amount.IsNegative ? "earlier" : "later";
}
