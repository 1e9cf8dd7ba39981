using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Checks;

/// <summary>Whether every id is on one part of the cut only: tracks, elements, transitions, effects and markers alike.</summary>
sealed class SharedIds
{
    readonly Inspection _inspection;
    readonly Dictionary<ElementId, Holder> _holders = [];

    SharedIds(Inspection inspection) => _inspection = inspection;

    /// <summary>The ids that more than one part carries.</summary>
    public HashSet<ElementId> Copies { get; } = [];

    public static HashSet<ElementId> Check(Inspection inspection)
    {
        var ids = new SharedIds(inspection);
        for (var t = 0; t < inspection.Cut.Tracks.Length; t++) ids.TakeTrack(t, inspection.Cut.Tracks[t]);
        ids.Take([], inspection.Cut.Markers, new(-1, null, null));
        return ids.Copies;
    }

    void TakeTrack(int index, Track track)
    {
        Take(track.Id, new(index, null, null));
        foreach (var placed in _inspection.Placement.Tracks[index])
        {
            Take(placed.Element.Id, new(index, placed, null));
            Take(placed.Element.Effects, placed.Element.Markers, new(index, placed, null));
        }

        foreach (var point in track.EditPoints) Take(point.Id, new(index, null, point));
        Take(track.Effects, track.Markers, new(index, null, null));
    }

    void Take(IEnumerable<Effect> effects, IEnumerable<Marker> markers, Holder carrier)
    {
        foreach (var effect in effects) Take(effect.Id, carrier with { Part = effect });
        foreach (var marker in markers) Take(marker.Id, carrier with { Part = marker });
    }

    void Take(ElementId id, Holder holder)
    {
        if (_holders.TryAdd(id, holder)) return;
        Copies.Add(id);
        var message = $"The id {id} is on {Words(_holders[id])} and on {Words(holder)}: one is a copy of the other. When the cut is committed, the copy gets an id of its own.";
        if (holder.Placed is { } placed) _inspection.About(placed, DiagnosticCodes.CutSharedId, Severity.Warning, message, id);
        else if (holder.Part is EditPoint point) _inspection.AboutTransition(holder.Track, point, null, DiagnosticCodes.CutSharedId, Severity.Warning, message);
        else if (holder.Track >= 0) _inspection.AboutTrack(holder.Track, null, DiagnosticCodes.CutSharedId, Severity.Warning, message, id);
        else _inspection.AboutCut(DiagnosticCodes.CutSharedId, Severity.Warning, message, [id]);
    }

    string Words(Holder holder)
    {
        var carrier = holder switch
        {
            { Placed: { } placed } => $"{Wording.Name(placed.Element)} on {_inspection.Places.NameOf(holder.Track)} at {_inspection.Clock.Timecode(placed.Start)}",
            { Track: >= 0 } => $"the track {_inspection.Places.NameOf(holder.Track)}",
            _ => "the sequence",
        };
        return holder.Part switch
        {
            Effect effect => $"the effect {Wording.Name(effect)} of {carrier}",
            Marker marker => $"{Wording.Name(marker)} of {carrier}",
            EditPoint point => $"a {Wording.Transition(point)} on {_inspection.Places.NameOf(holder.Track)}",
            _ => carrier,
        };
    }

    /// <param name="Track">Its index; negative for the sequence itself.</param>
    /// <param name="Placed">The element that it is, or that carries it.</param>
    /// <param name="Part">The effect, marker or transition that it is.</param>
    readonly record struct Holder(int Track, Placed? Placed, object? Part);
}
