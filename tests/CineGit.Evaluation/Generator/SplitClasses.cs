using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>One side cuts a shot in two, by razor or by making time under it; the other edits that shot.</summary>
static class SplitClasses
{
    public static IReadOnlyList<PairClass> All =>
    [
        new("split by ripple", Truth.Orders, ByRipple) { Reel = new(Splits: true) },
        new("split by razor", Truth.Orders, ByRazor) { Reel = new(Splits: true) },
        new("sparse K=5 with splits", Truth.Disjoint, Sparse) { Reel = new(Splits: true) },
        new("C razor / shot deleted", Truth.Conflict, d => Razored(d, (x, _) => new RippleDelete(x.Uid))) { Reel = new(Splits: true) },
        new("C razor / trimmed past the cut", Truth.Conflict, d => Razored(d, (x, at) => new TrimTail(x.Uid, at - x.Length - 4, true))) { Reel = new(Splits: true) },
    ];

    static Sides? Sparse(Draft draft)
    {
        var ours = draft.Ours.Session(draft.Cut, 5, 0, draft.Shots.Count);
        return new(ours, draft.Theirs.Session(draft.Cut, 5, 0, draft.Shots.Count, Footprint.Of(draft.Cut, ours)));
    }

    /// <summary>B-roll across an edit of the picture, at which time is made.</summary>
    static Sides? ByRipple(Draft draft)
    {
        var row = draft.Cut.FindRow(draft.Over);
        if (row is null || row.Shots.Count == 0) return null;
        var shot = row.Shots[draft.Random.Next(row.Shots.Count)];
        var at = draft.Shots.FindIndex(s => s.Start >= shot.Start + Shot.Shortest && s.Start <= shot.End - Shot.Shortest);
        if (at < 1) return null;
        Edit split = draft.Random.Next(2) == 0
            ? draft.Ours.Insert(draft.Cut, draft.Shots[at - 1], draft.Shots[at])
            : new TrimTail(draft.Shots[at - 1].Uid, Math.Abs(draft.Ours.Amount()), true);
        return EditOf(draft, shot, Math.Min(draft.Shots[at].Start - shot.Start, shot.End - draft.Shots[at].Start)) is { } edit ? new([split], [edit]) : null;
    }

    static Sides? ByRazor(Draft draft)
    {
        var shot = draft.Shots[draft.Random.Next(1, draft.Shots.Count - 1)];
        if (shot.Length < 3 * Shot.Shortest) return null;
        var at = draft.Random.NextInt64(Shot.Shortest, shot.Length - Shot.Shortest);
        return EditOf(draft, shot, Math.Min(at, shot.Length - at)) is { } edit ? new([new Razor(shot.Uid, at, draft.Ours.Births.Next())], [edit]) : null;
    }

    static Sides? Razored(Draft draft, Func<Shot, long, Edit> other)
    {
        if (draft.Quiet() is not { } n || draft.Shots[n] is not { Length: > 3 * Shot.Shortest } shot) return null;
        var at = draft.Random.NextInt64(Shot.Shortest + 5, shot.Length - Shot.Shortest);
        return new([new Razor(shot.Uid, at, draft.Ours.Births.Next())], [other(shot, at)]);
    }

    /// <summary>Trims leave both pieces.</summary>
    static Edit? EditOf(Draft draft, Shot shot, long shorter)
    {
        var trim = Math.Min(Math.Abs(draft.Theirs.Amount()), shorter - Shot.Shortest);
        return draft.Random.Next(7) switch
        {
            0 => new Slip(shot.Uid, draft.Theirs.Amount()),
            1 when trim > 0 => new TrimTail(shot.Uid, -trim, draft.Random.Next(2) == 0 && shot.Link is not null),
            2 when trim > 0 => new TrimHead(shot.Uid, trim, draft.Random.Next(2) == 0 && shot.Link is not null),
            3 => draft.Theirs.AddMark(shot),
            _ => draft.Theirs.Field(shot),
        };
    }
}
