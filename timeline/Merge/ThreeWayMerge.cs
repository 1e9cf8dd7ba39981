using System.Collections.Immutable;
using CineGit.Timeline.Folding;
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
        var whole = nests.Request;
        if (FoldedCuts.Of([whole.Base, whole.Ours, whole.Theirs, .. whole.OtherBases]) is not { } folded) return MergeWhole(nests);
        var small = whole with { Base = folded[0], Ours = folded[1], Theirs = folded[2], OtherBases = folded.From(3) };
        // Where several bases were joined, the joined one need not have them as any of the bases has.
        ImmutableArray<int> known = whole.OtherBases.IsEmpty ? [0, 1, 2] : [1, 2];
        var result = Joined(new(small, nests, [], merged => folded.IsInSync(merged, known)));
        if (result is null || folded.Mentions([.. result.Conflicts.SelectMany(c => c.Elements), .. result.Notes.SelectMany(n => n.Elements)]))
            return MergeWhole(nests);
        return nests.WithInside(result with { Merged = folded.Unfold(result.Merged, like: 1) });
    }

    /// <summary>The same, looking at every element.</summary>
    internal static MergeResult MergeWhole(MergeRequest request) => MergeWhole(NestMerge.Of(request));

    static MergeResult MergeWhole(NestMerge nests) => nests.WithInside(
        Joined(new(nests.Request, nests, [], _ => true)) ?? throw new InvalidOperationException("Only the merge of folded cuts can leave sync open."));

    /// <param name="Request">What is merged, its nests already.</param>
    /// <param name="Nests">Where that was done.</param>
    /// <param name="Questions">What has to be asked besides what the merge finds.</param>
    /// <param name="IsRestInSync">False when elements that are not looked at one by one would go out of sync.</param>
    sealed record Inputs(MergeRequest Request, NestMerge Nests, ImmutableArray<Clash> Questions, Func<Sequence, bool> IsRestInSync)
    {
        public Inputs Unanswered => this with { Request = Request with { Resolutions = [] } };
    }

    static MergeResult? Joined(Inputs inputs)
    {
        var (joined, questions) = CrossedBases.Join(inputs.Request);
        return Merge(inputs with { Request = joined, Questions = [.. questions, .. inputs.Nests.Questions] });
    }

    /// <summary>Null when folded elements that are linked would go out of sync, which has to be asked for each of them.</summary>
    static MergeResult? Merge(Inputs inputs)
    {
        var request = inputs.Request;
        var (ours, theirs) = Views(request);
        var splits = SplitSharing.Of(request, ours, theirs);
        if (splits is not null) (ours, theirs) = Views(splits.Request);
        var book = new ClashBook(request.Resolutions, request.Scope);
        foreach (var clash in inputs.Nests.Emptied(ours, theirs).Concat(TrackLocks.Broken(ours, theirs))) book.Keep(clash);
        var sides = new PreparedSides(splits?.Request ?? request, ours, theirs);
        for (var round = 0; round < MaxRounds; round++)
        {
            book.Begin();
            foreach (var question in inputs.Questions) book.Ask(question);
            var prepared = sides.For(book);
            var run = new MergeRun(prepared.Request, prepared.Ours, prepared.Theirs, book) { Splits = splits };
            var layout = new Layout(run, new Presence(run));
            var overlaps = layout.Overlaps().ToList();
            var merged = Assemble(run, layout, overlaps.Count == 0);
            if (overlaps.Count == 0 && !inputs.IsRestInSync(merged)) return null;
            var placement = Placement.Of(merged);
            var late = overlaps.Count > 0 ? overlaps : [.. SyncCheck.Find(run, placement)];
            if (late.Exists(clash => !book.Keep(clash))) return WholeCut(inputs, book);
            var answersChanged = book.Settle();
            if (late.Count > 0 || answersChanged) continue;
            return Rooted(inputs, book, Finish(run, placement));
        }

        return WholeCut(inputs, book);
    }

    static (SideView Ours, SideView Theirs) Views(MergeRequest request)
    {
        var origin = Placement.Of(request.Base);
        return (new(Side.Ours, origin, request.Ours, request.OursName), new(Side.Theirs, origin, request.Theirs, request.TheirsName));
    }

    static Sequence Assemble(MergeRun run, Layout layout, bool isPlaced)
    {
        if (!isPlaced) return run.Request.Base;
        var tracks = new TrackMerge(run, layout.Presence, layout).Merge();
        return new SequenceMerge(run, layout).Merge(tracks);
    }

    static MergeResult Finish(MergeRun run, Placement placement)
    {
        var merged = placement.Sequence;
        var conflicts = run.Book.Conflicts(new(run.Ours.Name, run.Theirs.Name)).Select(c => c with { At = At(c, placement, run.Base) }).OrderBy(c => c.At).ToImmutableArray();
        Invariants.Check(run, merged, conflicts);
        run.Splits?.Note(run);
        var notes = run.Notes.Select(n => n with { At = n.Elements.Select(placement.Find).OfType<Placed>().FirstOrDefault()?.Start ?? Flicks.Zero });
        return new(merged, conflicts, [.. notes.OrderBy(n => n.At)]);
    }

    /// <summary>Only what is not asked while nothing is answered was brought up by an answer.</summary>
    static MergeResult? Rooted(Inputs inputs, ClashBook book, MergeResult result)
    {
        if (!book.MayHaveRevealed) return result;
        if (Merge(inputs.Unanswered) is not { } unanswered) return null;
        var asked = unanswered.Conflicts.Select(c => c.Id).ToHashSet();
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
    static MergeResult WholeCut(Inputs inputs, ClashBook book)
    {
        var request = inputs.Request;
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
        var isRevealed = !answered.IsEmpty && Merge(inputs.Unanswered)?.Conflicts.Any(c => c.Id == conflict.Id) != true;
        return new(merged, [isRevealed ? conflict with { DependsOn = answered } : conflict], []);
    }
}
