using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>Two editors in a few shots who do touch each other's work.</summary>
static class Overlap
{
    /// <summary>So many of the pairs that could be merged may be asked: a question too many costs a minute, one too few a cut.</summary>
    public const double Tolerance = 0.02;

    const int SceneShots = 8;

    /// <summary>Fields that one decision sets: whoever replaces the media did not see what the other did to its frames.</summary>
    static readonly string[] OfFrames = ["slip", "head", "tail", "speed"];

    public static Sides Sessions(Draft draft, int count)
    {
        var from = draft.Random.Next(draft.Shots.Count - SceneShots);
        return new(draft.Ours.Session(draft.Cut, count, from, SceneShots), draft.Theirs.Session(draft.Cut, count, from, SceneShots));
    }

    /// <summary>Null when it is no overlap, or one on which there is no telling.</summary>
    public static (IReadOnlyList<Cut> Expected, bool MayAsk)? Truth(Pair pair)
    {
        var (ours, theirs) = (Footprint.Of(pair.Base, pair.Ours), Footprint.Of(pair.Base, pair.Theirs));
        if (ours.IsApartFrom(theirs) || pair.Ours.Intersect(pair.Theirs).Any() || IsOpen(ours, theirs) || HangsOn(pair.Ours, theirs) || HangsOn(pair.Theirs, ours)) return null;
        if (Agrees(pair, ours, theirs)) return null;
        if (ours.WritesSame(theirs) || IsTorn(ours, theirs) || DeletesEdited(ours, theirs)) return ([], false);
        if (pair.Sequential() is { } one) return ([one], false);
        return Orders(pair) is { Count: > 0 } orders ? (orders, true) : null;
    }

    /// <summary>
    /// What there is no rule for: a new track each; a head trimmed by one side that the other slipped; and a shot both slipped and
    /// trimmed by one, which in the files is the same as trimmed at both ends.
    /// </summary>
    static bool IsOpen(Footprint ours, Footprint theirs) =>
        ours.Shared(theirs).Contains("tracks/order")
        || ours.Elements.Intersect(theirs.Elements).Any(e =>
            Both(e, ["head"], ["slip"], ours, theirs) || Both(e, ["head"], ["slip"], theirs, ours) || IsSlippedAndTrimmed(e, ours) || IsSlippedAndTrimmed(e, theirs));

    /// <summary>A file does not tell that from a shot trimmed at both ends, and what stands over it is shifted otherwise then.</summary>
    public static bool IsSlippedAndTrimmed(Pair pair) =>
        new[] { pair.Ours, pair.Theirs }.Select(edits => Footprint.Of(pair.Base, edits)).Any(print => print.Elements.Any(e => IsSlippedAndTrimmed(e, print)));

    static bool IsSlippedAndTrimmed(string element, Footprint print) => Both(element, ["slip"], ["head", "tail"], print, print);

    /// <summary>Both came to the same by different ways: two slips of one side add up to the one of the other.</summary>
    static bool Agrees(Pair pair, Footprint ours, Footprint theirs)
    {
        if (!ours.WritesSame(theirs) || Pair.After(pair.Base, [.. pair.Ours]) is not { } mine || Pair.After(pair.Base, [.. pair.Theirs]) is not { } yours) return false;
        var shared = ours.Shared(theirs).Select(w => w[..w.LastIndexOf('/')]).Distinct();
        return shared.Any(e => (mine.Find(e)?.Shot, yours.Find(e)?.Shot) is ({ } one, { } other) && one.IsUsedAs(other));
    }

    /// <summary>A shot was put over one whose head the other side took elsewhere: it may stay in time or go with the head.</summary>
    static bool HangsOn(IReadOnlyList<Edit> edits, Footprint other) =>
        edits.Any(e => e is Place { Anchor: var under } && (other.Writes(under, "head") || other.Writes(under, "place")));

    /// <summary>Each change alone is fine and both together are not.</summary>
    static bool IsTorn(Footprint ours, Footprint theirs) =>
        ours.Elements.Any(e => Both(e, ["media"], OfFrames, ours, theirs) || Both(e, ["media"], OfFrames, theirs, ours));

    static bool DeletesEdited(Footprint ours, Footprint theirs) =>
        ours.Elements.Any(e => ours.Writes(e, "presence") && theirs.WritesAny(e) || theirs.Writes(e, "presence") && ours.WritesAny(e));

    static bool Both(string element, string[] one, string[] other, Footprint first, Footprint second) =>
        one.Any(f => first.Writes(element, f)) && other.Any(f => second.Writes(element, f));

    /// <summary>What each order makes that can be done. Where they differ, either may come out, or a question, and nothing else.</summary>
    static IReadOnlyList<Cut> Orders(Pair pair) =>
        [.. new[] { Pair.After(pair.Base, [.. pair.Ours, .. pair.Theirs]), Pair.After(pair.Base, [.. pair.Theirs, .. pair.Ours]) }.OfType<Cut>()];
}
