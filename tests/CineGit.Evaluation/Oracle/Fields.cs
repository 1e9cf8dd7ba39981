namespace CineGit.Evaluation.Oracle;

/// <summary>An edit of one shot alone that takes and gives no time; of a shot that was cut, each piece gets it.</summary>
abstract record FieldEdit(string Uid, string Field) : Edit
{
    /// <summary>False when it changes nothing.</summary>
    protected abstract bool Change(Shot shot);

    public override bool Apply(Cut cut) => cut.Pieces(Uid).Aggregate(false, (any, p) => Change(p.Shot) || any);

    public override IEnumerable<string> Writes(Cut before) => [$"{(before.Find(Uid) is { } found ? found.Shot.WrittenUid : Uid)}/{Field}"];
}

sealed record Rename(string Uid, string Name) : FieldEdit(Uid, "name")
{
    protected override bool Change(Shot shot)
    {
        var differs = shot.Name != Name;
        shot.Name = Name;
        return differs;
    }
}

sealed record Replace(string Uid, string Media) : FieldEdit(Uid, "media")
{
    protected override bool Change(Shot shot)
    {
        shot.Media = Media;
        return shot.Nest is null;
    }
}

sealed record Disable(string Uid) : FieldEdit(Uid, "enabled")
{
    protected override bool Change(Shot shot)
    {
        var was = shot.Enabled;
        shot.Enabled = false;
        return was;
    }
}

sealed record AddFilter(string Uid, Filter New) : FieldEdit(Uid, "filters")
{
    protected override bool Change(Shot shot)
    {
        shot.Filters.Add(New);
        return true;
    }
}

sealed record RemoveFilter(string Uid, string Filter) : FieldEdit(Uid, "filters")
{
    protected override bool Change(Shot shot) => shot.Filters.RemoveAll(f => f.Uid == Filter) == 1;
}

sealed record SetFilter(string Uid, string Filter, string Setting, double Value) : FieldEdit(Uid, $"filter {Filter} {Setting}")
{
    protected override bool Change(Shot shot)
    {
        var at = shot.Filters.FindIndex(f => f.Uid == Filter);
        if (at < 0 || shot.Filters[at].Settings[Setting] == Value) return false;
        shot.Filters[at] = shot.Filters[at] with { Settings = new SortedDictionary<string, double>(new Dictionary<string, double>(shot.Filters[at].Settings) { [Setting] = Value }, StringComparer.Ordinal) };
        return true;
    }
}

/// <summary>A marker so many frames after the shot's head.</summary>
sealed record AddMark(string Uid, Mark New) : FieldEdit(Uid, $"mark {New.Uid}")
{
    protected override bool Change(Shot shot)
    {
        var isInside = New.Frame >= shot.Source && New.Frame < shot.Source + shot.Length;
        if (isInside) shot.Marks.Add(New);
        return isInside;
    }
}

sealed record RemoveMark(string Uid, string Mark) : FieldEdit(Uid, $"mark {Mark}")
{
    protected override bool Change(Shot shot) => shot.Marks.RemoveAll(m => m.Uid == Mark) == 1;
}

sealed record AddBlend(string Row, Blend New) : Edit
{
    public override bool Apply(Cut cut)
    {
        if (cut.FindRow(Row) is not { } row || cut.Pieces(New.Left) is not [.., var left] || cut.Pieces(New.Right) is not [var right, ..]) return false;
        if (cut.Seam(New.Left, New.Right) is null || !left.Shot.IsSound || !right.Shot.IsSound) return false;
        row.Blends.Add(New with { Left = left.Shot.Uid, Right = right.Shot.Uid });
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => [Seam(New.Left, New.Right)];

    public override IEnumerable<string> Anchors(Cut before) => [New.Left, New.Right];
}

sealed record RemoveBlend(string Row, Blend Old) : Edit
{
    public override bool Apply(Cut cut) => cut.FindRow(Row)?.Blends.RemoveAll(b => b.Uid == Old.Uid) == 1;

    public override IEnumerable<string> Writes(Cut before) => [Seam(Old.Left, Old.Right)];

    public override IEnumerable<string> Anchors(Cut before) => [Old.Left, Old.Right];
}

/// <summary>A track on top of all others, with one shot over the head of a picture shot.</summary>
sealed record AddTrack(string Uid, string Name, string Anchor, Shot Shot) : Edit
{
    public override bool Apply(Cut cut)
    {
        if (cut.At(Anchor, 0) is not { } at) return false;
        var shot = Shot.Copy();
        shot.Start = at;
        cut.Rows.Add(new() { Uid = Uid, Name = Name, Kind = "Video", Shots = [shot] });
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => ["tracks/order"];

    public override IEnumerable<string> Anchors(Cut before) => [Anchor];
}

sealed record MuteTrack(string Uid) : Edit
{
    public override bool Apply(Cut cut)
    {
        if (cut.FindRow(Uid) is not { Enabled: true } row) return false;
        row.Enabled = false;
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => [$"{Uid}/enabled"];
}

sealed record RenameTrack(string Uid, string Name) : Edit
{
    public override bool Apply(Cut cut)
    {
        if (cut.FindRow(Uid) is not { } row) return false;
        row.Name = Name;
        return true;
    }

    public override IEnumerable<string> Writes(Cut before) => [$"{Uid}/name"];
}
