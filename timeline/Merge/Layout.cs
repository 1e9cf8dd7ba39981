using System.Collections.Immutable;
using System.Text;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>Puts every surviving element at its time on its track and turns times into leads.</summary>
sealed class Layout
{
    readonly MergeRun _run;
    readonly Arrivals _arrivals;
    readonly Ripples _ripples;
    readonly TheirsFirst _theirsFirst;
    readonly OccupiedTime _occupied;
    readonly Dictionary<ElementId, List<(Element Element, Flicks Start)>> _tracks = [];
    readonly List<(ElementId Above, ElementId Track)> _added = [];

    public Layout(MergeRun run, Presence presence)
    {
        _run = run;
        Presence = presence;
        _arrivals = new(run, presence);
        _ripples = new(run, presence, _arrivals);
        _theirsFirst = new(run, presence, _arrivals);
        _occupied = new(run, presence);
        foreach (var survivor in presence.Kept.Values) Place(survivor.Element);
        foreach (var track in _tracks.Keys.ToList()) _tracks[track] = _occupied.Settled(track, InOrder(_tracks[track]));
        foreach (var (track, lifted) in _occupied.Lifted) AddAbove(track, lifted);
    }

    /// <summary>Tracks that no side has, for what an answer put above another track.</summary>
    public IReadOnlyList<(ElementId Above, ElementId Track)> Added => _added;

    public Presence Presence { get; }

    /// <summary>The elements of a track with their leads; nothing overlaps unless <see cref="Overlaps"/> says so.</summary>
    public ImmutableArray<Element> On(ElementId track)
    {
        if (!_tracks.TryGetValue(track, out var row)) return [];
        var elements = ImmutableArray.CreateBuilder<Element>(row.Count);
        var time = Flicks.Zero;
        foreach (var (element, start) in row)
        {
            var lead = Lead(element.Id, Flicks.Max(start - time, Flicks.Zero));
            elements.Add(ReferenceEquals(lead, element.Lead) ? element : element with { Lead = lead });
            time = Flicks.Max(time, start) + element.Duration;
        }

        return elements.MoveToImmutable();
    }

    /// <summary>Elements that want the same time, or time before the start of the cut.</summary>
    public IEnumerable<Clash> Overlaps()
    {
        foreach (var row in _tracks.Values)
        {
            for (var i = 0; i < row.Count; i++)
            {
                if (row[i].Start.IsNegative) yield return _occupied.Clash(row[i], null);
                if (i > 0 && row[i].Start < row[i - 1].Start + row[i - 1].Element.Duration) yield return _occupied.Clash(row[i - 1], row[i]);
            }
        }
    }

    /// <summary>
    /// Where the shift of sequence markers at a moment of the base goes: with most tracks. An element that grew at its head
    /// keeps its start and moves what is behind it, a marker at that start included.
    /// </summary>
    public Flicks CommonShiftAt(Flicks baseTime)
    {
        var shifts = _run.Base.Sequence.Tracks
            .Where(t => _run.Base.On(t.Id) is [.., var last] && last.End > baseTime)
            .Select(t => _ripples.ShiftOfMomentAt(t.Id, baseTime + Region.OneFlick));
        return shifts.GroupBy(s => s).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).FirstOrDefault();
    }

    // Programs write clips without length; they take no time and stand before what begins where they are.
    List<(Element Element, Flicks Start)> InOrder(List<(Element Element, Flicks Start)> row)
    {
        var ordered = row.OrderBy(p => p.Start).ThenByDescending(p => p.Element.Duration.IsZero).ToList();
        for (var first = 0; first < ordered.Count; first++)
        {
            var count = 0;
            while (first + count < ordered.Count && ordered[first + count] is var next && next.Element.Duration.IsZero && next.Start == ordered[first].Start) count++;
            if (count > 1) ordered.Sort(first, count, OrderOf([.. ordered.GetRange(first, count).Select(p => p.Element.Id)]));
            first += Math.Max(count - 1, 0);
        }

        return ordered;
    }

    /// <summary>Clips without length at one moment stand as in a side that has them all, rather one that put them so.</summary>
    Comparer<(Element Element, Flicks Start)> OrderOf(IReadOnlyCollection<ElementId> ids)
    {
        bool HasAll(Placement cut) => ids.All(id => cut.Find(id) is not null);
        IEnumerable<ElementId> Sorted(Placement cut) => ids.OrderBy(id => cut.Find(id)?.Index);
        Placement[] sides = [.. new[] { _run.Ours.Cut, _run.Theirs.Cut }.Where(HasAll)];
        var side = Array.Find(sides, s => !HasAll(_run.Base) || !Sorted(s).SequenceEqual(Sorted(_run.Base))) ?? sides.FirstOrDefault();
        var rank = (side is null ? ids : Sorted(side)).Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        return Comparer<(Element Element, Flicks Start)>.Create((x, y) => rank[x.Element.Id].CompareTo(rank[y.Element.Id]));
    }

    void AddAbove(ElementId track, List<(Element Element, Flicks Start)> lifted)
    {
        var names = string.Join(' ', lifted.Select(p => p.Element.Id).Order());
        var added = new ElementId(Birth.Of(track.ToString(), Encoding.UTF8.GetBytes(names)).Value, 0);
        _added.Add((track, added));
        _tracks[added] = InOrder(lifted);
    }

    void Place(Element element)
    {
        var (track, start) = TrackAndStart(element.Id);
        if (!_tracks.TryGetValue(track, out var row)) _tracks[track] = row = [];
        row.Add((element, start));
    }

    (ElementId Track, Flicks Start) TrackAndStart(ElementId id)
    {
        if (_arrivals.TypedFor(id) is { } typed) return typed;
        if (_arrivals.PlacedAlike(id)) return (ArrivedBy(id, Side.Ours).Track, Flicks.Min(ArrivedBy(id, Side.Ours).Start, ArrivedBy(id, Side.Theirs).Start));
        if (_arrivals.PlacedBy(id) is { } side) return ArrivedBy(id, side);
        var origin = _run.Base.Find(id) ?? throw new InvalidOperationException($"{id} is in the merge but in none of its cuts.");
        var shift = _ripples.ShiftAt(origin.Track.Id, origin.Start) + _ripples.InPlaceHead(id);
        return (origin.Track.Id, origin.Start + shift);
    }

    (ElementId Track, Flicks Start) ArrivedBy(ElementId id, Side side)
    {
        var placed = _run.View(side).Find(id) ?? throw new InvalidOperationException($"{id} is not in the cut that placed it.");
        return _arrivals.NextShotFor(id) is { } next
            ? (placed.Track.Id, next + _ripples.ShiftAt(placed.Track.Id, next))
            : (placed.Track.Id, placed.Start + _ripples.ShiftOfArrival(id, side) + _theirsFirst.Shift(placed, side));
    }

    /// <summary>Gap objects are kept while they still fill the space; those of the side that changed the space first.</summary>
    Space Lead(ElementId id, Flicks duration)
    {
        var (o, a, b) = (_run.Base.Find(id)?.Element.Lead, _run.Ours.Find(id)?.Element.Lead, _run.Theirs.Find(id)?.Element.Lead);
        var candidates = a is not null && a.Equals(o) ? (Space?[])[b, a, o] : [a, b, o];
        foreach (var space in candidates)
        {
            if (space is not null && space.Duration == duration) return space;
        }

        foreach (var gap in candidates.SelectMany(s => s?.Gaps ?? []))
        {
            if (!gap.List("markers").IsEmpty || !gap.List("effects").IsEmpty)
                _run.Note($"The gap before {_run.Called(id)} was rebuilt; the markers and effects that stood on it are not in the merged cut.", id);
        }

        return Space.Of(duration);
    }
}
