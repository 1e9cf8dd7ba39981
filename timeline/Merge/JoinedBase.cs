using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>Two bases made one: the first, with what of the second a side still has.</summary>
sealed class JoinedBase
{
    readonly CrossedBases _crossed;
    readonly Displacement _change;
    readonly Displacement _ours;
    readonly Displacement _theirs;
    readonly Displacement _oursFromSecond;
    readonly Displacement _theirsFromSecond;
    readonly Dictionary<ElementId, Element> _kept = [];
    readonly Dictionary<ElementId, List<RippleEvent>> _events = [];
    readonly HashSet<ElementId> _placedBySecond = [];

    public JoinedBase(CrossedBases crossed, Sequence first, Sequence second, Sequence ours, Sequence theirs)
    {
        _crossed = crossed;
        _change = Displacement.Of(first, second);
        (_ours, _theirs) = (Displacement.Of(first, ours), Displacement.Of(first, theirs));
        (_oursFromSecond, _theirsFromSecond) = (Displacement.Of(second, ours), Displacement.Of(second, theirs));
    }

    Placement First => _change.Alignment.Before;

    Placement Second => _change.Alignment.After;

    Placement Ours => _ours.Alignment.After;

    Placement Theirs => _theirs.Alignment.After;

    public Sequence Cut()
    {
        foreach (var id in First.All.Concat(Second.All).Select(p => p.Element.Id).Distinct()) DecideElement(id);
        var rule = RuleFor(ElementId.None, First.Sequence.Name);
        var (x, y, a, b) = (First.Sequence, Second.Sequence, Ours.Sequence, Theirs.Sequence);
        var rows = Rows();
        if (rows is null) return x;
        var tracks = PartMerge.InOrderOf(x.Tracks.Select(t => t.Id), y.Tracks.Select(t => t.Id))
            .Where(HasTrack)
            .Select(id => TrackOf(id) with { Elements = [.. rows.GetValueOrDefault(id) ?? []] });
        return x with
        {
            Name = rule.Pick(x.Name, y.Name, a.Name, b.Name),
            Rate = rule.Pick(x.Rate, y.Rate, a.Rate, b.Rate),
            GlobalStart = rule.Pick(x.GlobalStart, y.GlobalStart, a.GlobalStart, b.GlobalStart),
            Markers = rule.Markers(x.Markers, y.Markers, a.Markers, b.Markers),
            Document = rule.Pick(x.Document, y.Document, a.Document, b.Document),
            Tracks = [.. tracks],
        };
    }

    BaseRule RuleFor(ElementId id, string subject) =>
        new(() => _crossed.Ask(id, subject, Ours.Find(id)?.Element, Theirs.Find(id)?.Element));

    void DecideElement(ElementId id)
    {
        var (x, y) = (First.Find(id), Second.Find(id));
        var (a, b) = (Ours.Find(id)?.Element, Theirs.Find(id)?.Element);
        if ((x ?? y) is not { } any) return;
        var rule = RuleFor(id, Wording.Name(any.Element));
        if (x is not null && y is not null)
        {
            _kept[id] = rule.Pick(x.Element, y.Element, a, b);
            if (_change.Alignment.IsMoved(id) && rule.Pick(false, true, IsAtSecond(id, _ours, _oursFromSecond), IsAtSecond(id, _theirs, _theirsFromSecond)) == true)
                _placedBySecond.Add(id);
            return;
        }

        if (rule.Pick(IsAsIn(x?.Element, any.Element), IsAsIn(y?.Element, any.Element), IsAsIn(a, any.Element), IsAsIn(b, any.Element)) != true) return;
        _kept[id] = any.Element;
        if (x is null) _placedBySecond.Add(id);
    }

    /// <summary>True where it is as the base has it, false where it is gone, null where it was changed.</summary>
    static bool? IsAsIn(Element? element, Element known) =>
        element is null ? false : Alike.Are(element, known) ? true : null;

    /// <summary>Null when the side put the element in a third place, or deleted it.</summary>
    static bool? IsAtSecond(ElementId id, Displacement fromFirst, Displacement fromSecond)
    {
        if (fromFirst.Alignment.After.Find(id) is null) return null;
        return !fromSecond.Alignment.IsMoved(id) ? true : fromFirst.Alignment.IsMoved(id) ? null : false;
    }

    /// <summary>A track that only one base and one side has stays that side's own.</summary>
    bool HasTrack(ElementId id) =>
        (First.HasTrack(id) && Second.HasTrack(id)) || (Ours.HasTrack(id) && Theirs.HasTrack(id));

    Track TrackOf(ElementId id)
    {
        var (x, y) = (First.Track(id), Second.Track(id));
        var known = x ?? y ?? throw new InvalidOperationException($"Track {id} is in neither base.");
        if (x is null || y is null || (Ours.Track(id) ?? Theirs.Track(id), Theirs.Track(id) ?? Ours.Track(id)) is not ({ } a, { } b)) return known;
        var rule = RuleFor(id, $"track {known.Name}");
        return x with
        {
            Name = rule.Pick(x.Name, y.Name, a.Name, b.Name),
            Kind = rule.Pick(x.Kind, y.Kind, a.Kind, b.Kind),
            Enabled = rule.Pick(x.Enabled, y.Enabled, a.Enabled, b.Enabled),
            Effects = rule.Effects(x.Effects, y.Effects, a.Effects, b.Effects),
            Markers = rule.Markers(x.Markers, y.Markers, a.Markers, b.Markers),
            EditPoints = rule.EditPoints(x, y, a, b),
            Node = rule.Node(x.Node, y.Node, a.Node, b.Node, NodeFields.OfTrack),
        };
    }

    /// <summary>The elements with their leads; null when the second base's ripples cannot be told apart well enough.</summary>
    Dictionary<ElementId, List<Element>>? Rows()
    {
        var rows = new Dictionary<ElementId, List<Element>>();
        var placed = _kept.Values.Select(e => (Element: e, Place: PlaceOf(e.Id))).Where(p => HasTrack(p.Place.Track)).GroupBy(p => p.Place.Track);
        foreach (var track in placed)
        {
            var (row, time) = (new List<Element>(), Flicks.Zero);
            foreach (var (element, place) in track.OrderBy(p => p.Place.Start).ThenByDescending(p => p.Element.Duration.IsZero))
            {
                if (place.Start < time) return null;
                row.Add(element with { Lead = Lead(element.Id, place.Start - time) });
                time = place.Start + element.Duration;
            }

            rows[track.Key] = row;
        }

        return rows;
    }

    Space Lead(ElementId id, Flicks duration) =>
        new[] { First.Find(id), Second.Find(id) }.FirstOrDefault(p => p?.Element.Lead.Duration == duration)?.Element.Lead ?? Space.Of(duration);

    (ElementId Track, Flicks Start) PlaceOf(ElementId id)
    {
        if (!_placedBySecond.Contains(id) && First.Find(id) is { } first)
        {
            var head = IsTimedBySecond(id) ? _change.InPlaceHead(id) : Flicks.Zero;
            return (first.Track.Id, first.Start + head + Shift(first.Track.Id, first.Start, chosen: true));
        }

        var second = Second.Find(id) ?? throw new InvalidOperationException($"{id} is in neither base.");
        var at = _change.BaseTime(id);
        return (second.Track.Id, second.Start - Shift(second.Track.Id, at, chosen: false));
    }

    /// <summary>The sum of the second base's ripples up to a moment: of those that count here, or of the others.</summary>
    Flicks Shift(ElementId track, Flicks moment, bool chosen)
    {
        if (!_events.TryGetValue(track, out var events)) _events[track] = events = [.. _change.Events(track)];
        return events.Where(e => e.At <= moment && Counts(e) == chosen).Aggregate(Flicks.Zero, (sum, e) => sum + e.Delta);
    }

    bool IsTimedBySecond(ElementId id) =>
        Second.Find(id) is { } second && _kept.TryGetValue(id, out var kept) && BaseRule.Shown(kept) == BaseRule.Shown(second.Element);

    bool Counts(RippleEvent e) => e.Key.Cause switch
    {
        Cause.Deleted => !_kept.ContainsKey(e.Key.Element),
        Cause.Inserted => _kept.ContainsKey(e.Key.Element),
        Cause.MovedIn or Cause.MovedOut => _placedBySecond.Contains(e.Key.Element),
        Cause.TrimHead or Cause.TrimTail => IsTimedBySecond(e.Key.Element),
        _ => RuleFor(e.Key.Element, NameOf(e.Key.Element)).Pick(Flicks.Zero, e.Delta, Delta(_ours, e), Delta(_theirs, e)) == e.Delta,
    };

    string NameOf(ElementId id) => (First.Find(id) ?? Second.Find(id)) is { } placed ? Wording.Name(placed.Element) : "an element";

    static Flicks Delta(Displacement side, RippleEvent e) =>
        side.Events(e.Track).Where(own => own.Key == e.Key).Aggregate(Flicks.Zero, (sum, own) => sum + own.Delta);
}
