using CineGit.Timeline.Folding;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Compares two identified cuts as an editor would tell it. Whatever differs in content gives at least one edit; an empty
/// list means equal cuts.
/// </summary>
public static class SequenceDiff
{
    public static EditList Compare(Sequence before, Sequence after)
    {
        if (FoldedCuts.Of(before, after) is not { } folded) return CompareWhole(before, after);
        var list = CompareWhole(folded[0], folded[1]);
        var named = list.Edits.SelectMany(ElementsOf).ToHashSet();
        // Whether a whole folder went elsewhere, the clips that stayed tell.
        return folded.Mentions(named) || list.Relocated > 0
            ? CompareWhole(before, after)
            : list with { Shifted = list.Shifted + folded.ShiftedBetween(0, 1, named) };
    }

    static IEnumerable<ElementId> ElementsOf(Edit edit) => [.. edit.Elements, .. edit.Children.SelectMany(ElementsOf)];

    /// <summary>The same, looking at every element.</summary>
    internal static EditList CompareWhole(Sequence before, Sequence after)
    {
        var splits = SplitActs.Of(before, after);
        var displacement = Displacement.Of(splits.Alignment);
        var old = new Wording(before);
        var now = new Wording(after);
        var places = new PlaceChanges(displacement, old, now);
        var elements = new ElementChanges(displacement, now);
        var alignment = displacement.Alignment;
        var nests = new NestChanges(alignment);
        List<Draft> drafts =
        [
            .. SequenceFields(before, after, now, displacement),
            .. new TrackChanges(displacement, old, now).All(),
            .. places.Inserted(),
            .. places.Deleted(),
            .. places.Moved(),
            .. places.Spaces(),
            .. splits.All(now),
            .. alignment.After.All.SelectMany(a => alignment.Before.Find(a.Element.Id) is { } b ? OfElement(elements, b, a) : []).Where(d => !nests.IsTold(d)),
        ];
        var acts = new RollsAndSlides(displacement, now);
        drafts = new NestActs(alignment, now).Fold(acts.Fold(drafts));
        var shifted = alignment.After.All.Count(a =>
            alignment.Before.Find(a.Element.Id) is { } b
            && alignment.IsAnchored(a.Element.Id)
            && a.Start != b.Start + displacement.InPlaceHead(a.Element.Id)
            && !places.Told.Contains(a.Element.Id)
            && !acts.Told.Contains(a.Element.Id));
        var moved = Relocations.Of(alignment, nests);
        var inside = nests.Lines.ToLookup(l => moved.Explain(l.Edit));
        var lines = Line.InOrder([.. Draft.Lines(drafts.Where(d => !moved.Explain(d))), .. inside[false]]);
        return new(new Scenes(alignment, old, now).Gather(lines), shifted) { Relocated = moved.Count + inside[true].Count() };
    }

    static IEnumerable<Draft> OfElement(ElementChanges changes, Placed before, Placed after)
    {
        var drafts = changes.Between(before, after);
        return MediaChanges.NameFollows(before.Element, after.Element) ? drafts.Where(d => d.Kind != EditKind.Rename) : drafts;
    }

    static IEnumerable<Draft> SequenceFields(Sequence before, Sequence after, Wording wording, Displacement displacement)
    {
        static Draft About(EditKind kind, string phrase) => new(kind, -1, "", Flicks.Zero, phrase) { Group = phrase };
        if (before.Name != after.Name)
        {
            yield return About(EditKind.SequenceChange, $"Renamed the sequence {before.Name} to {after.Name}") with
            {
                Subject = after.Name,
                Before = before.Name,
                After = after.Name,
            };
        }

        if (before.Rate != after.Rate)
        {
            yield return About(EditKind.SequenceChange, $"Changed the frame rate from {before.Rate} to {after.Rate}") with
            {
                Before = before.Rate.ToString(),
                After = after.Rate.ToString(),
            };
        }

        if (before.GlobalStart != after.GlobalStart)
        {
            var was = new Wording(before).At(Flicks.Zero);
            yield return About(EditKind.SequenceChange, $"Changed the start timecode from {was} to {wording.At(Flicks.Zero)}") with
            {
                Before = was,
                After = wording.At(Flicks.Zero),
            };
        }

        foreach (var (register, old, now) in DocumentDifferences(before, after))
        {
            yield return About(EditKind.MetadataChange, $"Changed {NodeFields.Title(register)} of the sequence") with
            {
                Before = Wording.Value(old),
                After = Wording.Value(now),
            };
        }

        var parts = new PartChanges(About, "the sequence", wording);
        foreach (var draft in parts.Markers(before.Markers, after.Markers, displacement.CommonShiftAt)) yield return draft;
    }

    static IEnumerable<(string Register, OtioValue? Before, OtioValue? After)> DocumentDifferences(Sequence before, Sequence after)
    {
        if (ReferenceEquals(before.Document, after.Document)) return [];
        var old = DocumentParts.Of(before.Document);
        var now = DocumentParts.Of(after.Document);
        var empty = OtioObject.EmptyMap;
        return
        [
            .. NodeFields.Differences(old.Collection ?? empty, now.Collection ?? empty, NodeFields.OfCollection),
            .. NodeFields.Differences(old.Timeline ?? empty, now.Timeline ?? empty, NodeFields.OfTimeline),
            .. NodeFields.Differences(old.Stack ?? empty, now.Stack ?? empty, NodeFields.OfStack),
            .. old.Siblings.Equals(now.Siblings) ? [] : new[] { ("the rest of the collection", (OtioValue?)old.Siblings, (OtioValue?)now.Siblings) },
        ];
    }
}
