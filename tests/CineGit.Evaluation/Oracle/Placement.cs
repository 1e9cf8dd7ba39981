namespace CineGit.Evaluation.Oracle;

/// <summary>Takes a shot out and closes the hole.</summary>
sealed record RippleDelete(string Uid) : Edit
{
    public override bool Apply(Cut cut)
    {
        var group = cut.Uncut(Uid);
        if (group.Count == 0 || AnyBlend(group) || !cut.Close(group[0].Shot.Start, group[0].Shot.Length, group)) return false;
        foreach (var (row, shot) in group) row.Shots.Remove(shot);
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "presence");
}

/// <summary>Takes a shot out and leaves the hole.</summary>
sealed record Lift(string Uid) : Edit
{
    public override bool Apply(Cut cut)
    {
        var group = cut.Uncut(Uid);
        if (group.Count == 0 || AnyBlend(group)) return false;
        foreach (var (row, shot) in group) row.Shots.Remove(shot);
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "presence");
}

/// <param name="Left">The shot before the edit.</param>
/// <param name="Right">The shot after it.</param>
/// <param name="News">One shot for each row it is cut into, their starts not yet known.</param>
sealed record RippleInsert(string Left, string Right, IReadOnlyList<(string Row, Shot Shot)> News) : Edit
{
    public override string ToString() => $"{nameof(RippleInsert)} {string.Join(", ", News.Select(n => n.Shot))} at {Left}|{Right}";

    public override bool Apply(Cut cut)
    {
        if (cut.Seam(Left, Right) is not { } at) return false;
        if (!cut.Open(at, News[0].Shot.Length, [], News[0].Shot.Uid)) return false;
        foreach (var (uid, pattern) in News)
        {
            if (cut.FindRow(uid) is not { } row) return false;
            var shot = pattern.Copy();
            shot.Start = at;
            row.Place(shot);
        }

        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => [Seam(Left, Right), .. News.Select(n => $"{n.Shot.Uid}/presence")];

    public override IEnumerable<string> Anchors(Cut before) => [Left, Right];
}

/// <summary>Takes a shot to another edit, rippling at both places.</summary>
sealed record Move(string Uid, string Left, string Right) : Edit
{
    public override bool Apply(Cut cut)
    {
        var group = cut.Uncut(Uid);
        if (group.Count == 0 || AnyBlend(group) || Left == Uid || Right == Uid) return false;
        var length = group[0].Shot.Length;
        if (!cut.Close(group[0].Shot.Start, length, group)) return false;
        foreach (var (row, shot) in group) row.Shots.Remove(shot);
        if (cut.Seam(Left, Right) is not { } at) return false;
        if (!cut.Open(at, length, [], Uid)) return false;
        foreach (var (row, shot) in group)
        {
            shot.Start = at;
            row.Place(shot);
        }

        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => [Seam(Left, Right), .. Fields(before, Uid, "place")];

    public override IEnumerable<string> Anchors(Cut before) => [Left, Right];
}

/// <summary>Puts a shot over free space of another row, so many frames after the head of a picture shot.</summary>
sealed record Place(string Anchor, long Offset, string Row, Shot New) : Edit
{
    public override bool Apply(Cut cut)
    {
        if (cut.At(Anchor, Offset) is not { } at || cut.FindRow(Row) is not { } row) return false;
        var shot = New.Copy();
        shot.Start = at;
        if (!row.IsFree(shot.Start, shot.End)) return false;
        row.Place(shot);
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => [$"{New.Uid}/presence"];

    public override IEnumerable<string> Anchors(Cut before) => [Anchor];
}

/// <summary>Puts a shot over the end of another, so many frames before its tail.</summary>
sealed record Overwrite(string Uid, long Cover, Shot New) : Edit
{
    public override bool Apply(Cut cut)
    {
        if (cut.Last(Uid) is not [var under] || under.Row.HasBlend(under.Shot) || under.Shot.Link is not null) return false;
        var shot = New.Copy();
        shot.Start = under.Shot.End - Cover;
        under.Shot.Length -= Cover;
        if (!under.Shot.IsSound || !under.Row.IsFree(shot.Start, shot.End)) return false;
        under.Row.Place(shot);
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => [$"{New.Uid}/presence", .. Fields(before, Uid, "tail")];

    public override IEnumerable<string> Anchors(Cut before) => [Uid];
}

/// <summary>Shifts a shot within the free space around it.</summary>
sealed record Nudge(string Uid, long Amount) : Edit
{
    public override bool Apply(Cut cut)
    {
        var group = cut.Uncut(Uid);
        if (group.Count == 0 || AnyBlend(group)) return false;
        foreach (var (row, shot) in group)
        {
            var (from, to) = (Math.Min(shot.Start, shot.Start + Amount), Math.Max(shot.End, shot.End + Amount));
            if (!row.IsFree(from, to, shot)) return false;
            shot.Start += Amount;
        }

        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "place");
}
