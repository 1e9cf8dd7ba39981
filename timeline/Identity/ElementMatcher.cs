using System.Collections.Immutable;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>The imported cut with ids on everything, and where an id was carried over on thin evidence.</summary>
public sealed record Identified(Sequence Sequence, ImmutableArray<string> Assumptions);

/// <summary>
/// Gives every part of an imported cut its identity: that of the part of the parent version that it continues, else a new one.
/// Ids in the import are evidence, never truth, because copying a clip or a sequence copies them. Ids with
/// <see cref="ElementId.Birth"/> zero only tell the parts of one file apart and are no evidence at all.
/// </summary>
public static class ElementMatcher
{
    public static Identified Identify(Sequence imported, Sequence? parent, Birth birth)
    {
        var pairing = parent is null ? Pairing.Empty(imported) : Pairing.Find(imported, parent);
        var issue = new IdIssue(birth, parent);
        var naming = new PartNaming(pairing, issue);
        var named = naming.Name(imported, parent);
        return new(Links.Settle(imported, named, pairing), pairing.Assumptions);
    }
}

/// <summary>Hands out new ids in order, passing over those the parent already uses.</summary>
sealed class IdIssue
{
    readonly Birth _birth;
    readonly HashSet<ElementId> _taken = [];
    uint _ordinal;

    public IdIssue(Birth birth, Sequence? parent)
    {
        _birth = birth;
        if (parent is not null) _taken.UnionWith(AllIds(parent).Where(id => id.Birth == birth.Value));
    }

    public ElementId Next()
    {
        ElementId id;
        do
        {
            id = new(_birth.Value, ++_ordinal);
        }
        while (!_taken.Add(id));
        return id;
    }

    static IEnumerable<ElementId> AllIds(Sequence cut)
    {
        foreach (var marker in cut.Markers) yield return marker.Id;
        foreach (var track in cut.Tracks)
        {
            yield return track.Id;
            foreach (var point in track.EditPoints) yield return point.Id;
            foreach (var effect in track.Effects) yield return effect.Id;
            foreach (var marker in track.Markers) yield return marker.Id;
            foreach (var element in track.Elements)
            {
                yield return element.Id;
                foreach (var effect in element.Effects) yield return effect.Id;
                foreach (var marker in element.Markers) yield return marker.Id;
            }
        }
    }
}
