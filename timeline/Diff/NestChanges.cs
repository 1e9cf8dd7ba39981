using System.Globalization;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

/// <summary>
/// What was edited inside nests: each edit once for its definition, however many uses show it. Times in its sentence are those
/// of the nested sequence.
/// </summary>
sealed class NestChanges
{
    readonly HashSet<ElementId> _told = [];

    public NestChanges(Alignment alignment)
    {
        var changed =
            from after in alignment.After.All
            where after.Element is Nest
            let was = alignment.Before.Find(after.Element.Id)?.Element as Nest
            let now = (Nest)after.Element
            where was is not null && !NestInside.SameInside(was, now)
            group after by (was.Definition ?? was.Id.ToString(), now.Definition ?? now.Id.ToString(), NestInside.HashOf(was), NestInside.HashOf(now));
        foreach (var uses in changed) Tell([.. uses], alignment);
    }

    public List<Line> Lines { get; } = [];

    /// <summary>Clips inside that were relocated and not told of.</summary>
    public int Relocated { get; private set; }

    /// <summary>True for the one edit that says no more than that something inside changed, when it is told what.</summary>
    public bool IsTold(Draft draft) => draft.Kind == EditKind.NestChange && draft.Elements.All(_told.Contains);

    void Tell(List<Placed> uses, Alignment alignment)
    {
        var first = uses[0];
        if (Between(alignment.Before.Find(first.Element.Id)?.Element, first.Element, alignment.After.Sequence) is not { } inside) return;
        _told.UnionWith(uses.Select(u => u.Element.Id));
        Relocated += inside.Relocated;
        var places = uses.DistinctBy(u => u.Element.Link ?? u.Element.Id.ToString()).Count();
        var suffix = places == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", in {places} places");
        foreach (var edit in inside.Edits) Lines.Add(LineOf(edit, uses, suffix));
    }

    static EditList? Between(Element? before, Element after, Sequence cut)
    {
        if ((before, after) is not (Nest was, Nest now)) return null;
        if ((NestInside.Identified(was, cut.Rate), NestInside.Identified(now, cut.Rate)) is not ({ } old, { } present)) return null;
        return SequenceDiff.Compare(old with { Rate = present.Rate }, present);
    }

    static Line LineOf(Edit edit, List<Placed> uses, string suffix)
    {
        var first = uses[0];
        var name = Wording.Name(first.Element);
        var told = new Edit
        {
            Kind = EditKind.NestChange,
            Elements = [.. uses.Select(u => u.Element.Id)],
            Tracks = [.. uses.OrderBy(u => u.TrackIndex).Select(u => u.Track.Name).Distinct()],
            At = first.Start,
            Duration = first.Element.Duration,
            Subject = name,
            Sentence = Within(name, edit.Sentence) + suffix,
            Before = edit.Before,
            After = edit.After,
            Children = [edit],
        };
        return new(told, [new(EditKind.NestChange, first.TrackIndex, first.Track.Name, first.Start, told.Sentence)]);
    }

    /// <summary>An edit's sentence, told of a sequence inside another.</summary>
    public static string Within(string nest, string sentence) =>
        $"Inside {nest}: {char.ToLowerInvariant(sentence[0])}{sentence[1..]}";
}
