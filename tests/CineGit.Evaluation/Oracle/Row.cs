using System.Globalization;

namespace CineGit.Evaluation.Oracle;

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

    /// <summary>The shot that this one was cut off.</summary>
    public string? Origin { get; init; }

    public string? Link { get; init; }

    /// <summary>The nested sequence that it is a use of, by name; null for a clip.</summary>
    public string? Nest { get; init; }

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

    /// <summary>What a program that keeps metadata writes: a cut copies it to both pieces.</summary>
    public string WrittenUid => Origin ?? Uid;

    public string? WrittenLink => Link?.Split('/')[0];

    /// <summary>The id of the change of speed: another birth, the same number.</summary>
    public string SpeedUid => $"cf{WrittenUid[2..]}";

    public Shot Copy(string? uid = null) => new()
    {
        Uid = uid ?? Uid,
        Origin = Origin,
        Link = Link,
        Nest = Nest,
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

    /// <summary>Shortens the shot and returns the rest. The rests of linked shots are linked.</summary>
    public Shot CutOff(long at, string cutter)
    {
        var source = Source + at - Start;
        var rest = new Shot
        {
            Uid = $"{WrittenUid}/{cutter}",
            Origin = WrittenUid,
            Link = Link is null ? null : $"{Link}/{cutter}",
            Name = Name,
            Media = Media,
            Start = at,
            Length = End - at,
            Source = source,
            Enabled = Enabled,
            Filters = [.. Filters],
            Marks = [.. Marks.Where(m => m.Frame >= source)],
        };
        Length = at - Start;
        Marks.RemoveAll(m => m.Frame >= source);
        return rest;
    }

    /// <summary>Nothing but the place tells them apart.</summary>
    public bool IsTwinOf(Shot other) =>
        (Name, Media, Length, Source, Enabled, Speed) == (other.Name, other.Media, other.Length, other.Source, other.Enabled, other.Speed)
        && Link is null && other.Link is null && Filters.Count + other.Filters.Count + Marks.Count + other.Marks.Count == 0;

    /// <summary>The same frames of the same media at the same speed.</summary>
    public bool IsUsedAs(Shot other) => (Media, Length, Source, Speed) == (other.Media, other.Length, other.Source, other.Speed);

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
