using System.Globalization;
using System.Text;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>What makes a drawn pair one of its class, and what the merge has to do with it.</summary>
enum Truth
{
    /// <summary>Separate elements, and both orders agree: merges to what the orders make.</summary>
    Disjoint,

    /// <summary>Separate fields, and both orders agree: merges.</summary>
    DisjointFields,

    /// <summary>Both orders agree, whatever was touched: merges.</summary>
    Orders,

    /// <summary>Both sides did the same: merges to either side.</summary>
    Same,

    /// <summary>Has to be asked.</summary>
    Conflict,
}

/// <summary>One drawn pair; <paramref name="Expected"/> is null when it has to be asked.</summary>
sealed record Drawn(Cut Base, Cut Ours, Cut Theirs, Cut? Expected, string Story);

/// <summary>A kind of pair that is counted on its own.</summary>
sealed record PairClass(string Name, Truth Truth, Func<Draft, (IReadOnlyList<Edit> Ours, IReadOnlyList<Edit> Theirs)?> Draw, bool MarksRipple = false)
{
    const int Tries = 400;

    /// <summary>A reel that has no place for the class is put away after so many tries.</summary>
    const int TriesOnOneReel = 40;

    /// <param name="seed">The same seed draws the same pair.</param>
    /// <param name="clips">How long the reel is.</param>
    /// <param name="discarded">Draws that both orders or the footprints ruled out.</param>
    public Drawn? Make(int seed, int clips, ref int discarded)
    {
        var random = new Random(seed);
        var cut = BaseCut.Of(random, clips, MarksRipple);
        for (var i = 0; i < Tries; i++)
        {
            if (i > 0 && i % TriesOnOneReel == 0) cut = BaseCut.Of(random, clips, MarksRipple);
            var draft = new Draft(cut, random);
            if (Draw(draft) is not { } edits || edits.Ours.Count == 0 || edits.Theirs.Count == 0) continue;
            var pair = new Pair(cut, edits.Ours, edits.Theirs);
            if (Pair.After(cut, [.. edits.Ours]) is not { } ours || Pair.After(cut, [.. edits.Theirs]) is not { } theirs) continue;
            if (Truth == Truth.Conflict) return new(cut, ours, theirs, null, Story(pair));
            if (Expected(pair, ours) is { } expected) return new(cut, ours, theirs, expected, Story(pair));
            discarded++;
        }

        return null;
    }

    Cut? Expected(Pair pair, Cut ours) => Truth switch
    {
        Truth.Same => ours,
        Truth.Disjoint when !pair.IsDisjoint(byField: false) => null,
        Truth.DisjointFields when !pair.IsDisjoint(byField: true) => null,
        _ => pair.Sequential(),
    };

    static string Story(Pair pair) => $"ours:\n{Lines(pair.Base, pair.Ours)}theirs:\n{Lines(pair.Base, pair.Theirs)}";

    /// <summary>Each edit, and where what it touches stood in the base.</summary>
    static string Lines(Cut cut, IReadOnlyList<Edit> edits)
    {
        var text = new StringBuilder();
        foreach (var edit in edits)
        {
            var touched = edit.Writes(cut).Select(w => w[..w.IndexOf('/', StringComparison.Ordinal)]).SelectMany(w => w.Split('|')).Concat(edit.Anchors(cut)).Distinct();
            var places = from uid in touched let found = cut.Find(uid) where found is not null select $"{found.Value.Row.Name} {found.Value.Shot}";
            text.Append(CultureInfo.InvariantCulture, $"  {edit}\n      {string.Join(", ", places)}\n");
        }

        return text.ToString();
    }
}

/// <summary>A cut and two editors about to work on it.</summary>
sealed class Draft(Cut cut, Random random)
{
    public Cut Cut => cut;

    public Random Random => random;

    public Hand Ours { get; } = new(random, Maker.Ours);

    public Hand Theirs { get; } = new(random, Maker.Theirs);

    public List<Shot> Shots => cut.Picture.Shots;

    public string Over => cut.Rows.First(r => r.Name == "V2").Uid;

    /// <summary>Three linked neighbours without dissolves and with nothing over them, the middle one's place; 0 when the dice found none.</summary>
    public int Quiet()
    {
        for (var i = 0; i < 200; i++)
        {
            var at = random.Next(3, Shots.Count - 4);
            if (Enumerable.Range(at - 1, 3).All(n => IsPlain(Shots[n])) && IsOpen(Shots[at - 1].Start, Shots[at + 1].End)) return at;
        }

        return 0;
    }

    public bool IsOpen(long from, long to) => cut.Rows.Where(r => r.Name is "V2" or "A3").All(r => r.IsFree(from, to));

    bool IsPlain(Shot shot) => shot.Link is not null && shot.Speed == 1 && shot.Marks.Count == 0 && !cut.Picture.HasBlend(shot);
}
