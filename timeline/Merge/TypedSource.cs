using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// One side gave a clip other media or another speed, the other trimmed or slipped what it had been: a person types in where
/// the clip begins in its source, and how long it lasts.
/// </summary>
/// <param name="Recast">The side with the other media or speed.</param>
/// <param name="Trimmed">The other.</param>
readonly record struct TypedSource(SideView Recast, SideView Trimmed)
{
    /// <summary>Null when both did it, or neither.</summary>
    public static TypedSource? Of(SideView ours, SideView theirs, Element origin, Element a, Element b) =>
        (IsRecast(origin, a), IsRecast(origin, b)) switch
        {
            (true, false) => new(ours, theirs),
            (false, true) => new(theirs, ours),
            _ => null,
        };

    public static TypedSource? Of(SideView ours, SideView theirs, ElementId id) =>
        (ours.Base.Find(id), ours.Find(id), theirs.Find(id)) is ({ } was, { } a, { } b) ? Of(ours, theirs, was.Element, a.Element, b.Element) : null;

    public static bool IsRecast(Element origin, Element side) => Timing.SpeedChanged(origin, side) || !Timing.SameSource(origin, side);

    /// <summary>Whose length the typed one takes the place of, and at which end of the clip; null where neither changed it.</summary>
    public (SideView Side, TimingKind Kind)? Carrier(ElementId id)
    {
        if (HasOtherLength(Recast, id)) return (Recast, TimingKind.Tail);
        return HasOtherLength(Trimmed, id) && KindOf(id) is TimingKind.Head or TimingKind.Tail ? (Trimmed, KindOf(id)) : null;
    }

    /// <summary>How the other side trimmed the clip.</summary>
    public TimingKind KindOf(ElementId id) =>
        Trimmed.Base.Find(id) is { } was && Trimmed.Find(id) is { } now ? Timing.Between(was.Element, now.Element).Kind : TimingKind.Same;

    public Entry EntryFor(Element origin)
    {
        var cut = Recast.Base.Sequence;
        var entry = new Entry(EntryKind.Source) { Count = TimecodeCount.Of(cut), SourceIn = Recast.Find(origin.Id)?.Element.SourceStart };
        if (KindOf(origin.Id) == TimingKind.HeadAndTail || Carrier(origin.Id) is not var (side, kind)) return entry;
        var room = SideChanges.Room(side, origin.Id, kind);
        return entry with { TakesLength = true, Most = room is { } more ? (origin.Duration + more).ToFrames(cut.Rate, Rounding.Floor) : long.MaxValue };
    }

    static bool HasOtherLength(SideView side, ElementId id) =>
        side.Base.Find(id) is { } was && side.Find(id) is { } now && now.Element.Duration != was.Element.Duration;
}
