using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>Classes of pairs whose edits are drawn; two hands that do not touch each other's work.</summary>
static class RandomClasses
{
    const int SceneShots = 40;

    public static IReadOnlyList<PairClass> All =>
    [
        new("sparse K=5", Truth.Disjoint, d => Sessions(d, 5, d.Shots.Count)),
        new("sparse K=20", Truth.Disjoint, d => Sessions(d, 20, d.Shots.Count)),
        new("sparse K=100", Truth.Disjoint, d => Sessions(d, 100, d.Shots.Count)) { LeastClips = 5_000, Weight = 10 },
        new("dense K=5", Truth.Disjoint, d => Sessions(d, 5, SceneShots)),
        new("same-gap equal ripples", Truth.Disjoint, d => SameGap(d, equal: true)),
        new("ripples under an edited gap", Truth.Disjoint, EditedGap),
        new("adjacent elements", Truth.Disjoint, Adjacent),
        new("one element, two fields", Truth.DisjointFields, TwoFields),
        new("moves over ripples", Truth.Disjoint, MovesOverRipples),
        new("markers with ripples", Truth.Disjoint, d => Sessions(d, 5, d.Shots.Count)) { Reel = new(MarksRipple: true) },
        new("identical edits", Truth.Same, d => Identical(d, 0)),
        new("identical edits among others", Truth.Disjoint, d => Identical(d, 3)),
        new("sparse K=5, another folder", Truth.Disjoint, d => Sessions(d, 5, d.Shots.Count)) { Rebased = true },
        new("two fields, another folder", Truth.DisjointFields, TwoFields) { Rebased = true },
        new("through EDL", Truth.Disjoint, d => Sessions(d, 5, d.Shots.Count)) { Reel = new(Format: FileFormat.Edl) },
        new("through FCP7 XML", Truth.Disjoint, d => Sessions(d, 5, d.Shots.Count)) { Reel = new(Format: FileFormat.Fcp7Xml) },
        new("through FCPXML", Truth.Disjoint, d => Sessions(d, 5, d.Shots.Count)) { Reel = new(Format: FileFormat.Fcpxml) },
        new("overlapping K=1", Truth.Overlap, d => Overlap.Sessions(d, 1)) { Tolerance = Overlap.Tolerance },
        new("overlapping K=3", Truth.Overlap, d => Overlap.Sessions(d, 3)) { Tolerance = Overlap.Tolerance },
        new("overlapping K=1, through FCP7 XML", Truth.Overlap, d => Overlap.Sessions(d, 1)) { Tolerance = Overlap.Tolerance, Reel = new(Format: FileFormat.Fcp7Xml) },
        new("overlapping K=1, through FCPXML", Truth.Overlap, d => Overlap.Sessions(d, 1)) { Tolerance = Overlap.Tolerance, Reel = new(Format: FileFormat.Fcpxml) },
    ];

    static Sides? Sessions(Draft draft, int count, int shots)
    {
        var from = draft.Random.Next(Math.Max(1, draft.Shots.Count - shots));
        var ours = draft.Ours.Session(draft.Cut, count, from, shots);
        return new(ours, draft.Theirs.Session(draft.Cut, count, from, shots, Footprint.Of(draft.Cut, ours)));
    }

    /// <summary>Two ripple trims under one empty stretch of the rows above, with something after it.</summary>
    public static Sides? SameGap(Draft draft, bool equal)
    {
        var at = draft.Random.Next(1, draft.Shots.Count * 3 / 4);
        var other = at + draft.Random.Next(1, 4);
        var (one, two) = (draft.Shots[at], draft.Shots[other]);
        if (!draft.IsOpen(one.Start, two.End)) return null;
        var amount = -Math.Abs(draft.Ours.Amount());
        var second = equal ? amount : -Math.Abs(draft.Theirs.Amount());
        return equal == (amount == second) ? new([new TrimTail(one.Uid, amount, true)], [new TrimTail(two.Uid, second, true)]) : null;
    }

    /// <summary>One side ripples under a gap and edits a clip at its edge in place, the other puts a clip into the gap.</summary>
    static Sides? EditedGap(Draft draft)
    {
        var row = draft.Cut.Rows[draft.Random.Next(2) == 0 ? 1 : 4];
        var edge = draft.Random.Next(1, row.Shots.Count);
        var (before, after) = (row.Shots[edge - 1], row.Shots[edge]);
        List<Shot> under = [.. draft.Shots.Where(s => s.Start >= before.End + 40 && s.End <= after.Start - 40)];
        if (under.Count < 3) return null;
        var at = draft.Random.Next(under.Count);
        var edited = draft.Random.Next(2) == 0 ? before : after;
        Edit inPlace = draft.Random.Next(3) switch
        {
            0 => new Nudge(edited.Uid, draft.Ours.Amount()),
            1 => new TrimHead(edited.Uid, draft.Ours.Amount(), false),
            _ => new TrimTail(edited.Uid, draft.Ours.Amount(), false),
        };
        List<Edit> ripples = [.. under.Where((_, i) => i != at).OrderBy(_ => draft.Random.Next()).Take(draft.Random.Next(1, 3)).Select(s => new TrimTail(s.Uid, draft.Ours.Amount(), true))];
        return new([inPlace, .. ripples], [new Place(under[at].Uid, draft.Random.Next((int)under[at].Length), row.Uid, draft.Theirs.NewShot(24))]);
    }

    static Sides? Adjacent(Draft draft)
    {
        var at = draft.Random.Next(1, draft.Shots.Count - 2);
        return One(draft, draft.Ours, draft.Shots[at]) is { } ours && One(draft, draft.Theirs, draft.Shots[at + 1]) is { } theirs ? new([ours], [theirs]) : null;
    }

    public static Edit? One(Draft draft, Hand hand, Shot shot) => draft.Random.Next(9) switch
    {
        0 => new TrimTail(shot.Uid, hand.Amount(), true),
        1 => new TrimHead(shot.Uid, hand.Amount(), true),
        2 => new TrimTail(shot.Uid, -Math.Abs(hand.Amount()), false),
        3 => new TrimHead(shot.Uid, Math.Abs(hand.Amount()), false),
        4 => new RippleDelete(shot.Uid),
        5 => new Lift(shot.Uid),
        6 => new Slip(shot.Uid, hand.Amount()),
        _ => hand.Field(shot),
    };

    /// <summary>At most one of the two touches picture content: a trim of a shot whose media was replaced has to be asked.</summary>
    static Sides? TwoFields(Draft draft)
    {
        var shot = draft.Shots[draft.Random.Next(1, draft.Shots.Count - 1)];
        Edit? ours = draft.Random.Next(6) switch
        {
            0 => new TrimTail(shot.Uid, draft.Ours.Amount(), true),
            1 => new Slip(shot.Uid, draft.Ours.Amount()),
            2 => new TrimHead(shot.Uid, draft.Ours.Amount(), true),
            3 => new Replace(shot.Uid, $"file:///media/R{draft.Random.Next(1000):D3}.mov"),
            _ => draft.Ours.Field(shot),
        };
        Edit? theirs = draft.Random.Next(4) switch
        {
            0 => new Rename(shot.Uid, "renamed"),
            1 => new Disable(shot.Uid),
            2 => draft.Theirs.AddMark(shot),
            _ => new AddFilter(shot.Uid, BaseCut.Filter(draft.Theirs.Births, draft.Random)),
        };
        return ours is null ? null : new([ours], [theirs]);
    }

    /// <summary>Both do the same, then each something of their own.</summary>
    static Sides? Identical(Draft draft, int own)
    {
        List<Edit> shared = [];
        var cut = draft.Cut;
        for (var i = 0; i < 3; i++)
        {
            var shot = cut.Picture.Shots[draft.Random.Next(1, cut.Picture.Shots.Count - 2)];
            if (One(draft, draft.Ours, shot) is not { } edit || edit is AddFilter || Pair.After(cut, edit) is not { } next) continue;
            shared.Add(edit);
            cut = next;
        }

        if (own == 0 || shared.Count == 0) return new(shared, shared);
        var both = Footprint.Of(draft.Cut, shared);
        var ours = draft.Ours.Session(cut, own, 0, cut.Picture.Shots.Count, both);
        return new(ours, draft.Theirs.Session(cut, own, 0, cut.Picture.Shots.Count, both, Footprint.Of(cut, ours))) { Shared = shared };
    }

    /// <summary>Ours takes shots elsewhere, theirs makes and takes time before, between and behind.</summary>
    static Sides? MovesOverRipples(Draft draft)
    {
        if (draft.Quiet() is not { } from || draft.Quiet() is not { } to || Math.Abs(from - to) is < 4 or > 40) return null;
        Edit move = new Move(draft.Shots[from].Uid, draft.Shots[to - 1].Uid, draft.Shots[to].Uid);
        if (Pair.After(draft.Cut, move) is null) return null;
        var (first, count) = (Math.Max(0, Math.Min(from, to) - 5), Math.Abs(from - to) + 10);
        return new([move], draft.Theirs.Ripples(draft.Cut, draft.Random.Next(2, 6), first, count, Footprint.Of(draft.Cut, [move])));
    }
}
