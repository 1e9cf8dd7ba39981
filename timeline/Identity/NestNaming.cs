using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Identity;

/// <summary>
/// Tells which nests are uses of one definition, and gives what is inside each definition its ids by the same matching as at
/// the top. OTIO writes a definition out for every use: a use that alone was changed stands for all, and where two were changed
/// in different ways they are two definitions from then on.
/// </summary>
sealed class NestNaming(IdIssue issue)
{
    readonly List<string> _assumptions = [];
    readonly Dictionary<ElementId, Nest> _named = [];

    /// <param name="cut">With ids on everything at its top.</param>
    /// <param name="parent">The version it was made from.</param>
    public Identified Name(Sequence cut, Sequence? parent)
    {
        var uses = UsesIn(cut);
        if (uses.Count == 0) return new(cut, []);
        var known = parent is null ? [] : UsesIn(parent);
        foreach (var group in Definitions(uses, known)) NameGroup(cut, [.. group], group.Key, known);
        return new(NestInside.Map(cut, nest => _named.GetValueOrDefault(nest.Id, nest)), [.. _assumptions]);
    }

    static List<NestUse> UsesIn(Sequence cut) =>
    [
        .. cut.Tracks.SelectMany(t => t.Elements).OfType<Nest>()
            .Where(n => NestInside.Of(n, cut.Rate) is not null)
            .Select(n => new NestUse(n, NestPrint.Of(n), NestPrint.NativeId(n))),
    ];

    /// <summary>By what we wrote, by the use it continues (one that says no definition is its own), by the program's own name, by equal content; else a new one.</summary>
    IEnumerable<IGrouping<string, NestUse>> Definitions(List<NestUse> uses, List<NestUse> known)
    {
        string Fresh(NestUse use)
        {
            object content = NestPrint.IsEmpty(use.Nest) ? use.Nest.Id : use.Print;
            var evidence = use.Nest.Definition ?? use.NativeId ?? content;
            return issue.Definitions.TryGetValue(evidence, out var name) ? name : issue.Definitions[evidence] = issue.Next().ToString();
        }

        string? Written(NestUse use) => use.Nest.Definition is { } own && known.Exists(k => k.Nest.Definition == own) ? own : null;
        string? Continued(NestUse use) => known.Find(k => k.Nest.Id == use.Nest.Id && IsOneSequence(k, use)) is { } was ? was.Nest.Definition ?? was.Nest.Id.ToString() : null;
        string? Alike(NestUse use) =>
            known.Find(k => k.NativeId is not null && k.NativeId == use.NativeId)?.Nest.Definition
            ?? (NestPrint.IsEmpty(use.Nest) ? null : known.Find(k => k.Print == use.Print)?.Nest.Definition);
        return uses.GroupBy(use => Written(use) ?? Continued(use) ?? Alike(use) ?? Fresh(use));
    }

    /// <summary>A nest in the place of another may be another sequence, which must not be taken for a change of the first.</summary>
    static bool IsOneSequence(NestUse was, NestUse use)
    {
        if (was.Print == use.Print || was.Nest.Name == use.Nest.Name || (was.NativeId is not null && was.NativeId == use.NativeId)) return true;
        var begins = Begins(was.Nest).ToHashSet();
        return Begins(use.Nest).Any(begins.Contains);
    }

    static IEnumerable<(string Media, Flicks SourceStart)> Begins(Nest nest) =>
        NestInside.Of(nest, FrameRate.Fps24)?.Tracks.SelectMany(t => t.Elements).Select(e => (Likeness.MediaKey(e), e.SourceStart)) ?? [];

    void NameGroup(Sequence cut, List<NestUse> uses, string definition, List<NestUse> known)
    {
        var was = known.Find(k => k.Nest.Definition == definition)
            ?? uses.Select(u => known.Find(k => k.Nest.Id == u.Nest.Id)).FirstOrDefault(k => k is not null);
        var stale = uses.Where(u => u.Print == was?.Print).ToList();
        var changed = uses.Except(stale).DistinctBy(u => u.Print).ToList();
        var standsForAll = changed.Find(c => stale.TrueForAll(s => IsCopy(c, s)));
        var first = standsForAll ?? (stale.Count > 0 ? stale[0] : uses[0]);
        var apart = changed.Where(c => c.Print != first.Print).ToList();
        NameUses(cut, [.. stale, .. uses.Where(u => u.Print == first.Print && !stale.Contains(u))], first, definition, was);
        var name = first.Nest.Name.Length > 0 ? first.Nest.Name : "an unnamed nested sequence";
        if (standsForAll is not null && stale.Count > 0)
            _assumptions.Add($"{name} was changed inside, but not in all of its places; the change was taken for all of them.");
        foreach (var other in apart)
        {
            _assumptions.Add($"{name} has another inside in different places; from here on they are sequences of their own.");
            NameUses(cut, [.. uses.Where(u => u.Print == other.Print)], other, issue.Next().ToString(), was);
        }
    }

    /// <summary>A copy under another name, or one that the program calls another sequence, was made to be changed apart.</summary>
    static bool IsCopy(NestUse changed, NestUse stale) =>
        changed.Nest.Name == stale.Nest.Name && (changed.NativeId is null || stale.NativeId is null || changed.NativeId == stale.NativeId);

    void NameUses(Sequence cut, List<NestUse> uses, NestUse first, string definition, NestUse? was)
    {
        if (!issue.Insides.TryGetValue((definition, first.Print), out var inside))
            issue.Insides[(definition, first.Print)] = inside = NameInside(cut, first, was);
        foreach (var use in uses) _named[use.Nest.Id] = Shown(use.Nest, inside) with { Definition = definition };
    }

    /// <summary>A use that says no length is as long as what is inside.</summary>
    static Nest Shown(Nest use, Nest inside)
    {
        var shown = NestInside.With(use, inside);
        return NestInside.SaysRange(use) || NestPrint.Of(use) == NestPrint.Of(inside) ? shown : shown with { Duration = NestInside.LengthOf(shown) };
    }

    Nest NameInside(Sequence cut, NestUse use, NestUse? was)
    {
        var nest = use.Nest;
        if (NestInside.Of(nest, cut.Rate) is not { } inside) return nest;
        var parent = was is null ? null : NestInside.Identified(was.Nest, cut.Rate);
        if (parent is not null && was is not null && was.Print == use.Print) return was.Nest;
        var identified = ElementMatcher.Identify(inside, parent, issue, Corrections.None);
        _assumptions.AddRange(identified.Assumptions.Select(a => $"Inside {nest.Name}: {a}"));
        return NestInside.With(nest, identified.Sequence);
    }

    /// <param name="Nest">The nest.</param>
    /// <param name="Print">Equal for insides that say the same.</param>
    /// <param name="NativeId">What the program calls the sequence.</param>
    sealed record NestUse(Nest Nest, ContentHash Print, string? NativeId);
}
