namespace CineGit.Evaluation.Oracle;

/// <summary>What two editors did to one cut.</summary>
sealed record Pair(Cut Base, IReadOnlyList<Edit> Ours, IReadOnlyList<Edit> Theirs)
{
    /// <summary>The cut after the edits; null when one of them cannot be done.</summary>
    public static Cut? After(Cut cut, params ReadOnlySpan<Edit> edits)
    {
        var copy = cut.Copy();
        foreach (var edit in edits)
        {
            if (!edit.Apply(copy)) return null;
            foreach (var row in copy.Rows) row.Sort();
        }

        return copy;
    }

    /// <summary>What both orders make; null when they disagree or one of them cannot be done.</summary>
    public Cut? Sequential()
    {
        if (After(Base, [.. Ours, .. Theirs]) is not { } one || After(Base, [.. Theirs, .. Ours]) is not { } other) return null;
        return OtioText.Of(one, ids: true) == OtioText.Of(other, ids: true) ? one : null;
    }

    /// <summary>No element written by one side is written by the other or says where the other's edits are.</summary>
    /// <param name="byField">Two fields of one element are two things.</param>
    public bool IsDisjoint(bool byField)
    {
        var (ours, theirs) = (Footprint(Ours), Footprint(Theirs));
        if (ours.Writes.Overlaps(theirs.Writes)) return false;
        if (byField) return true;
        var (mine, yours) = (Elements(ours.Writes), Elements(theirs.Writes));
        return !mine.Overlaps(yours) && !mine.Overlaps(theirs.Anchors) && !yours.Overlaps(ours.Anchors);
    }

    static HashSet<string> Elements(IEnumerable<string> writes) => [.. writes.Select(w => w[..w.IndexOf('/', StringComparison.Ordinal)])];

    (HashSet<string> Writes, HashSet<string> Anchors) Footprint(IReadOnlyList<Edit> edits)
    {
        var (cut, writes, anchors) = (Base.Copy(), new HashSet<string>(), new HashSet<string>());
        foreach (var edit in edits)
        {
            writes.UnionWith(edit.Writes(cut));
            anchors.UnionWith(edit.Anchors(cut));
            edit.Apply(cut);
            foreach (var row in cut.Rows) row.Sort();
        }

        return (writes, anchors);
    }
}
