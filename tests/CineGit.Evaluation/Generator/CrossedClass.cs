using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>
/// Two branches take each other in and go on: X and Y come from one cut, each is merged into the other, P follows one merge and Q
/// the other. P and Q then have two last common versions, X and Y.
/// </summary>
/// <param name="Base">The one cut.</param>
/// <param name="X">One side.</param>
/// <param name="Y">The other.</param>
/// <param name="P">What became of the first merge.</param>
/// <param name="Q">What became of the second.</param>
/// <param name="Expected">What a merge of P and Q has to make; null when it has to ask.</param>
/// <param name="MayAsk">One side took back what X or Y had done: what it has is then as old as what the other has.</param>
/// <param name="Story">For people.</param>
sealed record Crossing(Cut Base, Cut X, Cut Y, Cut P, Cut Q, Cut? Expected, bool MayAsk, string Story);

/// <summary>A class of crossings; it takes a hub, since a file says nothing of where it came from.</summary>
sealed record CrossedClass(string Name, bool Asks) : EvaluationClass(Name)
{
    const int Edits = 3;

    public static new IReadOnlyList<CrossedClass> All =>
    [
        new("criss-cross histories", false) { Weight = 10 },
        new("C criss-cross, one shot edited twice", true) { Weight = 20 },
    ];

    public Crossing? Make(Random random, int clips)
    {
        var cut = BaseCut.Of(random, clips, new());
        var (ours, theirs) = (new Hand(random, Maker.Ours), new Hand(random, Maker.Theirs));
        var all = cut.Picture.Shots.Count;
        var x = ours.Session(cut, Edits, 0, all, Footprint.OfTwins(cut));
        var y = theirs.Session(cut, Edits, 0, all, Footprint.OfTwins(cut), Footprint.Of(cut, x));
        if (new Pair(cut, x, y).Sequential() is not { } crossed) return null;
        var again = Footprint.Of(cut, [.. x, .. y]).Elements.ToHashSet();
        var twins = Footprint.OfTwins(crossed);
        List<Edit> p = [.. ours.SessionOn(crossed, 1, again, twins)];
        p.AddRange(ours.Session(Pair.After(crossed, [.. p]) ?? crossed, Edits, 0, all, twins));
        List<Edit> q = [.. theirs.SessionOn(crossed, 1, again, twins, Footprint.Of(crossed, p))];
        q.AddRange(theirs.Session(Pair.After(crossed, [.. q]) ?? crossed, Edits, 0, all, twins, Footprint.Of(crossed, p)));
        if (Asks && !Clash(crossed, again, p, q)) return null;
        var expected = Asks ? null : new Pair(crossed, p, q).Sequential();
        if (expected is null && !Asks || Pair.After(cut, [.. x]) is not { } cutX || Pair.After(cut, [.. y]) is not { } cutY) return null;
        if (Pair.After(crossed, [.. p]) is not { } cutP || Pair.After(crossed, [.. q]) is not { } cutQ) return null;
        var story = $"x and y:\n{PairClass.Story(cut, new(x, y))}p and q:\n{PairClass.Story(crossed, new(p, q))}";
        return new(cut, cutX, cutY, cutP, cutQ, expected, TakesBack(Footprint.Of(cut, [.. x, .. y]), Footprint.Of(crossed, [.. p, .. q])), story);
    }

    static bool TakesBack(Footprint before, Footprint after) =>
        before.Shared(after).Any(w => w.EndsWith("/presence", StringComparison.Ordinal) || w.EndsWith("/seam", StringComparison.Ordinal) || w.EndsWith("/filters", StringComparison.Ordinal) || w.Contains("/mark ", StringComparison.Ordinal));

    /// <summary>Both sides name one shot that was edited before the crossing.</summary>
    static bool Clash(Cut cut, HashSet<string> again, List<Edit> p, List<Edit> q)
    {
        var touched = Footprint.Of(cut, [.. p, .. q]).Elements.ToHashSet();
        if (cut.Picture.Shots.Find(s => again.Contains(s.Uid) && !touched.Contains(s.Uid)) is not { } shot) return false;
        p.Add(new Rename(shot.Uid, "one name"));
        q.Add(new Rename(shot.Uid, "another name"));
        return true;
    }
}
