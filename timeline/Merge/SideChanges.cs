using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Changes of one side's cut, each counted against the cut as it was handed in, so that their order does not matter. What the
/// side rippled goes on rippling, what it left in place stays there.
/// </summary>
sealed class SideChanges(SideView side)
{
    readonly Dictionary<ElementId, Element> _elements = [];
    readonly Dictionary<ElementId, Flicks> _leads = [];
    readonly List<Placed> _restored = [];
    readonly Dictionary<ElementId, ElementId> _renamed = [];
    readonly Dictionary<ElementId, string> _links = [];
    readonly HashSet<ElementId> _tracks = [];

    /// <summary>How far a clip may grow before it runs into a neighbour that its side left where it was; null without limit.</summary>
    public static Flicks? Room(SideView side, ElementId id, TimingKind kind)
    {
        if (side.Find(id) is not { } placed || side.Base.Find(id) is not { } origin || kind is not (TimingKind.Head or TimingKind.Tail)) return null;
        if (!Rippled(side, placed, kind).IsZero) return null;
        var grown = placed.Element.Duration - origin.Element.Duration;
        if (kind == TimingKind.Head) return grown + placed.Element.Lead.Duration;
        return Next(placed) is { } next ? grown + next.Lead.Duration : null;
    }

    /// <summary>Makes a trim or slip of the side one of another amount, counted from the base.</summary>
    public void Trim(ElementId id, TimingKind kind, Flicks amount)
    {
        if (side.Find(id) is not { } placed || side.Base.Find(id) is not { } origin) return;
        var (element, was) = (placed.Element, origin.Element);
        if (kind == TimingKind.Slip)
        {
            _elements[id] = element with { SourceStart = was.SourceStart + amount };
            return;
        }

        var longer = was.Duration + amount - element.Duration;
        _elements[id] = element with
        {
            Duration = element.Duration + longer,
            SourceStart = kind == TimingKind.Head ? element.SourceStart - longer : element.SourceStart,
        };
        if (Rippled(side, placed, kind).IsZero)
        {
            if (kind == TimingKind.Head) Later(placed.Element, -longer);
            else if (Next(placed) is { } next) Later(next, -longer);
        }

        foreach (var e in EventsOf(id, kind == TimingKind.Head ? Cause.TrimHead : Cause.TrimTail, placed.Track.Id)) LaterFrom(e, longer);
    }

    /// <summary>Gives an element the effect that makes its speed.</summary>
    public void Retime(ElementId id, Effect speed)
    {
        if (side.Find(id) is not { } placed) return;
        var element = _elements.GetValueOrDefault(id, placed.Element);
        _elements[id] = element with { Effects = [.. element.Effects.Select(e => e.TimeScalar is null ? e : speed)] };
    }

    /// <summary>Puts an element that the side took out back to where the base has it.</summary>
    public void Restore(ElementId id)
    {
        if (side.Base.Find(id) is { } origin && side.Find(id) is null) PutBack(origin);
    }

    /// <summary>Gives a track back what the base has on it; what the side put there from elsewhere goes back too.</summary>
    public void PutBackTrack(ElementId track)
    {
        _tracks.Add(track);
        foreach (var placed in side.Cut.On(track))
            if (side.Base.Find(placed.Element.Id) is { } origin && origin.Track.Id != track) PutBack(origin);
    }

    void PutBack(Placed origin)
    {
        var id = origin.Element.Id;
        _restored.Add(origin);
        var own = side.Change.Events(origin.Track.Id).Where(e => e.Key.Element == id && e.Key.Cause is Cause.Deleted or Cause.MovedOut).Aggregate(Flicks.Zero, (sum, e) => sum + e.Delta);
        var room = origin.Element.Lead.Duration + origin.Element.Duration + own;
        if (StaysBehind(origin.Track.Id, origin.End) is { } next) Later(next, -room);
        foreach (var e in EventsOf(id, Cause.Deleted, origin.Track.Id)) LaterFrom(e, -e.Delta);
    }

    /// <summary>Makes elements others: new ids for them and all that hangs on them, the same on every machine.</summary>
    public void Rename(IEnumerable<ElementId> ids, string reason)
    {
        foreach (var id in ids)
        {
            _renamed[id] = NewId(id, reason);
            if (side.Find(id)?.Element.Link is { } link) _links[id] = string.Create(CultureInfo.InvariantCulture, $"{link}-{Birth.Of(link, Encoding.UTF8.GetBytes(reason)).Value:x16}");
        }
    }

    public Sequence Cut()
    {
        if (_tracks.Count == 0) return side.Cut.Sequence with { Tracks = [.. side.Cut.Sequence.Tracks.Select(Cut)] };
        var tracks = side.Cut.Sequence.Tracks.Select(t => _tracks.Contains(t.Id) ? side.Base.Track(t.Id) ?? t : WithoutReturned(Cut(t))).ToList();
        foreach (var (track, index) in side.Base.Sequence.Tracks.Select((t, i) => (t, i)).Where(t => _tracks.Contains(t.t.Id) && !side.Cut.HasTrack(t.t.Id)))
            tracks.Insert(Math.Min(index, tracks.Count), track);
        return side.Cut.Sequence with { Tracks = [.. tracks] };
    }

    /// <summary>A track without what went back to a track that was put back; what stands behind it stays in place.</summary>
    Track WithoutReturned(Track track)
    {
        bool Returned(ElementId id) => side.Base.Find(id) is { } origin && _tracks.Contains(origin.Track.Id);
        var row = ImmutableArray.CreateBuilder<Element>(track.Elements.Length);
        var hole = Flicks.Zero;
        foreach (var element in track.Elements)
        {
            if (Returned(element.Id))
            {
                hole += element.Lead.Duration + element.Duration;
                continue;
            }

            row.Add(hole.IsZero ? element : element with { Lead = Space.Of(element.Lead.Duration + hole) });
            hole = Flicks.Zero;
        }

        if (row.Count == track.Elements.Length) return track;
        var points = track.EditPoints.Where(p => !(p.Left is { } l && Returned(l)) && !(p.Right is { } r && Returned(r)));
        return track with { Elements = row.ToImmutable(), EditPoints = [.. points] };
    }

    Track Cut(Track track)
    {
        var row = track.Elements.Select(e => _elements.GetValueOrDefault(e.Id, e)).ToList();
        foreach (var origin in _restored.Where(o => o.Track.Id == track.Id).OrderBy(o => o.Start))
        {
            var before = side.Base.On(track.Id).Take(origin.Index).Select(p => row.FindIndex(e => e.Id == p.Element.Id)).DefaultIfEmpty(-1).Max();
            row.Insert(before + 1, origin.Element);
        }

        return track with
        {
            Elements = [.. row.Select(e => _leads.TryGetValue(e.Id, out var by) ? e with { Lead = Space.Of(e.Lead.Duration + by) } : e).Select(Renamed)],
            EditPoints = [.. track.EditPoints, .. track.EditPoints.Where(IsOnRenamed).Select(Renamed)],
        };
    }

    static ElementId NewId(ElementId id, string reason) => new(Birth.Of(id.ToString(), Encoding.UTF8.GetBytes(reason)).Value, id.Ordinal);

    Element Renamed(Element element)
    {
        if (!_renamed.TryGetValue(element.Id, out var id)) return element;
        return element with
        {
            Id = id,
            Link = _links.GetValueOrDefault(element.Id),
            Effects = [.. element.Effects.Select(e => e with { Id = NewId(e.Id, id.ToString()) })],
            Markers = [.. element.Markers.Select(m => m with { Id = NewId(m.Id, id.ToString()) })],
        };
    }

    bool IsOnRenamed(EditPoint point) => (point.Left is { } l && _renamed.ContainsKey(l)) || (point.Right is { } r && _renamed.ContainsKey(r));

    EditPoint Renamed(EditPoint point) => point with
    {
        Id = NewId(point.Id, $"{point.Left} {point.Right}"),
        Left = point.Left is { } l ? _renamed.GetValueOrDefault(l, l) : null,
        Right = point.Right is { } r ? _renamed.GetValueOrDefault(r, r) : null,
    };

    static Element? Next(Placed placed) =>
        placed.Index + 1 < placed.Track.Elements.Length ? placed.Track.Elements[placed.Index + 1] : null;

    /// <summary>What followed on the element's own track shifted by this because of the trim, wherever the element stands.</summary>
    static Flicks Rippled(SideView side, Placed placed, TimingKind kind) => side.Change.Events(placed.Track.Id)
        .Where(e => e.Key.Element == placed.Element.Id && e.Key.Cause is var cause && (cause == Cause.MovedIn || cause == (kind == TimingKind.Head ? Cause.TrimHead : Cause.TrimTail)))
        .Aggregate(Flicks.Zero, (sum, e) => sum + e.Delta);

    /// <summary>The shifts an element made on the tracks it does not stand on.</summary>
    IEnumerable<RippleEvent> EventsOf(ElementId id, Cause cause, ElementId own) =>
        from track in side.Cut.Sequence.Tracks
        where track.Id != own && side.Base.HasTrack(track.Id)
        from e in side.Change.Events(track.Id)
        where e.Key.Element == id && !e.Delta.IsZero && (e.Key.Cause == cause || (e.Key.Cause == Cause.MovedIn && cause != Cause.Deleted))
        select e;

    void LaterFrom(RippleEvent e, Flicks by)
    {
        if (StaysBehind(e.Track, e.At) is { } first) Later(first, by);
    }

    /// <summary>The first element of a track that stayed in order and stood at or after a moment of the base.</summary>
    Element? StaysBehind(ElementId track, Flicks at)
    {
        var behind = side.Cut.On(track).FirstOrDefault(p => side.Base.Find(p.Element.Id) is { } was && was.Track.Id == track && !side.Moved(p.Element.Id) && was.Start >= at);
        return behind?.Element;
    }

    void Later(Element element, Flicks by) => _leads[element.Id] = _leads.GetValueOrDefault(element.Id) + by;
}
