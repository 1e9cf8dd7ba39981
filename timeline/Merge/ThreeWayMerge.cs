using System.Collections.Immutable;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Merges two cuts that came from one base. Values are registers; positions are never merged as numbers but computed anew
/// from the union of both sides' ripple events. What cannot both hold is a conflict. Answers are inputs of a new run.
/// </summary>
public static class ThreeWayMerge
{
    /// <summary>Each round settles at least one more question; more rounds than this mean that answers chase each other.</summary>
    const int MaxRounds = 64;

    public static MergeResult Merge(MergeRequest request)
    {
        var nests = NestMerge.Of(request);
        var (joined, questions) = CrossedBases.Join(nests.Request);
        return nests.WithInside(Merge(joined, nests, [.. questions, .. nests.Questions]));
    }

    static MergeResult Merge(MergeRequest request, NestMerge nests, ImmutableArray<Clash> questions)
    {
        var (ours, theirs) = Views(request);
        var splits = SplitSharing.Of(request, ours, theirs);
        if (splits is not null) (ours, theirs) = Views(splits.Request);
        var book = new ClashBook(request.Resolutions, request.Scope);
        foreach (var clash in nests.Emptied(ours, theirs)) book.Keep(clash);
        var sides = new PreparedSides(splits?.Request ?? request, ours, theirs);
        for (var round = 0; round < MaxRounds; round++)
        {
            book.Begin();
            foreach (var question in questions) book.Ask(question);
            var prepared = sides.For(book);
            var run = new MergeRun(prepared.Request, prepared.Ours, prepared.Theirs, book) { Splits = splits };
            var layout = new Layout(run, new Presence(run));
            var overlaps = layout.Overlaps().ToList();
            var merged = Assemble(run, layout, overlaps.Count == 0);
            var late = overlaps.Count > 0 ? overlaps : [.. SyncCheck.Find(run, Placement.Of(merged))];
            if (late.Exists(clash => !book.Keep(clash))) return WholeCut(request, nests, questions, book);
            var answersChanged = book.Settle();
            if (late.Count > 0 || answersChanged) continue;
            return Rooted(request, nests, questions, book, Finish(run, merged));
        }

        return WholeCut(request, nests, questions, book);
    }

    static (SideView Ours, SideView Theirs) Views(MergeRequest request) => (
        new(Side.Ours, request.Base, request.Ours, request.OursName),
        new(Side.Theirs, request.Base, request.Theirs, request.TheirsName));

    static Sequence Assemble(MergeRun run, Layout layout, bool isPlaced)
    {
        if (!isPlaced) return run.Request.Base;
        var tracks = new TrackMerge(run, layout.Presence, layout).Merge();
        return new SequenceMerge(run, layout).Merge(tracks);
    }

    static MergeResult Finish(MergeRun run, Sequence merged)
    {
        var placement = Placement.Of(merged);
        var conflicts = run.Book.Conflicts(new(run.Ours.Name, run.Theirs.Name)).Select(c => c with { At = At(c, placement, run.Base) }).OrderBy(c => c.At).ToImmutableArray();
        Invariants.Check(run, merged, conflicts);
        run.Splits?.Note(run);
        var notes = run.Notes.Select(n => n with { At = n.Elements.Select(placement.Find).OfType<Placed>().FirstOrDefault()?.Start ?? Flicks.Zero });
        return new(merged, conflicts, [.. notes.OrderBy(n => n.At)]);
    }

    /// <summary>Only what is not asked while nothing is answered was brought up by an answer.</summary>
    static MergeResult Rooted(MergeRequest request, NestMerge nests, ImmutableArray<Clash> questions, ClashBook book, MergeResult result)
    {
        if (!book.MayHaveRevealed) return result;
        var asked = Merge(request with { Resolutions = [] }, nests, questions).Conflicts.Select(c => c.Id).ToHashSet();
        return result with { Conflicts = [.. result.Conflicts.Select(WithCauses)] };
        Conflict WithCauses(Conflict c) => c with
        {
            DependsOn = asked.Contains(c.Id) ? [] : c.DependsOn.IsEmpty ? book.AnsweredAbout(c.Id, c.Elements) : c.DependsOn,
        };
    }

    static Flicks At(Conflict conflict, Placement merged, Placement origin) =>
        (conflict.Elements.Select(merged.Find).OfType<Placed>().FirstOrDefault()
            ?? conflict.Elements.Select(origin.Find).OfType<Placed>().FirstOrDefault())?.Start
        ?? conflict.Ours.Where?.Start ?? conflict.Theirs.Where?.Start ?? Flicks.Zero;

    /// <summary>
    /// The last resort: the edits hang together so that leaving single ones out does not help. The question is then about
    /// the whole cut, which is never wrong.
    /// </summary>
    static MergeResult WholeCut(MergeRequest request, NestMerge nests, ImmutableArray<Clash> questions, ClashBook book)
    {
        var (stuck, answered) = (book.Lasting.ToList(), book.Answered);
        var names = string.Join(", ", stuck.Select(c => c.Subject).Distinct());
        var clash = new Clash(ConflictKind.Occupied, "whole")
        {
            Group = "whole",
            Values = string.Join('\n', stuck.Select(c => c.Values)),
            Elements = [.. stuck.SelectMany(c => c.Elements).Distinct()],
            Tracks = [.. stuck.SelectMany(c => c.Tracks).Distinct()],
            Sentence = $"The edits of {request.OursName} and {request.TheirsName} around {names} cannot be put together; take one cut whole.",
            Base = new("the cut both came from", null),
            Ours = new($"the cut of {request.OursName}", null),
            Theirs = new($"the cut of {request.TheirsName}", null),
        };
        var whole = new ClashBook(request.Resolutions, request.Scope);
        whole.Ask(clash);
        whole.Settle();
        var merged = whole.ChoiceOf(clash) switch
        {
            Choice.Ours => request.Ours,
            Choice.Theirs => request.Theirs,
            _ => request.Base,
        };
        var conflict = whole.Conflicts(new(request.OursName, request.TheirsName)).Single();
        var isRevealed = !answered.IsEmpty && Merge(request with { Resolutions = [] }, nests, questions).Conflicts.All(c => c.Id != conflict.Id);
        return new(merged, [isRevealed ? conflict with { DependsOn = answered } : conflict], []);
    }
}
