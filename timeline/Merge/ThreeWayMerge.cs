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
        if (FoldedCuts.Of([request.Base, request.Ours, request.Theirs, .. request.OtherBases]) is not { } folded) return MergeWhole(request);
        var result = Merge(request with { Base = folded[0], Ours = folded[1], Theirs = folded[2], OtherBases = folded.From(3) }, folded);
        if (result is null || folded.Mentions([.. result.Conflicts.SelectMany(c => c.Elements), .. result.Notes.SelectMany(n => n.Elements)]))
            return MergeWhole(request);
        return result with { Merged = folded.Unfold(result.Merged, like: 1) };
    }

    /// <summary>The same, looking at every element.</summary>
    internal static MergeResult MergeWhole(MergeRequest request) =>
        Merge(request, folded: null) ?? throw new InvalidOperationException("Only the merge of folded cuts can leave sync open.");

    /// <summary>Null when folded elements that are linked would go out of sync, which has to be asked for each of them.</summary>
    static MergeResult? Merge(MergeRequest request, FoldedCuts? folded)
    {
        var (joined, questions) = CrossedBases.Join(request);
        // Where several bases were joined, the joined one need not have them as any of the bases has.
        ImmutableArray<int> known = request.OtherBases.IsEmpty ? [0, 1, 2] : [1, 2];
        return Merge(joined, questions, merged => folded is null || folded.IsInSync(merged, known));
    }

    static MergeResult? Merge(MergeRequest request, ImmutableArray<Clash> questions, Func<Sequence, bool> isRestInSync)
    {
        var (ours, theirs) = Views(request);
        var splits = SplitSharing.Of(request, ours, theirs);
        if (splits is not null) (ours, theirs) = Views(splits.Request);
        var book = new ClashBook(request.Resolutions);
        for (var round = 0; round < MaxRounds; round++)
        {
            book.Begin();
            foreach (var question in questions) book.Ask(question);
            var run = new MergeRun(splits?.Request ?? request, ours, theirs, book) { Splits = splits };
            var layout = new Layout(run, new Presence(run));
            var overlaps = layout.Overlaps().ToList();
            var merged = Assemble(run, layout, overlaps.Count == 0);
            if (overlaps.Count == 0 && !isRestInSync(merged)) return null;
            var late = overlaps.Count > 0 ? overlaps : [.. SyncCheck.Find(run, Placement.Of(merged))];
            if (late.Exists(clash => !book.Keep(clash))) return WholeCut(request, book);
            var answersChanged = book.Settle();
            if (late.Count > 0 || answersChanged) continue;
            return Finish(run, merged);
        }

        return WholeCut(request, book);
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
        var conflicts = run.Book.Conflicts().Select(c => c with { At = At(c, placement, run.Base) }).OrderBy(c => c.At).ToImmutableArray();
        Invariants.Check(run, merged, conflicts);
        run.Splits?.Note(run);
        var notes = run.Notes.Select(n => n with { At = n.Elements.Select(placement.Find).OfType<Placed>().FirstOrDefault()?.Start ?? Flicks.Zero });
        return new(merged, conflicts, [.. notes.OrderBy(n => n.At)]);
    }

    static Flicks At(Conflict conflict, Placement merged, Placement origin) =>
        (conflict.Elements.Select(merged.Find).OfType<Placed>().FirstOrDefault()
            ?? conflict.Elements.Select(origin.Find).OfType<Placed>().FirstOrDefault())?.Start
        ?? conflict.Ours.Where?.Start ?? conflict.Theirs.Where?.Start ?? Flicks.Zero;

    /// <summary>
    /// The last resort: the edits hang together so that leaving single ones out does not help. The question is then about
    /// the whole cut, which is never wrong.
    /// </summary>
    static MergeResult WholeCut(MergeRequest request, ClashBook book)
    {
        var stuck = book.Lasting.ToList();
        book.Begin();
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
        var whole = new ClashBook(request.Resolutions);
        whole.Ask(clash);
        whole.Settle();
        var merged = whole.ChoiceOf(clash) switch
        {
            Choice.Ours => request.Ours,
            Choice.Theirs => request.Theirs,
            _ => request.Base,
        };
        return new(merged, [.. whole.Conflicts()], []);
    }
}
