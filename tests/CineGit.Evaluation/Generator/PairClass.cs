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

    /// <summary>The two touch each other's work: <see cref="Overlap"/> says what has to become of it.</summary>
    Overlap,
}

/// <summary>What two editors did.</summary>
sealed record Sides(IReadOnlyList<Edit> Ours, IReadOnlyList<Edit> Theirs)
{
    /// <summary>What both did first.</summary>
    public IReadOnlyList<Edit> Shared { get; init; } = [];
}

/// <summary>One drawn pair.</summary>
/// <param name="Base">What both began with.</param>
/// <param name="Ours">One side.</param>
/// <param name="Theirs">The other.</param>
/// <param name="Expected">What a merge may make of them; empty when it has to ask.</param>
/// <param name="MayAsk">It may ask even where it could merge.</param>
/// <param name="Edits">How many edits ours is.</param>
/// <param name="Story">For people.</param>
sealed record Drawn(Cut Base, Cut Ours, Cut Theirs, IReadOnlyList<Cut> Expected, bool MayAsk, int Edits, string Story);

/// <summary>A kind of pair that is counted on its own.</summary>
sealed record PairClass(string Name, Truth Truth, Func<Draft, Sides?> Draw) : EvaluationClass(Name)
{
    const int Tries = 400;

    /// <summary>A reel that has no place for the class is put away after so many tries.</summary>
    const int TriesOnOneReel = 40;

    /// <summary>What the reel is like.</summary>
    public ReelKind Reel { get; init; } = new();

    /// <summary>Theirs has the media in another folder, so every clip of it is relinked.</summary>
    public bool Rebased { get; init; }

    /// <summary>Whether what one side did is one edit for each that was made: in a list of edits a person reads them.</summary>
    public bool CountsScript => Truth == Truth.Disjoint && Reel.Format == FileFormat.Otio && !Rebased;

    /// <param name="seed">The same seed draws the same pair.</param>
    /// <param name="clips">How long the reel is.</param>
    /// <param name="ids">Elements are told apart by ids.</param>
    /// <param name="discarded">Draws that both orders or the footprints ruled out.</param>
    public Drawn? Make(int seed, int clips, bool ids, ref int discarded)
    {
        var random = new Random(seed);
        var cut = BaseCut.Of(random, clips, Reel);
        for (var i = 0; i < Tries; i++)
        {
            if (i > 0 && i % TriesOnOneReel == 0) cut = BaseCut.Of(random, clips, Reel);
            if (Draw(new Draft(cut, random)) is not { Ours.Count: > 0, Theirs.Count: > 0 } sides || Pair.After(cut, [.. sides.Shared]) is not { } start) continue;
            var pair = new Pair(start, sides.Ours, sides.Theirs);
            if (Pair.After(start, [.. sides.Ours]) is not { } ours || Pair.After(start, [.. sides.Theirs]) is not { } theirs) continue;
            if (!Reel.Format.Tells(ours, cut) || !Reel.Format.Tells(theirs, cut)) continue;
            if (Expected(pair) is var (expected, mayAsk))
            {
                var readings = ids || Truth == Truth.Conflict ? [] : pair.Readings().ToList();
                var asks = mayAsk || readings.Exists(r => r.MayAsk || (r.Cut is not null && expected.Count == 0));
                return new(cut, ours, theirs, [.. expected, .. readings.Select(r => r.Cut).OfType<Cut>()], asks, sides.Ours.Count + sides.Shared.Count, Story(cut, sides));
            }

            discarded++;
        }

        return null;
    }

    (IReadOnlyList<Cut> Expected, bool MayAsk)? Expected(Pair pair) => Truth switch
    {
        Truth.Conflict => ([], false),
        Truth.Same => Pair.After(pair.Base, [.. pair.Ours]) is { } either ? ([either], false) : null,
        Truth.Overlap => Overlap.Truth(pair),
        Truth.Disjoint when !pair.IsDisjoint(byField: false) => null,
        Truth.DisjointFields when !pair.IsDisjoint(byField: true) => null,
        _ => pair.Sequential() is { } one ? ([one], Overlap.IsSlippedAndTrimmed(pair)) : null,
    };

    public static string Story(Cut cut, Sides sides)
    {
        var shared = sides.Shared.Count == 0 ? "" : $"both:\n{Lines(cut, sides.Shared)}";
        return $"{shared}ours:\n{Lines(cut, sides.Ours)}theirs:\n{Lines(cut, sides.Theirs)}";
    }

    /// <summary>Each edit, and where what it touches stood in the base.</summary>
    public static string Lines(Cut cut, IReadOnlyList<Edit> edits)
    {
        var text = new StringBuilder();
        foreach (var edit in edits)
        {
            var touched = Footprint.Of(edit, cut, cut).Elements;
            var places = from uid in touched let found = cut.Find(uid) where found is not null select $"{found.Value.Row.Name} {found.Value.Shot}";
            text.Append(CultureInfo.InvariantCulture, $"  {edit}\n      {string.Join(", ", places)}\n");
        }

        return text.ToString();
    }
}
