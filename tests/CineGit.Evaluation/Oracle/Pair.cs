namespace CineGit.Evaluation.Oracle;

/// <summary>What two editors did to one cut, beside what both of them did.</summary>
sealed record Pair(Cut Base, IReadOnlyList<Edit> Ours, IReadOnlyList<Edit> Theirs)
{
    /// <summary>The cut after the edits; null when one of them cannot be done.</summary>
    public static Cut? After(Cut cut, params ReadOnlySpan<Edit> edits)
    {
        var copy = cut.Copy();
        foreach (var edit in edits)
        {
            if (!edit.Apply(copy)) return null;
            foreach (var row in copy.Rows.Concat(copy.Nests.Values.SelectMany(n => n.Rows))) row.Sort();
        }

        return copy;
    }

    /// <summary>What both orders make; null when they disagree or one of them cannot be done.</summary>
    public Cut? Sequential()
    {
        if (After(Base, [.. Ours, .. Theirs]) is not { } one || After(Base, [.. Theirs, .. Ours]) is not { } other) return null;
        return OtioText.AreAlike(one, other) ? one : null;
    }

    public bool IsDisjoint(bool byField) => Footprint.Of(Base, Ours).IsApartFrom(Footprint.Of(Base, Theirs), byField);

    /// <summary>
    /// Where neighbours are alike and files have no ids, nobody can tell which of them a side edited. For each such place that
    /// was touched: what the orders make when a side meant the other one, where that can be done, and whether it has to be asked
    /// because both sides then may have meant one.
    /// </summary>
    public IEnumerable<(Cut? Cut, bool MayAsk)> Readings()
    {
        var (ours, theirs) = (Footprint.Of(Base, Ours).Elements.ToHashSet(), Footprint.Of(Base, Theirs).Elements.ToHashSet());
        foreach (var (one, other) in Base.Twins())
        {
            var (mine, yours) = (ours.Overlaps([one, other]), theirs.Overlaps([one, other]));
            if (!mine && !yours) continue;
            foreach (var reading in Swapped(one, other)) yield return (reading, mine && yours);
        }

        foreach (var reading in SwappedAfter(Ours, Theirs, theirs).Concat(SwappedAfter(Theirs, Ours, ours))) yield return (reading, true);
    }

    /// <summary>Shots that one side's edits made neighbours, as a move does: which of them the other side edited nobody can tell either.</summary>
    IEnumerable<Cut?> SwappedAfter(IReadOnlyList<Edit> first, IReadOnlyList<Edit> then, HashSet<string> touched)
    {
        if (After(Base, [.. first]) is not { } made) yield break;
        foreach (var (one, other) in made.Twins().Except(Base.Twins()))
            if (touched.Overlaps([one, other])) yield return After(Swap(made, one, other), [.. then]);
    }

    IEnumerable<Cut?> Swapped(string one, string other)
    {
        if (LooksTheSame(Ours, one, other)) yield return After(Base, [.. Theirs]) is { } after ? After(Swap(after, one, other), [.. Ours]) : null;
        if (LooksTheSame(Theirs, one, other)) yield return After(Base, [.. Ours]) is { } after ? After(Swap(after, one, other), [.. Theirs]) : null;
    }

    bool LooksTheSame(IReadOnlyList<Edit> edits, string one, string other) =>
        After(Base, [.. edits]) is { } meant && After(Swap(Base, one, other), [.. edits]) is { } read
        && OtioText.AreAlike(meant, read, ids: false);

    static Cut Swap(Cut cut, string one, string other)
    {
        var copy = cut.Copy();
        copy.Swap(one, other);
        return copy;
    }
}
