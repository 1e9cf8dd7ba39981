using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Some answers are what neither side's cut has: a trim of another amount, one clip in two places, a shot that is not taken out
/// after all. They are made in the cuts of the sides as if the editors had done it, and the merge starts from those.
/// </summary>
sealed class PreparedSides(MergeRequest request, SideView ours, SideView theirs)
{
    string _made = "";
    (MergeRequest Request, SideView Ours, SideView Theirs) _sides = (request, ours, theirs);

    public (MergeRequest Request, SideView Ours, SideView Theirs) For(ClashBook book)
    {
        var answers = book.Prepared.ToList();
        var made = string.Join('\n', answers.Select(a => $"{a.Clash.Key} {a.Answer}"));
        if (made == _made) return _sides;
        var changes = (Ours: new SideChanges(ours), Theirs: new SideChanges(theirs));
        foreach (var (clash, answer) in answers) Make(clash, answer, changes, book);
        _made = made;
        var cuts = request with { Ours = changes.Ours.Cut(), Theirs = changes.Theirs.Cut() };
        return _sides = (cuts, new(Side.Ours, ours.Base, cuts.Ours, ours.Name), new(Side.Theirs, ours.Base, cuts.Theirs, theirs.Name));
    }

    void Make(Clash clash, Answer answer, (SideChanges Ours, SideChanges Theirs) changes, ClashBook book)
    {
        switch (answer.Choice)
        {
            case Choice.Manual when Entry.ReadFrames(answer.Value) is { } frames:
                var amount = Flicks.FromFrames(frames, request.Base.Rate, Rounding.Nearest);
                foreach (var id in clash.Elements)
                {
                    changes.Ours.Trim(id, KindOf(ours, id), amount);
                    changes.Theirs.Trim(id, KindOf(theirs, id), amount);
                }

                break;
            case Choice.SourceFrames:
                foreach (var id in clash.Elements) CountInSource(id, changes);
                break;
            case Choice.Both:
                changes.Theirs.Rename(clash.Elements, clash.Values);
                foreach (var id in clash.Elements) book.Imply($"{id}/presence", Choice.Ours);
                break;
            case Choice.KeepClip when clash.Against is { } against:
                foreach (var id in WithLinked([.. clash.Elements]))
                    (against == Side.Ours ? changes.Ours : changes.Theirs).Restore(id);
                break;
            default:
                break;
        }
    }

    static TimingKind KindOf(SideView side, ElementId id) =>
        side.Base.Find(id) is { } was && side.Find(id) is { } now ? Timing.Between(was.Element, now.Element).Kind : TimingKind.Same;

    void CountInSource(ElementId id, (SideChanges Ours, SideChanges Theirs) changes)
    {
        if (SourceTrim.Of(ours, theirs, id) is not { } trim) return;
        (trim.By == Side.Ours ? changes.Ours : changes.Theirs).Trim(id, trim.Kind, trim.Amount);
    }

    IEnumerable<ElementId> WithLinked(HashSet<ElementId> ids)
    {
        var links = ours.Base.All.Where(p => ids.Contains(p.Element.Id)).Select(p => p.Element.Link).OfType<string>().ToHashSet();
        return ours.Base.All.Where(p => ids.Contains(p.Element.Id) || (p.Element.Link is { } link && links.Contains(link))).Select(p => p.Element.Id);
    }
}
