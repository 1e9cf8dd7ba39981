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
        if (run.Book.HasAnswers && Typed(origin, a, b) is { } typed) return typed;
        if (Nonsense(origin, a, b, mine, yours)) return AskMeaning(origin, a, b);
        var changedA = Changed(origin, a);
        var changedB = Changed(origin, b);
        if (changedA && changedB && Same(a, b))
        {
            if (run.Book.TypedFor(KeyOf(origin)) is not null || run.Book.TypedFor(MeaningKeyOf(origin)) is not null) NoteBeyondMedia(a);
            else run.Note($"Both sides {run.Ours.Tell(origin.Id, Wording.Name(origin), Kinds)}; it was done once.", origin.Id);
            return From(a, true, true, null);
        }

        if (!changedB) return changedA && WithPartner(origin, a, Side.Ours) is { } with ? with : From(a, changedA, false, null);
        if (!changedA) return WithPartner(origin, b, Side.Theirs) ?? From(b, false, true, null);
        return Compose(origin, a, b, mine, yours) ?? AskValue(origin, a, b, mine, yours);
    }

    /// <summary>
    /// Sound that one side trimmed together with a picture, which the other gave other media or another speed: what is answered
    /// about the picture holds for it too. Null where there is no such picture.
    /// </summary>
    MergedTiming? WithPartner(Element origin, Element trimmed, Side trimmer)
    {
        if (origin.Link is not { } link || run.Linked[link].FirstOrDefault(p => p.Element.Id != origin.Id && IsRecastUnder(p.Element, origin, trimmed, trimmer)) is not { } partner) return null;
        var choice = run.Book.ChoiceOf(MeaningKeyOf(partner.Element)) ?? Choice.Base;
        var isKept = choice is Choice.Both or Choice.SourceFrames or Choice.Manual || choice == run.View(trimmer).AsChoice;
        return isKept ? From(trimmed, trimmer == Side.Ours, trimmer == Side.Theirs, choice) : From(origin, false, false, choice);
    }

    bool IsRecastUnder(Element partner, Element origin, Element trimmed, Side trimmer) =>
        run.View(trimmer).Find(partner.Id)?.Element is { } cut && run.Other(trimmer).Find(partner.Id)?.Element is { } recast
        && TypedSource.IsRecast(partner, recast) && !TypedSource.IsRecast(partner, cut)
        && Timing.Between(partner, cut) == Timing.Between(origin, trimmed);

    static bool Changed(Element origin, Element side) => !Same(origin, side);

    static bool Same(Element x, Element y) => x.SourceStart == y.SourceStart && x.Duration == y.Duration;

    static Element WithTimingOf(Element element, Element origin) =>
        element with { SourceStart = origin.SourceStart, Duration = origin.Duration, Effects = origin.Effects };

    static MergedTiming From(Element element, bool ours, bool theirs, Choice? source) =>
        new(element.SourceStart, element.Duration, ours, theirs, source);

    /// <summary>Other media or another speed on one side, and a trim or slip that meant the old ones on the other.</summary>
    static bool Nonsense(Element origin, Element a, Element b, Timing mine, Timing yours)
    {
        if (ReferenceEquals(a, origin) && ReferenceEquals(b, origin)) return false;
        bool Recast(Element side) => TypedSource.IsRecast(origin, side);
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
        SourceOfBoth(origin, a, b),
        a.Duration + b.Duration - origin.Duration,
        true,
        true,
        Choice.Both);

    /// <summary>A head that is trimmed in time of a faster clip takes more of its source.</summary>
    static Flicks SourceOfBoth(Element origin, Element a, Element b)
    {
        var (retimed, trimmed) = Timing.SpeedChanged(origin, a) ? (a, b) : (b, a);
        var head = trimmed.SourceStart - origin.SourceStart;
        var isHead = Timing.Between(origin, trimmed).Kind == TimingKind.Head && Timing.SpeedChanged(origin, retimed) && Retiming.Factor(origin) == 1;
        if (!isHead || Retiming.Factor(retimed) is not { } factor) return a.SourceStart + b.SourceStart - origin.SourceStart;
        return retimed.SourceStart + new Flicks((long)decimal.Round(head.Value * factor));
    }

    MergedTiming AskValue(Element origin, Element a, Element b, Timing mine, Timing yours)
    {
        var isOneKind = mine.Kind == yours.Kind && mine.Kind is TimingKind.Head or TimingKind.Tail or TimingKind.Slip;
        var clash = AboutTiming(ConflictKind.Value, origin, a, b) with
        {
            Entry = isOneKind ? EntryFor(origin, mine.Kind) : null,
            Prepared = [Choice.Manual],
        };
        return Answer(origin, a, b, run.Book.Ask(clash));
    }

    Entry EntryFor(Element origin, TimingKind kind)
    {
        var rate = run.Base.Sequence.Rate;
        if (kind == TimingKind.Slip) return new(EntryKind.Frames);
        var rooms = new[] { run.Ours, run.Theirs }.Select(side => SideChanges.Room(side, origin.Id, kind)).OfType<Flicks>().Select(r => r.ToFrames(rate, Rounding.Floor));
        return new(EntryKind.Frames) { Least = 1 - origin.Duration.ToFrames(rate, Rounding.Floor), Most = rooms.Append(long.MaxValue).Min() };
    }

    void NoteBeyondMedia(Element element)
    {
        if (element is not Clip { Media.Available: { } available } || Splits.HasSpeed(element)) return;
        var beyond = Flicks.Max(available.Start - element.SourceStart, element.SourceStart + element.Duration - available.End);
        if (beyond > Flicks.Zero) run.Note($"{Wording.Name(element)} runs {run.Words.Frames(beyond)} beyond its media.", element.Id);
    }

    MergedTiming AskMeaning(Element origin, Element a, Element b)
    {
        var sum = Sum(origin, a, b);
        var trim = SourceTrim.Of(run.Ours, run.Theirs, origin.Id);
        var clash = AboutTiming(ConflictKind.Meaning, origin, a, b);
        var offered = new List<Choice> { Choice.Ours, Choice.Theirs };
        if (sum.Duration > Flicks.Zero) offered.Add(Choice.Both);
        var inSource = trim is { } known ? (Timing.SpeedChanged(origin, a) ? a : b).Duration + known.Amount : Flicks.Zero;
        if (inSource > Flicks.Zero) offered.Add(Choice.SourceFrames);
        clash = clash with
        {
            Offered = [.. offered, Choice.Base],
            Entry = EntryForMeaning(origin, a, b, sum),
            Prepared = [Choice.SourceFrames, Choice.Manual],
            Worded =
            [
                new(Choice.Both, trim is null ? $"Both: {clash.Ours.Words}, {clash.Theirs.Words}" : $"Both, the trim in frames as they play ({run.Words.Frames(sum.Duration)} long)"),
                new(Choice.SourceFrames, $"Both, the trim in frames of the source ({run.Words.Frames(inSource)} long)"),
            ],
        };
        return Answer(origin, a, b, run.Book.Ask(clash));
    }

    Entry? EntryForMeaning(Element origin, Element a, Element b, MergedTiming sum)
    {
        if (TypedSource.Of(run.Ours, run.Theirs, origin, a, b) is { } source) return sum.Duration > Flicks.Zero ? source.EntryFor(origin) : null;
        return TypedSpeed.EntryFor(run, origin, a, b);
    }

    /// <summary>A source range that was typed in; its length is in the cut of a side already.</summary>
    MergedTiming? Typed(Element origin, Element a, Element b)
    {
        if (run.Book.TypedFor(MeaningKeyOf(origin)) is not { } typed || TypedSource.Of(run.Ours, run.Theirs, origin, a, b) is not { } source) return null;
        if (source.EntryFor(origin).ReadSource(typed) is not { } read) return null;
        var timing = Sum(origin, a, b) with { SourceStart = Flicks.FromFrames(read.First, run.Base.Sequence.Rate, Rounding.Nearest) };
        var recast = source.Recast.Side == Side.Ours ? a : b;
        NoteBeyondMedia(recast with { SourceStart = timing.SourceStart, Duration = timing.Duration });
        return timing;
    }

    static MergedTiming Answer(Element origin, Element a, Element b, Choice? choice) => choice switch
    {
        Choice.Ours => From(a, true, false, Choice.Ours),
        Choice.Theirs => From(b, false, true, Choice.Theirs),
        Choice.Both or Choice.SourceFrames => Sum(origin, a, b),
        _ => From(origin, false, false, Choice.Base),
    };

    static string KeyOf(Element origin) => $"{origin.Id}/timing";

    static string MeaningKeyOf(Element origin) => $"{origin.Id}/meaning";

    Clash AboutTiming(ConflictKind kind, Element origin, Element a, Element b) => run.About(
        kind,
        origin.Id,
        kind == ConflictKind.Meaning ? "meaning" : "timing",
        $"{Values(origin, origin)}|{Values(origin, a)}|{Values(origin, b)}",
        run.Ours.Tell(origin.Id, Wording.Name(origin), Kinds),
        run.Theirs.Tell(origin.Id, Wording.Name(origin), Kinds));

    // Relative to the base, so that linked picture and sound, whose sources may count differently, have equal terms.
    static string Values(Element origin, Element e) =>
        $"{(e.SourceStart - origin.SourceStart).Value},{(e.Duration - origin.Duration).Value},{Wording.Speed(e)},{(e is Clip c ? c.Media.Key : "")}";
}
