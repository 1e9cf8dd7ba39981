using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Merges what is inside nests, once for each definition, before the cut around them: in the request that is merged then, every
/// use has the merged inside in all three cuts, and its uses carry nothing but where they stand and what they show of it.
/// Where a side has no use of a definition left, its inside stays what it was there, and deleting it clashes with changing it.
/// </summary>
sealed class NestMerge
{
    readonly MergeRequest _asked;
    readonly Dictionary<string, MergedNest> _merged = [];
    readonly Dictionary<(Side Side, ElementId Use), Nest> _given = [];

    NestMerge(MergeRequest request) => (_asked, Request) = (request, request);

    /// <summary>The request with one inside for each definition that all three cuts have.</summary>
    public MergeRequest Request { get; private set; }

    /// <summary>Whether a use that became a sequence of its own stays one.</summary>
    public ImmutableArray<Clash> Questions { get; private set; } = [];

    public static NestMerge Of(MergeRequest request)
    {
        var merge = new NestMerge(request);
        var o = Uses(request.Base);
        if (o.Count == 0) return merge;
        var (a, b) = (Uses(request.Ours), Uses(request.Theirs));
        var others = request.OtherBases.Select(Uses).ToList();
        foreach (var (definition, uses) in o)
        {
            if (a.TryGetValue(definition, out var ours) && b.TryGetValue(definition, out var theirs))
                merge.MergeDefinition(definition, uses, ours, theirs, others.SelectMany(o => o.GetValueOrDefault(definition, [])));
        }

        var apart = new NestsApart(request);
        foreach (var given in apart.Given) merge._given[(given.Side, given.Use)] = given.Nest;
        merge.Questions = apart.Questions;
        merge.Request = request with
        {
            Base = merge.Unified(request.Base, null),
            OtherBases = [.. request.OtherBases.Select(o => merge.Unified(o, null))],
            Ours = merge.Unified(request.Ours, Side.Ours),
            Theirs = merge.Unified(request.Theirs, Side.Theirs),
        };
        return merge;
    }

    /// <summary>Uses whose range one side chose and of which the other took something out inside.</summary>
    public IEnumerable<Clash> Emptied(SideView ours, SideView theirs) =>
        _merged.Values.SelectMany(m => NestUses.Emptied(m, ours, theirs)).DistinctBy(c => c.Key);

    /// <summary>The result with what is open, answered or worth a look inside the nests.</summary>
    public MergeResult WithInside(MergeResult result)
    {
        if (_merged.Values.All(m => m.Conflicts.IsEmpty && m.Notes.IsEmpty)) return result;
        var placement = Placement.Of(result.Merged);
        var conflicts = result.Conflicts.Concat(_merged.Values.SelectMany(m => m.ConflictsIn(_asked, placement))).DistinctBy(c => c.Id);
        var notes = result.Notes.Concat(_merged.Values.SelectMany(m => m.NotesIn(placement))).DistinctBy(n => n.Sentence);
        return result with { Conflicts = [.. conflicts.OrderBy(c => c.At)], Notes = [.. notes.OrderBy(n => n.At)] };
    }

    public static string DefinitionOf(Nest nest) => nest.Definition ?? nest.Id.ToString();

    static Dictionary<string, List<Nest>> Uses(Sequence cut) =>
        cut.Tracks.SelectMany(t => t.Elements).OfType<Nest>().GroupBy(DefinitionOf).ToDictionary(g => g.Key, g => g.ToList());

    void MergeDefinition(string definition, List<Nest> origin, List<Nest> ours, List<Nest> theirs, IEnumerable<Nest> otherOrigins)
    {
        var was = origin[0];
        if (InsideOf(ours, was) is not { } a || InsideOf(theirs, was) is not { } b || InsideOf(origin, was) is null) return;
        var others = otherOrigins.Where(n => !NestInside.SameInside(n, was)).DistinctBy(NestInside.HashOf).ToImmutableArray();
        if (NestInside.SameInside(a, was) && NestInside.SameInside(b, was) && others.IsEmpty) return;
        var uses = origin.Concat(ours).Concat(theirs).Select(n => n.Id).Distinct().ToImmutableArray();
        var merged = new MergedNest(definition, was, a, b, uses) { OtherBases = others };
        if (NestInside.SameInside(a, b) || (others.IsEmpty && NestInside.SameInside(b, was))) _merged[definition] = merged with { Inside = a };
        else if (others.IsEmpty && NestInside.SameInside(a, was)) _merged[definition] = merged with { Inside = b };
        else if (_asked.Insides.Merge(_asked, merged) is { } result) _merged[definition] = result;
    }

    /// <summary>What the uses show: the copy that differs from the base; null when several do, in different ways.</summary>
    static Nest? InsideOf(List<Nest> uses, Nest origin)
    {
        var changed = uses.Where(u => !NestInside.SameInside(u, origin)).ToList();
        if (changed.Count == 0) return uses[0];
        return changed.TrueForAll(c => NestInside.SameInside(c, changed[0])) ? changed[0] : null;
    }

    Sequence Unified(Sequence cut, Side? side) => NestInside.Map(cut, nest =>
    {
        if (side is { } own && _given.TryGetValue((own, nest.Id), out var given)) nest = NestInside.With(nest, given) with { Definition = given.Definition };
        return _merged.TryGetValue(DefinitionOf(nest), out var merged) ? NestInside.With(nest, merged.Inside) : nest;
    });
}

/// <summary>
/// Insides that were merged already, by those they were merged from: a definition may be used in several others.
/// </summary>
sealed class NestMemo
{
    readonly Dictionary<(string Definition, string Insides), MergedNest> _known = [];

    /// <summary>Null when one of them was never identified, and is one value therefore.</summary>
    public MergedNest? Merge(MergeRequest around, MergedNest nest)
    {
        Nest[] insides = [nest.Base, nest.Ours, nest.Theirs, .. nest.OtherBases];
        var key = (nest.Definition, string.Join(' ', insides.Select(n => NestInside.HashOf(n).Hex)));
        if (_known.TryGetValue(key, out var known)) return nest with { Inside = known.Inside, Conflicts = known.Conflicts, Notes = known.Notes };
        Sequence? Inside(Nest of) => NestInside.Identified(of, around.Base.Rate);
        if ((Inside(nest.Base), Inside(nest.Ours), Inside(nest.Theirs)) is not ({ } o, { } a, { } b)) return null;
        var result = ThreeWayMerge.Merge(around with
        {
            Base = o,
            Ours = a with { Rate = o.Rate },
            Theirs = b with { Rate = o.Rate },
            OtherBases = [.. nest.OtherBases.Select(Inside).OfType<Sequence>().Select(other => other with { Rate = o.Rate })],
            Scope = nest.Definition,
        });
        return _known[key] = nest with
        {
            Inside = NestInside.With(nest.Ours, result.Merged),
            Conflicts = result.Conflicts,
            Notes = result.Notes,
        };
    }
}
