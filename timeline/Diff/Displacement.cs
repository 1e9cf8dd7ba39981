using CineGit.Timeline.Folding;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Why everything in a cut stands where it stands, compared with an earlier cut: for each track the ripple events, keyed by
/// their cause, whose sum is the shift of every element that stayed; and for what was inserted the earlier cut's time.
/// </summary>
sealed class Displacement
{
    readonly Dictionary<ElementId, List<RippleEvent>> _events = [];
    readonly Dictionary<ElementId, Flicks> _inPlaceHeads = [];
    readonly Dictionary<ElementId, Flicks> _baseTimes = [];
    readonly Dictionary<ElementId, ElementId> _covered = [];
    readonly List<Act> _acts = [];
    readonly List<Act> _common = [];
    HashSet<CauseKey> _slid = [];
    HashSet<ElementId> _slidElements = [];

    Displacement(Alignment alignment) => Alignment = alignment;

    public Alignment Alignment { get; }

    public static Displacement Of(Sequence before, Sequence after) => Of(Alignment.Of(before, after));

    public static Displacement Of(Alignment alignment)
    {
        var displacement = new Displacement(alignment);
        displacement.Explain();
        return displacement;
    }

    /// <summary>In order of time; causes that shifted nothing included.</summary>
    public IReadOnlyList<RippleEvent> Events(ElementId track) => _events.GetValueOrDefault(track) ?? [];

    /// <summary>True for a trim that gave or took the time for moving the element beside it.</summary>
    public bool MadeRoom(CauseKey trim) => _slid.Contains(trim);

    /// <summary>True for an element that was moved between its neighbours.</summary>
    public bool Slid(ElementId element) => _slidElements.Contains(element);

    /// <summary>By how much an element starts later because its head was trimmed and the hole left where it was.</summary>
    public Flicks InPlaceHead(ElementId element) => _inPlaceHeads.GetValueOrDefault(element);

    /// <summary>Where an inserted or moved-in element stands in the earlier cut's time.</summary>
    public Flicks BaseTime(ElementId element) => _baseTimes.GetValueOrDefault(element);

    /// <summary>The element over whose tail an inserted or moved-in one was laid, so that it begins where that ends; null for others.</summary>
    public ElementId? CoveredBy(ElementId element) => _covered.TryGetValue(element, out var under) ? under : null;

    /// <summary>The shift of what stands at a moment of the earlier cut, on one track.</summary>
    public Flicks ShiftAt(ElementId track, Flicks baseTime) =>
        Events(track).Where(e => e.At <= baseTime).Aggregate(Flicks.Zero, (sum, e) => sum + e.Delta);

    /// <summary>How far a cause moved what follows on its own track; zero when it did not, or nothing follows.</summary>
    public Flicks RippleOf(CauseKey key, ElementId track)
    {
        foreach (var e in Events(track))
        {
            if (e.Key == key) return Alignment.Anchors(track) is [.., var last] && last.Before.Start >= e.At ? e.Delta : Flicks.Zero;
        }

        return Flicks.Zero;
    }

    /// <summary>The shift at a moment of the earlier cut that most tracks share: what sequence markers follow.</summary>
    public Flicks CommonShiftAt(Flicks baseTime) =>
        _common.Where(a => a.Moment <= baseTime).Aggregate(Flicks.Zero, (sum, a) => sum + a.Event.Delta);

    /// <summary>The earlier cut's time of a moment of the later one, by the shift that most tracks share.</summary>
    public Flicks BaseTimeOfMoment(Flicks moment) =>
        Invert(moment, _common.Select(a => a.Event with { At = a.Moment }).OrderBy(e => e.At));

    /// <summary>
    /// The events that a track without evidence takes part in: those that at least half of the tracks with something later
    /// on them follow.
    /// </summary>
    public IEnumerable<RippleEvent> CommonEvents(ElementId track) => _common.Select(a => a.Event with { Track = track });

    /// <param name="act">The act.</param>
    /// <param name="ends">The tracks on which something stayed, and where the last of it stands.</param>
    static bool IsCommon(Act act, List<(ElementId Track, Flicks Start)> ends)
    {
        var later = ends.FindAll(e => e.Start >= act.Event.At);
        return act.Joined.Count(track => later.Exists(e => e.Track == track)) * 2 >= later.Count;
    }

    void Explain()
    {
        var rows = Alignment.Before.Sequence.Tracks
            .Where(t => Alignment.After.HasTrack(t.Id))
            .Select(t => new TrackRegions(Alignment, t.Id))
            .ToList();
        Read(rows);
        foreach (var row in rows)
        {
            _events[row.Track] = [.. row.Events()];
            foreach (var (element, shift) in row.InPlaceHeads()) _inPlaceHeads[element] = shift;
        }

        JoinActs();
        JoinOpenEnds(rows);
        foreach (var track in Alignment.After.Sequence.Tracks) FindBaseTimes(track.Id);
    }

    /// <summary>
    /// The fullest track first: there a step shows its cause. The others are read by what is known then, and all once more by
    /// what all of them show; at last empty time that came or went on several tracks at once is taken as one act.
    /// </summary>
    void Read(List<TrackRegions> rows)
    {
        var known = new HashSet<TrackRegions>();
        foreach (var row in rows.OrderByDescending(r => r.Filled))
        {
            row.Read(Shown(rows.Where(known.Contains)));
            known.Add(row);
        }

        foreach (var row in rows) row.Read(Shown(rows.Where(r => r != row)));
        ReadSlides(rows);
        foreach (var row in rows.Where(r => r.HasResiduals || r.IsOutOfLine)) row.Read(Shown(rows.Where(r => r != row), [.. rows.TakeWhile(r => r != row)]));
        _acts.AddRange(ActsOf(rows, (row, own) => !own.Key.IsSpace || row.IsLasting(own.Key)));
    }

    /// <summary>What looks like a slide ripples nothing. Where other tracks then move by as much behind it for no reason, it was none.</summary>
    void ReadSlides(List<TrackRegions> rows)
    {
        var byTrack = rows.ToDictionary(r => r.Track, r => r.Events());
        var slides = new Slides(Alignment, track => byTrack.GetValueOrDefault(track) ?? []).Find();
        if (slides.Count == 0) return;
        var known = rows.SelectMany(r => r.Residuals).ToHashSet();
        TakeAsSlid(rows, slides);
        var left = rows.SelectMany(r => r.Residuals).Where(r => !known.Contains(r)).ToList();
        if (slides.RemoveAll(s => left.Exists(r => r.Amount == s.Amount && r.At > s.At)) > 0) TakeAsSlid(rows, slides);
    }

    void TakeAsSlid(List<TrackRegions> rows, List<Slide> slides)
    {
        _slidElements = [.. slides.Select(s => s.Element)];
        _slid = [.. slides.SelectMany(s => (CauseKey[])[s.Tail, s.Head])];
        foreach (var row in rows) row.Read(Shown(rows.Where(r => r != row)));
    }

    /// <summary>The acts that something behind them shows to have rippled.</summary>
    /// <param name="rows">Tracks in the order of the cut.</param>
    /// <param name="spaces">Those of them whose empty time counts as an act too.</param>
    List<Act> Shown(IEnumerable<TrackRegions> rows, params HashSet<TrackRegions> spaces) =>
        ActsOf(rows, (row, own) => !row.IsOpenCause(own.Key) && (!own.Key.IsSpace || (spaces.Contains(row) && row.IsLasting(own.Key))));

    /// <summary>
    /// One act of an editor ripples several tracks at once: their own causes at one time with one amount are one. The first
    /// track of the cut names it, so that two cuts name it alike.
    /// </summary>
    List<Act> ActsOf(IEnumerable<TrackRegions> rows, Func<TrackRegions, RippleEvent, bool> counts)
    {
        var acts = new List<Act>();
        var alike = new Dictionary<Trace, List<Act>>();
        foreach (var row in rows)
        {
            foreach (var own in row.Acting())
            {
                if (_slid.Contains(own.Key) || !counts(row, own)) continue;
                if (!alike.TryGetValue(own.Trace, out var same)) alike.Add(own.Trace, same = []);
                var act = same.Find(a => !a.Moved(row.Track));
                if (act is null)
                {
                    acts.Add(act = new(own));
                    same.Add(act);
                }

                act.Join(row.Track);
            }
        }

        return acts;
    }

    void JoinActs()
    {
        foreach (var (track, events) in _events)
        {
            var keys = events.Select(e => e.Key).ToHashSet();
            foreach (var act in _acts.Where(a => keys.Contains(a.Event.Key))) act.Join(track);
        }

        var ends = new List<(ElementId Track, Flicks Start)>();
        foreach (var track in Alignment.Before.Sequence.Tracks)
        {
            if (Alignment.Anchors(track.Id) is [.., var last]) ends.Add((track.Id, last.Before.Start));
        }

        _common.AddRange(_acts.Where(a => IsCommon(a, ends) && !(a.Joined.Count == 1 && IsPushOfLast(a.Event))));
    }

    /// <summary>After its last element a track shows nothing of what it follows; it follows what the others follow.</summary>
    void JoinOpenEnds(List<TrackRegions> rows)
    {
        foreach (var row in rows)
        {
            var end = row.LastAnchorStart;
            var events = _events[row.Track];
            var common = CommonEvents(row.Track).ToList();
            for (var i = 0; i < events.Count; i++)
            {
                var own = events[i];
                if (row.IsOpenCause(own.Key) && !common.Exists(c => c.At == own.At && c.Delta == own.Delta)) events[i] = own with { Delta = Flicks.Zero };
            }

            AddReturn(row.Track, events, common);
            foreach (var shared in common)
            {
                if (end is { } last && shared.At <= last) continue;
                if (!events.Exists(e => e.Key == shared.Key || (e.At == shared.At && e.Delta == shared.Delta))) events.Add(shared);
            }

            events.Sort((a, b) => a.At.CompareTo(b.At));
        }
    }

    /// <summary>
    /// The last element of a track alone shows nothing of what would stand behind it. When no other track shows that it was
    /// followed, it was pushed, and what comes behind it stays.
    /// </summary>
    void AddReturn(ElementId track, List<RippleEvent> events, List<RippleEvent> common)
    {
        var push = events.FindIndex(IsPushOfLast);
        if (push < 0 || common.Exists(c => c.At == events[push].At && c.Delta == events[push].Delta)) return;
        var end = Alignment.Anchors(track)[^1].Before.End;
        events.Add(new(new(Cause.SpaceAfter, events[push].Key.Element), track, end, -events[push].Delta, new(end, Flicks.Zero)));
    }

    bool IsPushOfLast(RippleEvent e) =>
        e.Key.Cause == Cause.SpaceBefore && !e.Delta.IsZero
        && Alignment.Anchors(e.Track) is [.., { Before: var last }] && last.Element.Id == e.Key.Element && StandIn.CountOf(last.Element) == 1;

    void FindBaseTimes(ElementId track)
    {
        var events = Alignment.Before.HasTrack(track) ? Events(track) : [.. CommonEvents(track).OrderBy(e => e.At)];
        var arrivals = events.Select(e => ArrivalOn(track, e.Key)).ToList();
        var anchors = Alignment.Anchors(track);
        var next = 0;
        var row = Alignment.After.On(track);
        for (var i = 0; i < row.Count; i++)
        {
            if (next < anchors.Count && anchors[next].After.Index == i)
            {
                next++;
                continue;
            }

            var time = Invert(row[i].Start, Before(i));
            if (next < anchors.Count) time = Flicks.Min(time, anchors[next].Before.Start);
            _baseTimes[row[i].Element.Id] = next > 0 ? Flicks.Max(time, EndInPlace(anchors[next - 1], events)) : time;
            if (next > 0 && anchors[next - 1] is var before && before.After.Index == i - 1 && before.After.End == row[i].Start && EndInPlace(before, events) < before.Before.End)
                _covered[row[i].Element.Id] = before.Before.Element.Id;
        }

        IEnumerable<RippleEvent> Before(int index) => events.Where((_, e) => arrivals[e] < index);
    }

    /// <summary>
    /// The moment of the earlier cut from which on something stands behind an element. What was laid over the tail of one, and
    /// so trimmed it where it stands, was put at the moment in it where it begins.
    /// </summary>
    static Flicks EndInPlace((Placed Before, Placed After) anchor, IReadOnlyList<RippleEvent> events)
    {
        var (was, now) = anchor;
        var timing = Timing.Between(was.Element, now.Element);
        var isCovered = timing.Kind is not (TimingKind.Same or TimingKind.Slip) && timing.Tail.IsNegative
            && events.All(e => e.Key != new CauseKey(Cause.TrimTail, was.Element.Id) || e.Delta.IsZero);
        return isCovered ? was.End + timing.Tail : was.End;
    }

    /// <summary>The index of the element that came to a track and so caused an event; -1 for other causes.</summary>
    int ArrivalOn(ElementId track, CauseKey key) =>
        key.IsArrival && Alignment.After.Find(key.Element) is { } placed && placed.Track.Id == track ? placed.Index : -1;

    /// <summary>What stands inside time that an event added belongs to the moment of the event.</summary>
    static Flicks Invert(Flicks after, IEnumerable<RippleEvent> events)
    {
        var shift = Flicks.Zero;
        foreach (var e in events)
        {
            var unshifted = after - shift;
            if (unshifted - e.Delta < e.At) return Flicks.Min(unshifted, e.Delta > Flicks.Zero ? e.At : unshifted);
            shift += e.Delta;
        }

        return after - shift;
    }
}
