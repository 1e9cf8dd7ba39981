using System.Globalization;

namespace CineGit.Evaluation.Oracle;

/// <summary>A timeline with every element at its own record frame. Nothing here is relative, so nothing can drift.</summary>
sealed class Cut
{
    public List<Row> Rows { get; init; } = [];

    /// <summary>Markers of the sequence, at record frames.</summary>
    public List<Mark> Marks { get; init; } = [];

    /// <summary>Programs differ: in some a ripple carries the sequence's markers along.</summary>
    public bool MarksRipple { get; init; }

    public Row Picture => Rows[0];

    public Cut Copy() => new() { Rows = [.. Rows.Select(r => r.Copy())], Marks = [.. Marks], MarksRipple = MarksRipple };

    public Row? FindRow(string uid) => Rows.Find(r => r.Uid == uid);

    public (Row Row, Shot Shot)? Find(string uid)
    {
        foreach (var row in Rows)
            if (row.Shots.Find(s => s.Uid == uid) is { } shot) return (row, shot);
        return null;
    }

    /// <summary>The shot and whatever is linked with it; empty when there is no such shot.</summary>
    public IReadOnlyList<(Row Row, Shot Shot)> Group(string uid)
    {
        if (Find(uid) is not { } found) return [];
        if (found.Shot.Link is not { } link) return [found];
        return [.. from row in Rows from shot in row.Shots where shot.Link == link select (row, shot)];
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

    /// <summary>Puts empty time into every sync-locked row but for the members; false when a shot would have to be split.</summary>
    public bool Open(long at, long length, IReadOnlyList<(Row Row, Shot Shot)> members)
    {
        foreach (var shot in Rippling(members))
        {
            if (shot.Start >= at) shot.Start += length;
            else if (shot.End > at) return false;
        }

        if (MarksRipple) ShiftMarks(at, length);
        return true;
    }

    IEnumerable<Shot> Rippling(IReadOnlyList<(Row Row, Shot Shot)> members) =>
        from row in Rows where row.SyncLocked from shot in row.Shots where !members.Any(m => m.Shot == shot) select shot;

    void ShiftMarks(long at, long length)
    {
        for (var i = 0; i < Marks.Count; i++)
            if (Marks[i].Frame >= at) Marks[i] = Marks[i] with { Frame = Marks[i].Frame + length };
    }
}

sealed class Row
{
    public required string Uid { get; init; }
    public required string Name { get; set; }
    public required string Kind { get; init; }
    public bool Enabled { get; set; } = true;
    public bool SyncLocked { get; init; } = true;
    public List<Shot> Shots { get; init; } = [];
    public List<Blend> Blends { get; init; } = [];

    public Row Copy() => new()
    {
        Uid = Uid,
        Name = Name,
        Kind = Kind,
        Enabled = Enabled,
        SyncLocked = SyncLocked,
        Shots = [.. Shots.Select(s => s.Copy())],
        Blends = [.. Blends],
    };

    public bool IsFree(long from, long to, params ReadOnlySpan<Shot> but)
    {
        foreach (var shot in Shots)
            if (shot.Start < to && shot.End > from && !but.Contains(shot)) return false;
        return from >= 0;
    }

    public bool HasBlend(Shot shot) => Blends.Exists(b => b.Left == shot.Uid || b.Right == shot.Uid);

    public void Place(Shot shot)
    {
        Shots.Add(shot);
        Sort();
    }

    public void Sort() => Shots.Sort((a, b) => a.Start.CompareTo(b.Start));

    /// <summary>The shot that begins where this one ends.</summary>
    public Shot? After(Shot shot) => Shots.Find(s => s.Start == shot.End);

    public Shot? Before(Shot shot) => Shots.Find(s => s.End == shot.Start);
}

sealed class Shot
{
    /// <summary>Shorter than this no edit makes a shot: both its dissolves need room.</summary>
    public const long Shortest = 20;

    /// <summary>What every dissolve finds beyond an edit.</summary>
    public const long Handle = 20;

    public const long MediaFrames = 3000;

    public required string Uid { get; init; }
    public string? Link { get; init; }
    public required string Name { get; set; }
    public required string Media { get; set; }
    public required long Start { get; set; }
    public required long Length { get; set; }
    public required long Source { get; set; }
    public bool Enabled { get; set; } = true;
    public double Speed { get; set; } = 1;
    public List<Filter> Filters { get; init; } = [];
    public List<Mark> Marks { get; init; } = [];

    public long End => Start + Length;

    /// <summary>The id of the change of speed: another birth, the same number.</summary>
    public string SpeedUid => $"cf{Uid[2..]}";

    public Shot Copy() => new()
    {
        Uid = Uid,
        Link = Link,
        Name = Name,
        Media = Media,
        Start = Start,
        Length = Length,
        Source = Source,
        Enabled = Enabled,
        Speed = Speed,
        Filters = [.. Filters],
        Marks = [.. Marks],
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} [{Start},{End}) from {Source}");

    /// <summary>Long enough, inside its media with handles, its markers inside it.</summary>
    public bool IsSound =>
        Length >= Shortest && Source >= Handle && Source + Length + Handle <= MediaFrames
        && Marks.TrueForAll(m => m.Frame >= Source && m.Frame < Source + Length);
}

/// <summary>An effect with its settings.</summary>
sealed record Filter(string Uid, string Kind, IReadOnlyDictionary<string, double> Settings);

/// <summary>A marker: on a shot at a source frame, on the sequence at a record frame.</summary>
sealed record Mark(string Uid, string Name, long Frame, string Color);

/// <summary>A dissolve between two neighbours.</summary>
sealed record Blend(string Uid, string Left, string Right, long In, long Out);
