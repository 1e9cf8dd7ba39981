namespace CineGit.Evaluation.Oracle;

/// <summary>What edits changed, as <c>element/field</c>, and which elements said where.</summary>
sealed class Footprint
{
    readonly HashSet<string> _writes = [];
    readonly HashSet<string> _anchors = [];

    public IEnumerable<string> Elements => _writes.Select(Element).Concat(_anchors).SelectMany(e => e.Split('|')).Distinct();

    /// <summary>Of edits that follow one another.</summary>
    public static Footprint Of(Cut cut, IReadOnlyList<Edit> edits)
    {
        var (all, copy) = (new Footprint(), cut.Copy());
        foreach (var edit in edits) all.Add(Of(edit, copy, copy = Pair.After(copy, edit) ?? copy));
        return all;
    }

    /// <summary>Of one edit that made one cut of the other.</summary>
    public static Footprint Of(Edit edit, Cut before, Cut after)
    {
        var one = new Footprint();
        one._writes.UnionWith(edit.Writes(before));
        one._anchors.UnionWith(edit.Anchors(before).Select(a => before.Find(a)?.Shot.WrittenUid ?? a));
        if (before.Splits && after.Rows.Sum(r => r.Shots.Count) > before.Rows.Sum(r => r.Shots.Count))
        {
            var known = before.Rows.SelectMany(r => r.Shots).Select(s => s.Uid).ToHashSet();
            one._writes.UnionWith(from row in after.Rows from shot in row.Shots where shot.Origin is not null && !known.Contains(shot.Uid) select $"{shot.Origin}/split");
        }

        return one;
    }

    /// <summary>Neighbours that are alike: without ids nobody can tell which of them was edited.</summary>
    public static Footprint OfTwins(Cut cut)
    {
        var twins = new Footprint();
        foreach (var (one, other) in cut.Twins()) twins._writes.UnionWith([$"{one}/twin", $"{other}/twin"]);
        return twins;
    }

    public void Add(Footprint other)
    {
        _writes.UnionWith(other._writes);
        _anchors.UnionWith(other._anchors);
    }

    public bool WritesSame(Footprint other) => _writes.Overlaps(other._writes);

    /// <summary>The fields that both change.</summary>
    public IEnumerable<string> Shared(Footprint other) => _writes.Intersect(other._writes);

    public bool Writes(string element, string field) => _writes.Contains($"{element}/{field}");

    public bool WritesAny(string element) => _writes.Any(w => Element(w) == element);

    /// <summary>No element written by one is written by the other or says where the other's edits are.</summary>
    /// <param name="other">The other side's.</param>
    /// <param name="byField">Two fields of one element are two things.</param>
    public bool IsApartFrom(Footprint other, bool byField = false)
    {
        if (WritesSame(other)) return false;
        if (byField) return true;
        var (mine, yours) = (_writes.Select(Element).ToHashSet(), other._writes.Select(Element).ToHashSet());
        return !mine.Overlaps(yours) && !mine.Overlaps(other._anchors) && !yours.Overlaps(_anchors);
    }

    static string Element(string write) => write[..write.LastIndexOf('/')];
}
