using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>The named meetings of two edits: C has to be asked, M has to merge to what both orders make.</summary>
static class Scenarios
{
    static readonly (string Name, Func<Draft, Shot, Sides?> Draw)[] Asked =
    [
        ("two ripple trims of one tail", (d, x) => Pair(new TrimTail(x.Uid, -5, true), new TrimTail(x.Uid, -12, true))),
        ("trim / delete", (_, x) => Pair(new TrimTail(x.Uid, -5, true), new RippleDelete(x.Uid))),
        ("slip / slip", (_, x) => Pair(new Slip(x.Uid, 5), new Slip(x.Uid, -8))),
        ("replace / replace", (_, x) => Pair(new Replace(x.Uid, "file:///media/R1.mov"), new Replace(x.Uid, "file:///media/R2.mov"))),
        ("one effect setting twice", (_, x) => x.Filters.Count == 0 ? null : Pair(Set(x, "amount", 70), Set(x, "amount", 80))),
        ("two inserts at one edit", (d, x) => Pair(d.Ours.Insert(d.Cut, Before(d, x), x), d.Theirs.Insert(d.Cut, Before(d, x), x))),
        ("b-roll over a deleted shot", (d, x) => Pair(new RippleDelete(x.Uid), Cover(d, d.Theirs, x, 8))),
        ("two b-rolls over one stretch", (d, x) => Pair(Cover(d, d.Ours, x, 4), Cover(d, d.Theirs, x, 10))),
        ("two effects appended", (d, x) => Pair(new AddFilter(x.Uid, BaseCut.Filter(d.Ours.Births, d.Random)), new AddFilter(x.Uid, BaseCut.Filter(d.Theirs.Births, d.Random)))),
        ("one edit rolled twice", (d, x) => Pair(new Roll(Before(d, x).Uid, x.Uid, 5), new Roll(Before(d, x).Uid, x.Uid, -6))),
        ("move / move elsewhere", (d, x) => MoveOf(d, x) is { } one && MoveOf(d, x) is { } two && one != two ? Pair(one, two) : null),
        ("move / delete", (d, x) => MoveOf(d, x) is { } move ? Pair(move, new RippleDelete(x.Uid)) : null),
        ("replace / slip", (_, x) => Pair(new Replace(x.Uid, "file:///media/R1.mov"), new Slip(x.Uid, 15))),
        ("retime / trim tail", (_, x) => Pair(new Retime(x.Uid, 2), new TrimTail(x.Uid, -5, true))),
        ("dissolve / insert at that edit", (d, x) => Pair(d.Ours.AddBlend(d.Cut, Before(d, x), x), d.Theirs.Insert(d.Cut, Before(d, x), x))),
        ("dissolve / incoming trimmed to 6", (d, x) => Pair(d.Ours.AddBlend(d.Cut, Before(d, x), x, 8), new Shorten(x.Uid, 6))),
        ("dissolve / incoming deleted", (d, x) => Pair(d.Ours.AddBlend(d.Cut, Before(d, x), x), new RippleDelete(x.Uid))),
        ("picture slip / sound slip", (_, x) => Pair(new Slip(x.Uid, 5, "Video"), new Slip(x.Uid, -5, "Audio"))),
        ("ripple delete / lift", (_, x) => Pair(new RippleDelete(x.Uid), new Lift(x.Uid))),
        ("delete / rename", (_, x) => Pair(new RippleDelete(x.Uid), new Rename(x.Uid, "kept"))),
    ];

    static readonly (string Name, Func<Draft, Shot, Sides?> Draw)[] Merged =
    [
        ("ripple trim, b-roll later in the gap", (d, x) => Pair(new TrimTail(Before(d, x).Uid, -7, true), Cover(d, d.Theirs, x, 5))),
        ("move + rename", (d, x) => MoveOf(d, x) is { } move ? Pair(move, new Rename(x.Uid, "renamed")) : null),
        ("move + tail trim", (d, x) => MoveOf(d, x) is { } move ? Pair(move, new TrimTail(x.Uid, -10, true)) : null),
        ("head trim + tail trim", (_, x) => Pair(new TrimHead(x.Uid, 6, true), new TrimTail(x.Uid, -9, true))),
        ("slip + tail trim", (_, x) => Pair(new Slip(x.Uid, 6), new TrimTail(x.Uid, -9, true))),
        ("two settings of one effect", (_, x) => x.Filters.Count == 0 ? null : Pair(Set(x, "amount", 70), Set(x, "mix", 3))),
        ("two markers on one clip", (d, x) => Pair(d.Ours.AddMark(x), d.Theirs.AddMark(x))),
        ("insert before + insert after", (d, x) => Pair(d.Ours.Insert(d.Cut, Before(d, x), x), d.Theirs.Insert(d.Cut, x, After(d, x)))),
        ("disable + rename", (_, x) => Pair(new Disable(x.Uid), new Rename(x.Uid, "renamed"))),
        ("mute + rename track", (d, _) => Pair(new MuteTrack(d.Over), new RenameTrack(d.Over, "TITLES"))),
        ("dissolve + roll", (d, x) => Pair(d.Ours.AddBlend(d.Cut, Before(d, x), x), new Roll(Before(d, x).Uid, x.Uid, 4))),
        ("dissolve + slip", (d, x) => Pair(d.Ours.AddBlend(d.Cut, Before(d, x), x), new Slip(x.Uid, 9))),
        ("lift + b-roll over the hole", (d, x) => Pair(new Lift(x.Uid), Cover(d, d.Theirs, Before(d, x), Before(d, x).Length - 4))),
    ];

    public static IReadOnlyList<PairClass> All =>
    [
        .. Asked.Select(a => Of($"C {a.Name}", Truth.Conflict, a.Draw)),
        new("M same-gap unequal ripples", Truth.Orders, d => RandomClasses.SameGap(d, equal: false)),
        .. Merged.Select(m => Of($"M {m.Name}", Truth.Orders, m.Draw)),
        .. Through(FileFormat.Fcp7Xml, "FCP7 XML"),
        .. Through(FileFormat.Fcpxml, "FCPXML"),
    ];

    /// <summary>Any of them as files of another format, where that says what either side did.</summary>
    static IEnumerable<PairClass> Through(FileFormat format, string name)
    {
        var sayable = Asked.Where(a => !a.Name.StartsWith("retime", StringComparison.Ordinal)).ToArray();
        yield return Of($"C any through {name}", Truth.Conflict, (d, x) => sayable[d.Random.Next(sayable.Length)].Draw(d, x)) with { Reel = new(Format: format) };
        yield return Of($"M any through {name}", Truth.Orders, (d, x) => Merged[d.Random.Next(Merged.Length)].Draw(d, x)) with { Reel = new(Format: format) };
    }

    static PairClass Of(string name, Truth truth, Func<Draft, Shot, Sides?> draw) => new(name, truth, d => OnQuiet(d, draw));

    /// <summary>Every other one among edits that have nothing to do with it.</summary>
    static Sides? OnQuiet(Draft draft, Func<Draft, Shot, Sides?> draw)
    {
        if (draft.Quiet() is not { } at || draw(draft, draft.Shots[at]) is not { } sides) return null;
        return draft.Random.Next(2) == 0 ? sides : draft.InCompany(sides, 4);
    }

    static Sides Pair(Edit ours, Edit theirs) => new([ours], [theirs]);

    static Shot Before(Draft draft, Shot shot) => draft.Shots[draft.Shots.IndexOf(shot) - 1];

    static Shot After(Draft draft, Shot shot) => draft.Shots[draft.Shots.IndexOf(shot) + 1];

    static SetFilter Set(Shot shot, string setting, double value) => new(shot.Uid, shot.Filters[0].Uid, setting, value);

    static Place Cover(Draft draft, Hand hand, Shot shot, long offset) => new(shot.Uid, offset, draft.Over, hand.NewShot(28, null, "cover"));

    /// <summary>To an edit that is at least two shots away from where it is, under open rows.</summary>
    static Move? MoveOf(Draft draft, Shot shot)
    {
        var from = draft.Shots.IndexOf(shot);
        return draft.Quiet() is { } to && Math.Abs(from - to) > 2 ? new(shot.Uid, draft.Shots[to - 1].Uid, draft.Shots[to].Uid) : null;
    }

    /// <summary>A ripple trim to so few frames that a dissolve has no room.</summary>
    sealed record Shorten(string Uid, long Length) : Edit
    {
        public override bool Apply(Cut cut)
        {
            var group = cut.Uncut(Uid);
            if (group.Count == 0) return false;
            var remove = group[0].Shot.Length - Length;
            if (remove <= 0 || !cut.Close(group[0].Shot.Start + Length, remove, group)) return false;
            foreach (var (_, shot) in group) shot.Length = Length;
            return true;
        }

        public override IEnumerable<string> Writes(Cut before) => Fields(before, Uid, "tail");
    }
}
