namespace CineGit.Evaluation.Oracle;

/// <summary>What an editor did. It names elements, never positions, so it means the same after other edits.</summary>
abstract record Edit
{
    /// <summary>False when it cannot be done here; the cut may then be half edited and is thrown away.</summary>
    public abstract bool Apply(Cut cut);

    /// <summary>What it changes, as <c>element/field</c>.</summary>
    public abstract IEnumerable<string> Writes(Cut before);

    /// <summary>The elements that say where it happens.</summary>
    public virtual IEnumerable<string> Anchors(Cut before) => [];

    protected static IEnumerable<string> Fields(Cut cut, string uid, params IEnumerable<string> fields) =>
        from member in cut.Whole(uid) from field in fields select $"{member.Shot.WrittenUid}/{field}";

    protected static string Seam(string left, string right) => $"{left}|{right}/seam";

    protected static bool AllSound(IReadOnlyList<(Row Row, Shot Shot)> group) => group.Count > 0 && group.All(m => m.Shot.IsSound);

    protected static bool AnyBlend(IReadOnlyList<(Row Row, Shot Shot)> group) => group.Any(m => m.Row.HasBlend(m.Shot));
}

sealed record TrimTail(string Uid, long Amount, bool Ripple) : Edit
{
    public override bool Apply(Cut cut)
    {
        var group = cut.Last(Uid);
        if (group.Count == 0) return false;
        var end = group[0].Shot.End;
        if (Ripple && !(Amount < 0 ? cut.Close(end + Amount, -Amount, group) : cut.Open(end, Amount, group, Uid))) return false;
        foreach (var (row, shot) in group)
        {
            if (!Ripple && (row.HasBlend(shot) || Amount > 0 && !row.IsFree(shot.End, shot.End + Amount))) return false;
            shot.Length += Amount;
        }

        return AllSound(group);
    }

    public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "tail");
}

sealed record TrimHead(string Uid, long Amount, bool Ripple) : Edit
{
    public override bool Apply(Cut cut)
    {
        var group = cut.First(Uid);
        if (group.Count == 0 || group.Any(m => m.Shot.Speed != 1)) return false;
        var start = group[0].Shot.Start;
        if (Ripple && !(Amount > 0 ? cut.Close(start, Amount, group) : cut.Open(start, -Amount, group, Uid))) return false;
        foreach (var (row, shot) in group)
        {
            if (!Ripple && (row.HasBlend(shot) || Amount < 0 && !row.IsFree(shot.Start + Amount, shot.Start))) return false;
            shot.Source += Amount;
            shot.Length -= Amount;
            if (!Ripple) shot.Start += Amount;
        }

        return AllSound(group);
    }

    public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "head");
}

/// <summary>Moves the edit between two neighbours.</summary>
sealed record Roll(string Left, string Right, long Amount) : Edit
{
    public override bool Apply(Cut cut)
    {
        var (left, right) = (cut.Last(Left), cut.First(Right));
        if (left.Count == 0 || left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            var (before, after) = (left[i].Shot, right[i].Shot);
            if (left[i].Row != right[i].Row || before.End != after.Start || after.Speed != 1) return false;
            before.Length += Amount;
            after.Start += Amount;
            after.Source += Amount;
            after.Length -= Amount;
        }

        return AllSound(left) && AllSound(right);
    }

    public override IEnumerable<string> Writes(Cut before) => [.. Fields(before, Left, "tail"), .. Fields(before, Right, "head")];
}

/// <param name="Uid">The shot.</param>
/// <param name="Amount">Frames later in the source.</param>
/// <param name="Kind">Only picture or only sound of the group; null for all of it.</param>
sealed record Slip(string Uid, long Amount, string? Kind = null) : Edit
{
    public override bool Apply(Cut cut)
    {
        IReadOnlyList<(Row Row, Shot Shot)> group = [.. cut.Whole(Uid).Where(m => Kind is null || m.Row.Kind == Kind)];
        if (group.Any(m => m.Shot.Speed != 1)) return false;
        foreach (var (_, shot) in group) shot.Source += Amount;
        return AllSound(group);
    }

    public override IEnumerable<string> Writes(Cut before) =>
        from member in before.Whole(Uid) where Kind is null || member.Row.Kind == Kind select $"{member.Shot.WrittenUid}/slip";
}

/// <summary>Moves a shot between its neighbours, which give and take the time.</summary>
sealed record Slide(string Left, string Uid, string Right, long Amount) : Edit
{
    public override bool Apply(Cut cut)
    {
        var (left, group, right) = (cut.Last(Left), cut.Uncut(Uid), cut.First(Right));
        if (group.Count == 0 || left.Count != group.Count || right.Count != group.Count || AnyBlend(group)) return false;
        for (var i = 0; i < group.Count; i++)
        {
            var (before, shot, after) = (left[i].Shot, group[i].Shot, right[i].Shot);
            if (left[i].Row != group[i].Row || right[i].Row != group[i].Row || before.End != shot.Start || shot.End != after.Start || after.Speed != 1) return false;
            before.Length += Amount;
            shot.Start += Amount;
            after.Start += Amount;
            after.Source += Amount;
            after.Length -= Amount;
        }

        return AllSound(left) && AllSound(group) && AllSound(right);
    }

    public override IEnumerable<string> Writes(Cut before) =>
        [.. Fields(before, Left, "tail"), .. Fields(before, Uid, "place"), .. Fields(before, Right, "head")];
}

/// <summary>Twice as fast or half as fast, the end rippling along.</summary>
sealed record Retime(string Uid, double Speed) : Edit
{
    public override bool Apply(Cut cut)
    {
        var group = cut.Uncut(Uid);
        if (group.Count == 0 || AnyBlend(group) || group.Any(m => m.Shot.Marks.Count > 0 || m.Shot.Speed != 1)) return false;
        var (start, was) = (group[0].Shot.Start, group[0].Shot.Length);
        var length = (long)Math.Round(was / Speed);
        if (!(length < was ? cut.Close(start + length, was - length, group) : cut.Open(start + was, length - was, group, Uid))) return false;
        foreach (var (_, shot) in group) (shot.Speed, shot.Length) = (Speed, length);
        return AllSound(group);
    }

    public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "head", "tail", "slip", "speed");
}

/// <summary>An edit inside a nested sequence, which all its uses show.</summary>
sealed record Inside(string Nest, Edit Edit) : Edit
{
    public override bool Apply(Cut cut) => Edit.Apply(cut.Nests[Nest]);

    public override IEnumerable<string> Writes(Cut before) => Edit.Writes(before.Nests[Nest]);

    public override IEnumerable<string> Anchors(Cut before) => Edit.Anchors(before.Nests[Nest]);
}

/// <summary>Cuts a shot, so many frames after its head; the pieces stay where they are.</summary>
/// <param name="Uid">The shot.</param>
/// <param name="Offset">Where.</param>
/// <param name="Cutter">Names the pieces.</param>
sealed record Razor(string Uid, long Offset, string Cutter) : Edit
{
    public override bool Apply(Cut cut)
    {
        if (cut.At(Uid, Offset) is not { } at || cut.Pieces(Uid).FirstOrDefault(p => p.Shot.Start < at && p.Shot.End > at) is not { Shot: { } shot }) return false;
        return cut.Group(shot.Uid).All(m => cut.Split(m.Shot, at, Cutter) is not null);
    }

    public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "split");
}
