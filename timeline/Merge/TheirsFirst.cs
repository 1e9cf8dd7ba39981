using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// What both sides inserted at one cut, theirs before ours. The ripples alone put each behind the room that the other made;
/// this takes theirs back to the cut, and puts ours behind theirs where theirs made no room.
/// </summary>
sealed class TheirsFirst(MergeRun run, Presence presence, Arrivals arrivals)
{
    public Flicks Shift(Placed placed, Side side)
    {
        if (!arrivals.SharesSeamTheirsFirst(placed.Element.Id)) return Flicks.Zero;
        var at = run.View(side).Change.BaseTime(placed.Element.Id);
        return side == Side.Theirs ? -RoomOfOurs(placed.Track.Id, at) : UnrippledTheirs(placed.Track.Id, at);
    }

    Flicks RoomOfOurs(ElementId track, Flicks at) => run.Ours.EventsOn(track)
        .Where(e => e.At == at && e.Key.IsArrival && presence.Has(e.Key.Element) && arrivals.PlacedBy(e.Key.Element) == Side.Ours && !run.Theirs.HasCause(e.Key))
        .Aggregate(Flicks.Zero, (sum, e) => sum + e.Delta);

    Flicks UnrippledTheirs(ElementId track, Flicks at)
    {
        var room = Flicks.Zero;
        foreach (var placed in run.Theirs.Cut.On(track))
        {
            var id = placed.Element.Id;
            if (!arrivals.SharesSeamTheirsFirst(id) || arrivals.PlacedBy(id) != Side.Theirs || run.Theirs.Change.BaseTime(id) != at) continue;
            var rippled = run.Theirs.EventsOn(track).Any(e => e.Key.Element == id && e.Key.IsArrival && !e.Delta.IsZero);
            if (!rippled) room += presence.Kept[id].Element.Duration;
        }

        return room;
    }
}
