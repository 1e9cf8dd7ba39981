namespace CineGit.Evaluation.Oracle;

/// <summary>A timeline with every element at its own record frame. Nothing here is relative, so nothing can drift.</summary>
sealed class Cut
{
    public List<Row> Rows { get; init; } = [];

    /// <summary>Markers of the sequence, at record frames.</summary>
    public List<Mark> Marks { get; init; } = [];

    /// <summary>Programs differ: in some a ripple carries the sequence's markers along.</summary>
    public bool MarksRipple { get; init; }

    /// <summary>Programs differ: in some a ripple cuts what lies across it on other rows, in some it is refused.</summary>
    public bool Splits { get; init; }

    /// <summary>Nested sequences by name: each once, however many uses it has.</summary>
    public SortedDictionary<string, Cut> Nests { get; init; } = new(StringComparer.Ordinal);

    public Row Picture => Rows[0];

    public Cut Copy()
    {
        var copy = new Cut { Rows = [.. Rows.Select(r => r.Copy())], Marks = [.. Marks], MarksRipple = MarksRipple, Splits = Splits };
        foreach (var (name, nest) in Nests) copy.Nests.Add(name, nest.Copy());
        return copy;
    }

    public Row? FindRow(string uid) => Rows.Find(r => r.Uid == uid);

    public (Row Row, Shot Shot)? Find(string uid)
    {
        foreach (var row in Rows)
            if (row.Shots.Find(s => s.Uid == uid) is { } shot) return (row, shot);
        return null;
    }

    /// <summary>What became of a shot: itself and what was cut off it, in order.</summary>
    public IReadOnlyList<(Row Row, Shot Shot)> Pieces(string uid) =>
        [.. from row in Rows from shot in row.Shots where shot.Uid == uid || shot.Origin == uid orderby shot.Start select (row, shot)];

    /// <summary>The pieces of the shot, each with whatever is linked with it.</summary>
    public IReadOnlyList<(Row Row, Shot Shot)> Whole(string uid) => [.. Pieces(uid).SelectMany(p => Group(p.Shot.Uid)).Distinct()];

    /// <summary>The first piece with whatever is linked with it.</summary>
    public IReadOnlyList<(Row Row, Shot Shot)> First(string uid) => Pieces(uid) is [var first, ..] ? Group(first.Shot.Uid) : [];

    public IReadOnlyList<(Row Row, Shot Shot)> Last(string uid) => Pieces(uid) is [.., var last] ? Group(last.Shot.Uid) : [];

    /// <summary>The record frame so many frames into a shot; null when it is not that long.</summary>
    public long? At(string uid, long offset)
    {
        foreach (var (_, shot) in Pieces(uid))
        {
            if (offset < shot.Length) return shot.Start + offset;
            offset -= shot.Length;
        }

        return null;
    }

    /// <summary>The shot and whatever is linked with it, unless it was cut up; empty when there is no such shot.</summary>
    public IReadOnlyList<(Row Row, Shot Shot)> Uncut(string uid) => Pieces(uid).Count == 1 ? Group(uid) : [];

    /// <summary>The shot and whatever is linked with it; empty when there is no such shot.</summary>
    public IReadOnlyList<(Row Row, Shot Shot)> Group(string uid)
    {
        if (Find(uid) is not { } found) return [];
        if (found.Shot.Link is not { } link) return [found];
        return [.. from row in Rows from shot in row.Shots where shot.Link == link select (row, shot)];
    }

    /// <summary>The record frame of the edit between two shots; null when something is between them, be it a dissolve.</summary>
    public long? Seam(string left, string right)
    {
        if (Pieces(left) is not [.., var before] || Pieces(right) is not [var after, ..] || before.Shot.End != after.Shot.Start) return null;
        return before.Row.Blends.Exists(b => b.Left == before.Shot.Uid && b.Right == after.Shot.Uid) ? null : after.Shot.Start;
    }

    /// <summary>Takes [at, at + length) out of every sync-locked row but for the members; false when something is in there.</summary>
    public bool Close(long at, long length, IReadOnlyList<(Row Row, Shot Shot)> members)
    {
        foreach (var shot in Rippling(members))
        {
            if (shot.Start >= at + length) shot.Start -= length;
            else if (shot.End > at) return false;
        }

        if (!MarksRipple) return true;
        if (Marks.Any(m => m.Frame >= at && m.Frame < at + length)) return false;
        ShiftMarks(at, -length);
        return true;
    }

    /// <summary>Puts empty time into every sync-locked row but for the members; false when a shot would have to be split and must not.</summary>
    /// <param name="at">The record frame.</param>
    /// <param name="length">How much.</param>
    /// <param name="members">What stays.</param>
    /// <param name="cutter">The element that makes the time; pieces are named after it.</param>
    public bool Open(long at, long length, IReadOnlyList<(Row Row, Shot Shot)> members, string cutter)
    {
        foreach (var shot in Rippling(members).ToList())
        {
            if (shot.Start >= at)
            {
                shot.Start += length;
            }
            else if (shot.End > at)
            {
                if (!Splits || shot.Link is not null || Split(shot, at, cutter) is not { } rest) return false;
                rest.Start += length;
            }
        }

        if (MarksRipple) ShiftMarks(at, length);
        return true;
    }

    /// <summary>Cuts a shot in two; null when a piece would be too short. The second piece has a dissolve at the end.</summary>
    public Shot? Split(Shot shot, long at, string cutter)
    {
        if (Find(shot.Uid) is not { } found || at - shot.Start < Shot.Shortest || shot.End - at < Shot.Shortest || shot.Speed != 1) return null;
        var rest = shot.CutOff(at, cutter);
        found.Row.Place(rest);
        for (var i = 0; i < found.Row.Blends.Count; i++)
            if (found.Row.Blends[i].Left == shot.Uid) found.Row.Blends[i] = found.Row.Blends[i] with { Left = rest.Uid };
        return rest;
    }

    /// <summary>Neighbours that nothing but their place tells apart.</summary>
    public IEnumerable<(string One, string Other)> Twins() =>
        from row in Rows
        from pair in row.Shots.Zip(row.Shots.Skip(1))
        where pair.First.End == pair.Second.Start && pair.First.IsTwinOf(pair.Second)
        select (pair.First.Uid, pair.Second.Uid);

    /// <summary>Gives two shots each other's identity.</summary>
    public void Swap(string one, string other)
    {
        string Of(string uid) => uid == one ? other : uid == other ? one : uid;
        foreach (var row in Rows)
        {
            for (var i = 0; i < row.Shots.Count; i++) row.Shots[i] = row.Shots[i].Copy(Of(row.Shots[i].Uid));
            for (var i = 0; i < row.Blends.Count; i++) row.Blends[i] = row.Blends[i] with { Left = Of(row.Blends[i].Left), Right = Of(row.Blends[i].Right) };
        }
    }

    IEnumerable<Shot> Rippling(IReadOnlyList<(Row Row, Shot Shot)> members) =>
        from row in Rows where row.SyncLocked from shot in row.Shots where !members.Any(m => m.Shot == shot) select shot;

    void ShiftMarks(long at, long length)
    {
        for (var i = 0; i < Marks.Count; i++)
            if (Marks[i].Frame >= at) Marks[i] = Marks[i] with { Frame = Marks[i].Frame + length };
    }
}
