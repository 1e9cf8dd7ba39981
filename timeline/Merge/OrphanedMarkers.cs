using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>Markers that one side put on, or changed on, a clip that the other side took out; and where they go when they are kept.</summary>
sealed class OrphanedMarkers(MergeRun run)
{
    readonly List<Marker> _atTheirTime = [];
    readonly Dictionary<ElementId, List<Marker>> _onNextShot = [];

    /// <summary>In base time; they become markers of the sequence.</summary>
    public IReadOnlyList<Marker> AtTheirTime => _atTheirTime;

    /// <summary>The clash about deleted elements as one about their markers, when markers are all that was changed on them.</summary>
    public Clash About(Clash clash, List<Placed> edited, SideView keeper)
    {
        if (!edited.TrueForAll(e => OnlyMarkersOf(e, keeper))) return clash;
        var carriers = edited.Select(e => (Clip: e, Markers: Made(e, keeper))).Where(c => !c.Markers.IsEmpty).ToList();
        if (carriers.Count == 0) return clash;
        var markers = string.Join(" and ", carriers.SelectMany(c => c.Markers).Select(Wording.Name).Distinct());
        var next = carriers.TrueForAll(c => NextShot(run, c.Clip.Element.Id) is not null) ? NextShot(run, carriers[0].Clip.Element.Id) : null;
        var remove = run.Other(keeper.Side).AsChoice;
        ImmutableArray<Choice> toNext = next is null ? [] : [Choice.NextShot];
        return clash with
        {
            Kind = ConflictKind.Orphan,
            Offered = [remove, Choice.SameTime, .. toNext, keeper.AsChoice, Choice.Base],
            Worded =
            [
                new(remove, $"Delete {clash.Subject}, and {markers} too"),
                new(keeper.AsChoice, $"Keep {clash.Subject} as {keeper.Name} has it"),
                new(Choice.SameTime, $"Delete {clash.Subject}, and keep {markers} at its time, on the sequence"),
                new(Choice.NextShot, $"Delete {clash.Subject}, and move {markers} to the start of {Called(next)}"),
            ],
        };
    }

    /// <summary>Takes the markers of an element that goes to where it was answered that they shall stay.</summary>
    public void Keep(Choice where, Placed origin, SideView keeper)
    {
        foreach (var marker in Made(origin, keeper))
        {
            if (where != Choice.NextShot) _atTheirTime.Add(AtItsTime(marker, origin));
            else if (NextShot(run, origin.Element.Id) is { Element.Id: var next }) _onNextShot[next] = [.. _onNextShot.GetValueOrDefault(next, []), marker];
        }
    }

    /// <summary>An element of the merged cut with the markers that were moved to its start.</summary>
    public Element WithMoved(Element element)
    {
        if (!_onNextShot.TryGetValue(element.Id, out var markers)) return element;
        var moved = markers.Select(m => m with { Range = new(element.SourceStart, Flicks.Min(m.Range.Duration, element.Duration)) });
        return element with { Markers = [.. element.Markers, .. moved] };
    }

    /// <summary>The elements that <see cref="WithMoved"/> changes.</summary>
    public IEnumerable<ElementId> NextShots => _onNextShot.Keys;

    /// <summary>What follows an element on its track and stands there in every cut.</summary>
    public static Placed? NextShot(MergeRun run, ElementId gone)
    {
        bool Stays(ElementId id) => ((SideView[])[run.Ours, run.Theirs]).All(side => side.Find(id) is not null && !side.Moved(id));
        return run.Base.Find(gone) is { } placed
            ? run.Base.On(placed.Track.Id).Skip(placed.Index + 1).FirstOrDefault(p => Stays(p.Element.Id))
            : null;
    }

    public static string Called(Placed? shot) => shot is null ? "" : Wording.Name(shot.Element);

    static bool OnlyMarkersOf(Placed origin, SideView keeper) =>
        keeper.Find(origin.Element.Id) is { } now
        && !keeper.Shifts(origin.Element.Id)
        && Alike.Are(origin.Element with { Markers = now.Element.Markers }, now.Element);

    /// <summary>The markers that a side added to an element or changed on it.</summary>
    static ImmutableArray<Marker> Made(Placed origin, SideView side) => side.Find(origin.Element.Id) is not { } now
        ? []
        : [.. now.Element.Markers.Where(m => !origin.Element.Markers.Any(was => was.Id == m.Id && Alike.Are(was, m)))];

    /// <summary>A marker that stands beside what the clip shows of its source goes to the end of the clip it is nearest to.</summary>
    static Marker AtItsTime(Marker marker, Placed clip)
    {
        var inSource = marker.Range.Start - clip.Element.SourceStart;
        var played = Retiming.Factor(clip.Element) is > 0 and { } factor ? new Flicks((long)decimal.Round(inSource.Value / factor)) : Flicks.Zero;
        var at = Flicks.Max(Flicks.Zero, Flicks.Min(played, clip.Element.Duration));
        return marker with { Range = marker.Range with { Start = clip.Start + at } };
    }
}
