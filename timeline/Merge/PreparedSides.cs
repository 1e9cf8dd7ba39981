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
            case Choice.Ours or Choice.Theirs when clash is { Kind: ConflictKind.Track, Against: { } changer }:
                foreach (var track in clash.Elements) (changer == Side.Ours ? changes.Ours : changes.Theirs).PutBackTrack(track);
                break;
            case Choice.Manual when clash.Entry?.Kind == EntryKind.Percent && Entry.ReadPercent(answer.Value) is { } percent:
                foreach (var id in clash.Elements) Retime(id, percent, changes);
                break;
            case Choice.Manual when clash.Entry is { Kind: EntryKind.Source } entry:
                if (entry.ReadSource(answer.Value) is { Length: { } length })
                    foreach (var id in clash.Elements) Lengthen(id, Flicks.FromFrames(length, request.Base.Rate, Rounding.Nearest), changes);
                break;
            case Choice.Manual when clash.Entry?.Kind == EntryKind.Frames && Entry.ReadFrames(answer.Value) is { } frames:
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

    void Retime(ElementId id, decimal percent, (SideChanges Ours, SideChanges Theirs) changes)
    {
        if (ours.Base.Find(id) is not { } was || ours.Find(id) is not { } mine || TypedSpeed.EffectOf(mine.Element) is not { } effect) return;
        var follows = mine.Element.Duration != was.Element.Duration;
        var growth = TypedSpeed.LengthAt(was.Element, percent, request.Base.Rate) - was.Element.Duration;
        foreach (var side in (SideChanges[])[changes.Ours, changes.Theirs])
        {
            if (follows) side.Trim(id, TimingKind.Tail, growth);
            side.Retime(id, TypedSpeed.At(effect, percent));
        }
    }

    /// <summary>The length is one side's; what the other did to it is undone.</summary>
    void Lengthen(ElementId id, Flicks length, (SideChanges Ours, SideChanges Theirs) changes)
    {
        if (ours.Base.Find(id) is not { } was || TypedSource.Of(ours, theirs, id) is not { } source || source.Carrier(id) is not var (side, kind)) return;
        SideChanges Of(SideView view) => view.Side == Side.Ours ? changes.Ours : changes.Theirs;
        Of(side).Trim(id, kind, length - was.Element.Duration);
        if (side == source.Recast && source.KindOf(id) is TimingKind.Head or TimingKind.Tail) Of(source.Trimmed).Trim(id, source.KindOf(id), Flicks.Zero);
    }

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
