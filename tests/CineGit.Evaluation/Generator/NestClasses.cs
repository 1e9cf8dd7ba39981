using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>Editors at work inside nested sequences, and on their uses. Each has something to do elsewhere too.</summary>
static class NestClasses
{
    const int EditsBeside = 3;

    static readonly ReelKind Reel = new(Nests: true);

    public static IReadOnlyList<PairClass> All =>
    [
        new("nest edited inside / its use", Truth.Orders, d => Beside(d, InsideAndUse(d))) { Reel = Reel },
        new("two nests edited inside", Truth.Disjoint, d => Beside(d, InsideTwo(d))) { Reel = Reel },
        new("one nest edited inside by both", Truth.Disjoint, d => Beside(d, InsideOne(d))) { Reel = Reel },
        new("C one shot inside a nest slipped twice", Truth.Conflict, SlippedTwice) { Reel = Reel },
        new("C nest edited inside / its only use deleted", Truth.Conflict, InsideAndGone) { Reel = Reel },
    ];

    static Sides? Beside(Draft draft, Sides? sides) =>
        sides is not null && draft.InCompany(sides, EditsBeside) is { } all && !AreAsked(draft.Cut, all.Ours, all.Theirs) && !AreAsked(draft.Cut, all.Theirs, all.Ours) ? all : null;

    /// <summary>True when what one side did elsewhere hit a use of a nest that the other worked in.</summary>
    static bool AreAsked(Cut cut, IReadOnlyList<Edit> within, IReadOnlyList<Edit> others) => within.OfType<Inside>().Any(inside =>
        others.Any(e => e is not Oracle.Inside && IsAsked(inside.Edit, e) && e.Writes(cut).Any(w => UsesOf(cut, inside.Nest).Any(u => w.StartsWith(u.WrittenUid + "/", StringComparison.Ordinal)))));

    static IEnumerable<Shot> UsesOf(Cut cut, string nest) => cut.Rows.SelectMany(r => r.Shots).Where(s => s.Nest == nest);

    static Sides? InsideAndUse(Draft draft)
    {
        var uses = draft.Shots.Where(s => s.Nest is not null).ToList();
        var use = uses[draft.Random.Next(uses.Count)];
        if (use.Nest is not { } nest || Inside(draft, draft.Ours, nest) is not { } inside || OfUse(draft, use) is not { } outside) return null;
        return IsAsked(inside.Edit, outside) ? null : new([inside], [outside]);
    }

    /// <summary>Whoever chose what a use shows, or took it out, has to know when that is no longer there, or was just worked on.</summary>
    static bool IsAsked(Edit inside, Edit outside) => outside is RippleDelete or Lift || (outside is TrimHead or TrimTail or Slip && inside is not FieldEdit);

    /// <summary>What an editor does to a shot, whatever is in it.</summary>
    static Edit? OfUse(Draft draft, Shot use)
    {
        var (at, to) = (draft.Shots.IndexOf(use), draft.Random.Next(1, draft.Shots.Count));
        return draft.Random.Next(4) switch
        {
            0 when to != at && to != at + 1 => new Move(use.Uid, draft.Shots[to - 1].Uid, draft.Shots[to].Uid),
            1 => draft.Theirs.AddMark(use),
            _ => RandomClasses.One(draft, draft.Theirs, use),
        };
    }

    static Sides? InsideTwo(Draft draft)
    {
        string[] nests = [.. draft.Cut.Nests.Keys];
        draft.Random.Shuffle(nests);
        return Inside(draft, draft.Ours, nests[0]) is { } one && Inside(draft, draft.Theirs, nests[1]) is { } other ? new([one], [other]) : null;
    }

    static Sides? InsideOne(Draft draft)
    {
        var nest = draft.Cut.Nests.Keys.ElementAt(draft.Random.Next(draft.Cut.Nests.Count));
        return Inside(draft, draft.Ours, nest) is { } one && Inside(draft, draft.Theirs, nest) is { } other ? new([one], [other]) : null;
    }

    /// <summary>An edit of any of the shots inside but the last.</summary>
    static Inside? Inside(Draft draft, Hand hand, string nest)
    {
        var shots = draft.Cut.Nests[nest].Picture.Shots;
        return RandomClasses.One(draft, hand, shots[draft.Random.Next(shots.Count - 1)]) is { } edit ? new(nest, edit) : null;
    }

    static Sides SlippedTwice(Draft draft)
    {
        var nest = draft.Cut.Nests.Keys.ElementAt(draft.Random.Next(draft.Cut.Nests.Count));
        var shots = draft.Cut.Nests[nest].Picture.Shots;
        var shot = shots[draft.Random.Next(shots.Count)];
        var amount = draft.Ours.Amount();
        return new([new Inside(nest, new Slip(shot.Uid, amount))], [new Inside(nest, new Slip(shot.Uid, amount + Math.Sign(amount)))]);
    }

    static Sides? InsideAndGone(Draft draft)
    {
        var use = draft.Shots.Where(s => s.Nest is not null).GroupBy(s => s.Nest).First(g => g.Count() == 1).Single();
        return use.Nest is { } nest && Inside(draft, draft.Ours, nest) is { } inside ? new([inside], [new RippleDelete(use.Uid)]) : null;
    }
}
