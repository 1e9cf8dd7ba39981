using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>A cut and two editors about to work on it.</summary>
sealed class Draft(Cut cut, Random random)
{
    public Cut Cut => cut;

    public Random Random => random;

    public Hand Ours { get; } = new(random, Maker.Ours);

    public Hand Theirs { get; } = new(random, Maker.Theirs);

    public List<Shot> Shots => cut.Picture.Shots;

    public string Over => cut.Rows.First(r => r.Name == "V2").Uid;

    /// <summary>Three linked neighbours without dissolves and with nothing over them, the middle one's place; null when the dice found none.</summary>
    public int? Quiet()
    {
        for (var i = 0; i < 200; i++)
        {
            var at = random.Next(3, Shots.Count - 4);
            if (Enumerable.Range(at - 1, 3).All(n => IsPlain(Shots[n])) && IsOpen(Shots[at - 1].Start, Shots[at + 1].End)) return at;
        }

        return null;
    }

    public bool IsOpen(long from, long to) => cut.Rows.Where(r => r.Name is "V2" or "A3").All(r => r.IsFree(from, to));

    /// <summary>Edits of both sides beside those there are, far from them and from each other; null when they do not keep apart.</summary>
    public Sides? InCompany(Sides sides, int count)
    {
        if (Pair.After(cut, [.. sides.Ours]) is not { } ours || Pair.After(cut, [.. sides.Theirs]) is not { } theirs) return null;
        Footprint[] taken = [Footprint.Of(cut, sides.Ours), Footprint.Of(cut, sides.Theirs)];
        var mine = Ours.Session(ours, count, 0, Shots.Count, taken);
        var yours = Theirs.Session(theirs, count, 0, Shots.Count, [.. taken, Footprint.Of(ours, mine)]);
        return new Pair(cut, mine, yours).Sequential() is null ? null : new([.. sides.Ours, .. mine], [.. sides.Theirs, .. yours]);
    }

    bool IsPlain(Shot shot) => shot.Link is not null && shot.Speed == 1 && shot.Marks.Count == 0 && !cut.Picture.HasBlend(shot);
}
