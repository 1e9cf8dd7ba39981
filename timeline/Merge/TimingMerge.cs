using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>The source range an element ends up with, and which sides' trims are in it: only their ripples count.</summary>
readonly record struct MergedTiming(Flicks SourceStart, Flicks Duration, bool FromOurs, bool FromTheirs, Choice? Source);

/// <summary>
/// Merges what an element shows of its source: in point, duration, speed and media hang together, and only combinations that
/// mean something are made.
/// </summary>
sealed class TimingMerge(MergeRun run)
{
    static readonly EditKind[] Kinds =
        [EditKind.TrimHead, EditKind.TrimTail, EditKind.Slip, EditKind.Retime, EditKind.ReplaceMedia];

    public MergedTiming Merge(Element origin, Element ours, Element theirs)
    {
        var a = run.IsReverted(Side.Ours, origin.Id) ? WithTimingOf(ours, origin) : ours;
        var b = run.IsReverted(Side.Theirs, origin.Id) ? WithTimingOf(theirs, origin) : theirs;
        if (run.Splits?.DisputeOf(origin.Id) is { } dispute)
        {
            var choice = run.Ask(dispute);
            if (choice != run.View(dispute.Changer).AsChoice) return Answer(origin, a, b, choice);
        }

        var mine = Timing.Between(origin, a);
        var yours = Timing.Between(origin, b);
        if (Nonsense(origin, a, b, mine, yours)) return AskMeaning(origin, a, b);
        var changedA = Changed(origin, a);
        var changedB = Changed(origin, b);
        if (changedA && changedB && Same(a, b))
        {
            run.Note($"Both sides {run.Ours.Tell(origin.Id, Wording.Name(origin), Kinds)}; it was done once.", origin.Id);
            return From(a, true, true, null);
        }

        if (!changedB) return From(a, changedA, false, null);
        if (!changedA) return From(b, false, true, null);
        return Compose(origin, a, b, mine, yours) ?? AskValue(origin, a, b);
    }

    static bool Changed(Element origin, Element side) => !Same(origin, side);

    static bool Same(Element x, Element y) => x.SourceStart == y.SourceStart && x.Duration == y.Duration;

    static Element WithTimingOf(Element element, Element origin) =>
        element with { SourceStart = origin.SourceStart, Duration = origin.Duration, Effects = origin.Effects };

    static MergedTiming From(Element element, bool ours, bool theirs, Choice? source) =>
        new(element.SourceStart, element.Duration, ours, theirs, source);

    /// <summary>Other media or another speed on one side, and a trim or slip that meant the old ones on the other.</summary>
    static bool Nonsense(Element origin, Element a, Element b, Timing mine, Timing yours)
    {
        bool Recast(Element side) => Timing.SpeedChanged(origin, side) || !Timing.SameSource(origin, side);
        if (Recast(a) && Recast(b))
        {
            var bothSpeed = Timing.SpeedChanged(origin, a) && Timing.SpeedChanged(origin, b);
            var bothMedia = !Timing.SameSource(origin, a) && !Timing.SameSource(origin, b);
            var alike = !Timing.SpeedChanged(a, b) && Timing.SameSource(a, b) && Same(a, b);
            return !alike && !(bothMedia && !bothSpeed && Same(a, b));
        }

        return (Recast(a) && yours.Kind != TimingKind.Same) || (Recast(b) && mine.Kind != TimingKind.Same);
    }

    static MergedTiming? Compose(Element origin, Element a, Element b, Timing mine, Timing yours)
    {
        var fits = (mine.Kind, yours.Kind) is
            (TimingKind.Head, TimingKind.Tail) or (TimingKind.Tail, TimingKind.Head)
            or (TimingKind.Slip, TimingKind.Tail) or (TimingKind.Tail, TimingKind.Slip);
        var sum = Sum(origin, a, b);
        return (fits || Follows(a, b, sum.Duration)) && sum.Duration > Flicks.Zero ? sum : null;
    }

    /// <summary>A nest that says no length of its own is as long as what both sides made of its inside.</summary>
    static bool Follows(Element a, Element b, Flicks length) =>
        (a, b) is (Nest mine, Nest yours)
        && !NestInside.SaysRange(mine) && !NestInside.SaysRange(yours) && NestInside.SameInside(mine, yours) && NestInside.LengthOf(mine) == length;

    static MergedTiming Sum(Element origin, Element a, Element b) => new(
        a.SourceStart + b.SourceStart - origin.SourceStart,
        a.Duration + b.Duration - origin.Duration,
        true,
        true,
        Choice.Both);

    MergedTiming AskValue(Element origin, Element a, Element b) =>
        Answer(origin, a, b, run.Book.Ask(AboutTiming(ConflictKind.Value, origin, a, b)));

    MergedTiming AskMeaning(Element origin, Element a, Element b)
    {
        var both = Sum(origin, a, b).Duration > Flicks.Zero;
        var clash = AboutTiming(ConflictKind.Meaning, origin, a, b) with
        {
            Offered = both ? [Choice.Ours, Choice.Theirs, Choice.Both, Choice.Base] : [Choice.Ours, Choice.Theirs, Choice.Base],
        };
        return Answer(origin, a, b, run.Book.Ask(clash));
    }

    static MergedTiming Answer(Element origin, Element a, Element b, Choice? choice) => choice switch
    {
        Choice.Ours => From(a, true, false, Choice.Ours),
        Choice.Theirs => From(b, false, true, Choice.Theirs),
        Choice.Both => Sum(origin, a, b),
        _ => From(origin, false, false, Choice.Base),
    };

    Clash AboutTiming(ConflictKind kind, Element origin, Element a, Element b) => run.About(
        kind,
        origin.Id,
        "timing",
        $"{Values(origin, origin)}|{Values(origin, a)}|{Values(origin, b)}",
        run.Ours.Tell(origin.Id, Wording.Name(origin), Kinds),
        run.Theirs.Tell(origin.Id, Wording.Name(origin), Kinds));

    // Relative to the base, so that linked picture and sound, whose sources may count differently, have equal terms.
    static string Values(Element origin, Element e) =>
        $"{(e.SourceStart - origin.SourceStart).Value},{(e.Duration - origin.Duration).Value},{Wording.Speed(e)},{(e is Clip c ? c.Media.Key : "")}";
}
