using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// The ripple events of the merged cut: the union of both sides', each cause once. A cause that both sides share but that
/// shifted a track on one side only is a question; one that an answer set aside shifts nothing.
/// </summary>
sealed class Ripples(MergeRun run, Presence presence, Arrivals arrivals)
{
    readonly Dictionary<ElementId, List<Merged>> _tracks = [];
    readonly Dictionary<ElementId, ShiftSums> _sums = [];
    readonly Dictionary<CauseKey, Flicks> _settled = [];

    /// <param name="Event">The event.</param>
    /// <param name="From">The side it comes from; null when both have it.</param>
    /// <param name="BehindElement">Set when it counts only for what stands behind this element, which moved with its side.</param>
    readonly record struct Merged(RippleEvent Event, Side? From, ElementId? BehindElement);

    /// <summary>What the head trim of an element in place adds to its start.</summary>
    public Flicks InPlaceHead(ElementId element)
    {
        var timing = presence.Kept[element].Timing;
        var ours = timing.FromOurs ? run.Ours.Change.InPlaceHead(element) : Flicks.Zero;
        var theirs = timing.FromTheirs ? run.Theirs.Change.InPlaceHead(element) : Flicks.Zero;
        if (_settled.TryGetValue(new(Cause.TrimHead, element), out var rippled) && !rippled.IsZero) return Flicks.Zero;
        return ours.IsZero ? theirs : ours;
    }

    /// <summary>The shift in the merged cut of what stays on a track and stands at a moment of the base.</summary>
    public Flicks ShiftAt(ElementId track, Flicks baseTime)
    {
        if (!_sums.TryGetValue(track, out var sums)) _sums[track] = sums = new(On(track).Select(m => (m.Event.At, m.Event.Delta)));
        return sums.UpTo(baseTime);
    }

    /// <summary>The same of a moment that belongs to no track; what was slid between its neighbours does not carry it along.</summary>
    public Flicks ShiftOfMomentAt(ElementId track, Flicks baseTime) =>
        On(track).Where(m => m.Event.At <= baseTime && !IsSlid(m.Event.Key)).Aggregate(Flicks.Zero, (sum, m) => sum + m.Event.Delta);

    bool IsSlid(CauseKey trim) => run.Ours.Change.MadeRoom(trim) || run.Theirs.Change.MadeRoom(trim);

    /// <summary>
    /// How much later an element that a side placed stands in the merged cut than in that side's own.
    /// </summary>
    public Flicks ShiftOfArrival(ElementId element, Side side)
    {
        var view = run.View(side);
        var placed = view.Find(element) ?? throw new InvalidOperationException($"{element} is not in the cut that placed it.");
        var track = placed.Track.Id;
        var at = view.Change.BaseTime(element);
        var under = Under(element, view);
        var oursFirst = side == Side.Ours && arrivals.SharesSeam(element);
        var shift = Flicks.Zero;
        foreach (var merged in On(track))
        {
            if (under is not null && merged.From == run.Other(side).Side ? !Carries(merged.Event, under) : merged.Event.At > at) continue;
            if (merged.Event.Key.Element == element && merged.BehindElement is not null) continue;
            if (oursFirst && merged.From == Side.Theirs && merged.Event.At == at && merged.Event.Key.IsArrival) continue;
            if (merged.BehindElement is { } front && merged.From == side && !StandsBehind(placed, front, view)) continue;
            shift += merged.Event.Delta;
        }

        foreach (var own in view.EventsOn(track))
        {
            if (own.At <= at) shift -= own.Delta;
        }

        return side == Side.Theirs && arrivals.SharesSeam(element) ? shift + UnrippledBefore(track, at) : shift;
    }

    /// <summary>What an element that a side placed was laid over the tail of, where that stays in order: the two go together.</summary>
    Placed? Under(ElementId element, SideView view) => view.Change.CoveredBy(element) is { } id && StaysInOrder(id) ? run.Base.Find(id) : null;

    /// <summary>True for an event that moves the end of an element.</summary>
    static bool Carries(RippleEvent e, Placed element) => e.At <= element.Start || e.Key == new CauseKey(Cause.TrimHead, element.Element.Id);

    static bool StandsBehind(Placed placed, ElementId front, SideView view) =>
        view.Find(front) is not { } before || (before.Track.Id == placed.Track.Id ? placed.Index > before.Index : placed.Start >= before.End);

    /// <summary>Ours at a shared cut where nothing made room for it, as at the end of a track: theirs goes behind it.</summary>
    Flicks UnrippledBefore(ElementId track, Flicks at)
    {
        var room = Flicks.Zero;
        foreach (var placed in run.Ours.Cut.On(track))
        {
            var id = placed.Element.Id;
            if (!arrivals.SharesSeam(id) || arrivals.PlacedBy(id) != Side.Ours || run.Ours.Change.BaseTime(id) != at) continue;
            var rippled = On(track).Any(m => m.Event.Key.Element == id && m.Event.Key.IsArrival && !m.Event.Delta.IsZero);
            if (!rippled) room += presence.Kept[id].Element.Duration;
        }

        return room;
    }

    List<Merged> On(ElementId track)
    {
        if (_tracks.TryGetValue(track, out var known)) return known;
        var events = new List<Merged>();
        var ours = Valid(track, run.Ours);
        var theirs = Valid(track, run.Theirs);
        foreach (var (key, mine) in ours)
        {
            if (!theirs.TryGetValue(key, out var yours)) events.Add(new(mine with { Delta = Alone(mine, run.Theirs) }, Side.Ours, null));
            else events.Add(new(Shared(mine, yours), null, null));
        }

        foreach (var (key, yours) in theirs)
        {
            if (!ours.ContainsKey(key)) events.Add(new(yours with { Delta = Alone(yours, run.Ours) }, Side.Theirs, null));
        }

        AddRelocated(track, events);
        return _tracks[track] = events;
    }

    /// <summary>
    /// An event of both sides. Where nothing stands behind it a side only supposes it; when the other shows that it moved what
    /// this side left in place, it is a question.
    /// </summary>
    RippleEvent Shared(RippleEvent mine, RippleEvent yours)
    {
        if (IsReturn(mine, run.Ours) && IsReturn(yours, run.Theirs)) return mine with { Delta = -Settle(new(Cause.SpaceBefore, mine.Key.Element), -mine.Delta, -yours.Delta) };
        var (first, last) = mine.At <= yours.At ? (mine, yours) : (yours, mine);
        var between = run.Base.On(mine.Track).Any(p => p.Start >= first.At && p.Start < last.At && StaysInOrder(p.Element.Id));
        if (!between) return first with { Delta = Settle(mine.Key, mine.Delta, yours.Delta) };
        return mine.At <= yours.At
            ? mine with { Delta = Settle(mine.Key, mine.Delta, Flicks.Zero) }
            : yours with { Delta = Settle(mine.Key, Flicks.Zero, yours.Delta) };
    }

    /// <summary>The end of a push of one element alone: what stands behind it is where it was.</summary>
    static bool IsReturn(RippleEvent e, SideView side) =>
        e.Key.Cause == Cause.SpaceAfter && !e.Delta.IsZero && side.EventsOn(e.Track).Any(push => push.Key == new CauseKey(Cause.SpaceBefore, e.Key.Element) && push.Delta == -e.Delta);

    bool StaysInOrder(ElementId id) =>
        presence.Has(id) && arrivals.PlacedBy(id) is null;

    Dictionary<CauseKey, RippleEvent> Valid(ElementId track, SideView side)
    {
        var valid = new Dictionary<CauseKey, RippleEvent>();
        foreach (var e in side.EventsOn(track))
        {
            if (!Holds(e.Key, side)) continue;
            valid[e.Key] = valid.TryGetValue(e.Key, out var first) ? first with { Delta = first.Delta + e.Delta } : e;
        }

        return valid;
    }

    /// <summary>True when what caused the event on this side is so in the merged cut.</summary>
    bool Holds(CauseKey key, SideView side)
    {
        var id = key.Element;
        return key.Cause switch
        {
            Cause.Deleted => !presence.Has(id),
            Cause.Inserted => presence.Has(id),
            Cause.MovedOut or Cause.MovedIn => presence.Has(id) && (arrivals.PlacedBy(id) == side.Side || arrivals.PlacedAlike(id)),
            Cause.TrimHead or Cause.TrimTail => presence.Kept.TryGetValue(id, out var kept) && arrivals.PlacedBy(id) is null
                && (side.Side == Side.Ours ? kept.Timing.FromOurs : kept.Timing.FromTheirs),
            _ => !arrivals.IsPushVoid(side.Side, id),
        };
    }

    /// <summary>An event that the other side does not have on this track; it may have its cause on another.</summary>
    Flicks Alone(RippleEvent e, SideView other)
    {
        var disputed = !e.Delta.IsZero && other.HasCause(e.Key) && Holds(e.Key, other) && other.ShowsShift(e.Track, e.At);
        if (!disputed) return e.Delta;
        return other.Side == Side.Theirs ? Settle(e.Key, e.Delta, Flicks.Zero) : Settle(e.Key, Flicks.Zero, e.Delta);
    }

    Flicks Settle(CauseKey key, Flicks ours, Flicks theirs)
    {
        if (IsSumOfBoth(key)) return ours + theirs;
        if (ours == theirs) return ours;
        var clash = key.IsSpace ? SpaceClash(key, ours, theirs) : HoleClash(key, ours);
        var settled = run.Book.AskValue(clash) switch
        {
            { Choice: Choice.Ours } => ours,
            { Choice: Choice.Theirs } => theirs,
            { Choice: Choice.Manual, Value: { } typed } when Entry.ReadFrames(typed) is { } frames => Flicks.FromFrames(frames, run.Base.Sequence.Rate, Rounding.Nearest),
            _ => Flicks.Zero,
        };
        _settled[key] = settled;
        return settled;
    }

    /// <summary>The element's timing is one side's on top of the other's, so each side's part of it ripples as it did there.</summary>
    bool IsSumOfBoth(CauseKey key) =>
        key.Cause is Cause.TrimHead or Cause.TrimTail
        && presence.Kept.TryGetValue(key.Element, out var kept)
        && kept.Timing.Source == Choice.Both;

    Clash HoleClash(CauseKey key, Flicks ours)
    {
        var id = key.Element;
        var what = key.Cause switch
        {
            Cause.Deleted => "deleted",
            Cause.Inserted => "inserted",
            Cause.MovedIn or Cause.MovedOut => "moved",
            Cause.TrimHead => "trimmed the head of",
            _ => "trimmed the tail of",
        };
        var kind = key.Cause switch
        {
            Cause.Deleted => ConflictKind.Delete,
            Cause.Inserted => ConflictKind.Insert,
            Cause.MovedIn or Cause.MovedOut => ConflictKind.Move,
            _ => ConflictKind.Value,
        };
        string Told(string subject, bool stayed) =>
            $"{what} {subject} and {(stayed ? "left everything after it in place" : "moved everything after it")}";
        return run.About(kind, id, $"hole/{key.Cause}", ours.IsZero ? "stay|move" : "move|stay", Told(run.Called(id), ours.IsZero), Told(run.Called(id), !ours.IsZero)) with
        {
            Offered = [Choice.Ours, Choice.Theirs],
        };
    }

    Clash SpaceClash(CauseKey key, Flicks ours, Flicks theirs)
    {
        string Told(string subject, Flicks by) => by.IsZero
            ? $"left {subject} where it was"
            : $"moved {subject} by {run.Words.Frames(by)} to {(by.IsNegative ? "earlier" : "later")}";
        var id = key.Element;
        var clash = run.About(ConflictKind.Move, id, $"space/{key.Cause}", $"{ours.Value}|{theirs.Value}", Told(run.Called(id), ours), Told(run.Called(id), theirs));
        if (key.Cause != Cause.SpaceBefore || run.Base.Find(id) is not { } was) return clash;
        var isAlone = StandsAlone(was, run.Ours) && StandsAlone(was, run.Theirs);
        clash = clash with { Entry = TypedPlace.EntryForPush(run, id, isAlone) };
        if (!isAlone || (ours - theirs).Magnitude < was.Element.Duration) return clash;
        return clash with
        {
            Offered = [Choice.Ours, Choice.Theirs, Choice.Both, Choice.Base],
            Prepared = [Choice.Both],
            Worded = [new(Choice.Both, $"Both places: {run.Called(id)} twice")],
        };
    }

    /// <summary>True when nothing that stands behind an element was pushed with it.</summary>
    bool StandsAlone(Placed was, SideView side) =>
        side.EventsOn(was.Track.Id).Any(e => e.Key == new CauseKey(Cause.SpaceAfter, was.Element.Id) && IsReturn(e, side))
        || !run.Base.On(was.Track.Id).Skip(was.Index + 1).Any() && !side.Cut.On(was.Track.Id).SkipWhile(p => p.Element.Id != was.Element.Id).Skip(1).Any();

    /// <summary>
    /// A side moved an element and made room for it; the room is what the element lasts in the merged cut, so the other
    /// side's trim ripples at the new place.
    /// </summary>
    void AddRelocated(ElementId track, List<Merged> events)
    {
        foreach (var merged in events.ToList())
        {
            var id = merged.Event.Key.Element;
            if (merged.Event.Key.Cause != Cause.MovedIn || merged.Event.Delta.IsZero || arrivals.PlacedBy(id) is not { } side) continue;
            var own = run.View(side).Find(id)?.Element.Duration ?? Flicks.Zero;
            var change = presence.Kept[id].Element.Duration - own;
            if (change.IsZero || StaysUnderTrim(track, id, run.Other(side))) continue;
            events.Add(new(merged.Event with { Key = new(Cause.TrimTail, id), Delta = change }, side, id));
        }
    }

    /// <summary>True for a track that was left alone where the trim rippled others, at the place the element then had.</summary>
    bool StaysUnderTrim(ElementId track, ElementId trimmed, SideView trimmer)
    {
        bool Rippled(ElementId on) =>
            trimmer.EventsOn(on).Any(e => e.Key.Element == trimmed && e.Key.Cause is Cause.TrimHead or Cause.TrimTail && !e.Delta.IsZero);
        return run.Base.Find(trimmed) is { } home && Rippled(home.Track.Id) && !Rippled(track) && trimmer.ShowsShift(track, home.End);
    }
}
