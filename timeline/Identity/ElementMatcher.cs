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
    public static Identified Identify(Sequence imported, Sequence? parent, Birth birth) => Identify(imported, parent, new IdIssue(birth));

    /// <summary>For a cut and, with the same issue, for the cuts nested in it.</summary>
    internal static Identified Identify(Sequence imported, Sequence? parent, IdIssue issue)
    {
        if (parent is not null) issue.PassOver(parent);
        var pairing = parent is null ? Pairing.Empty(imported) : Pairing.Find(imported, parent);
        var naming = new PartNaming(pairing, issue);
        var named = naming.Name(imported, parent);
        var nests = new NestNaming(issue).Name(Links.Settle(imported, named, pairing), parent);
        return nests with { Assumptions = [.. pairing.Assumptions, .. nests.Assumptions] };
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

    public void PassOver(Sequence parent) => _taken.UnionWith(AllIds(parent));

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

    static IEnumerable<ElementId> AllIds(Sequence cut) =>
    [
        .. cut.Markers.Select(m => m.Id),
        .. cut.Tracks.SelectMany(t => (ElementId[])
        [
            t.Id,
            .. t.EditPoints.Select(p => p.Id),
            .. t.Effects.Select(e => e.Id),
            .. t.Markers.Select(m => m.Id),
            .. t.Elements.SelectMany(e => (ElementId[])[e.Id, .. e.Effects.Select(f => f.Id), .. e.Markers.Select(m => m.Id)]),
        ]),
    ];
}
