using System.Collections.Immutable;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>The imported cut with ids on everything, and where an id was carried over on thin evidence.</summary>
public sealed record Identified(Sequence Sequence, ImmutableArray<string> Assumptions)
{
    /// <summary>The pairs that the assumptions are about, as far as they are about one element of the cut itself.</summary>
    public ImmutableArray<AssumedPair> Assumed { get; init; } = [];
}

/// <summary>
/// Gives every part of an imported cut its identity: that of the part of the parent version that it continues, else a new one.
/// Ids in the import are evidence, never truth, because copying a clip or a sequence copies them. Ids with
/// <see cref="ElementId.Birth"/> zero only tell the parts of one file apart and are no evidence at all.
/// </summary>
public static class ElementMatcher
{
    public static Identified Identify(Sequence imported, Sequence? parent, Birth birth) => Identify(imported, parent, birth, Corrections.None);

    public static Identified Identify(Sequence imported, Sequence? parent, Birth birth, Corrections corrections) =>
        Identify(imported, parent, new IdIssue(birth), corrections);

    /// <summary>For a cut and, with the same issue, for the cuts nested in it.</summary>
    internal static Identified Identify(Sequence imported, Sequence? parent, IdIssue issue, Corrections corrections)
    {
        if (parent is not null) issue.PassOver(parent);
        var pairing = parent is null ? Pairing.Empty(imported) : Pairing.Find(imported, parent, corrections);
        var naming = new PartNaming(pairing, issue);
        var named = naming.Name(imported, parent);
        var nests = new NestNaming(issue).Name(Links.Settle(imported, named, pairing), parent);
        return nests with { Assumptions = [.. pairing.Assumed.Select(a => a.Sentence), .. nests.Assumptions], Assumed = pairing.Assumed };
    }
}

/// <summary>Hands out new ids in order, passing over those the parent already uses.</summary>
sealed class IdIssue(Birth birth)
{
    readonly HashSet<ElementId> _taken = [];
    uint _ordinal;

    /// <summary>Definitions that this import brings, by what tells that nests at whatever depth are uses of one.</summary>
    public Dictionary<object, string> Definitions { get; } = [];

    /// <summary>Insides that were named already, by definition and content.</summary>
    public Dictionary<(string Definition, ContentHash Content), Nest> Insides { get; } = [];

    public void PassOver(Sequence parent) => _taken.UnionWith(AllIds(parent).Where(id => id.Birth == birth.Value));

    public ElementId Next()
    {
        ElementId id;
        do
        {
            id = new(birth.Value, ++_ordinal);
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
