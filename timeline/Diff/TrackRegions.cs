using CineGit.Timeline.Folding;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>One track cut into the regions between elements that stayed, and how the steps across them are read.</summary>
sealed class TrackRegions
{
    /// <summary>Nobody pushes more elements along a track; a gap that opened before them and one that closed behind them are two acts.</summary>
    public const int MostPushed = 12;

    readonly Alignment _alignment;
    readonly List<Region> _regions = [];
    readonly HashSet<Trace> _own;
    readonly HashSet<CauseKey> _causes;
    readonly HashSet<CauseKey> _openCauses;
    readonly HashSet<CauseKey> _lasting = [];
    IReadOnlyList<Reading> _readings = [];
    List<RippleEvent> _acts = [];
    List<RippleEvent>? _events;
    List<RippleEvent>? _acting;

    public TrackRegions(Alignment alignment, ElementId track)
    {
        _alignment = alignment;
        Track = track;
        var anchors = alignment.Anchors(track);
        for (var i = 0; i <= anchors.Count; i++)
        {
            var left = i > 0 ? anchors[i - 1] : ((Placed, Placed)?)null;
            var right = i < anchors.Count ? anchors[i] : ((Placed, Placed)?)null;
            _regions.Add(new(left, right, FindCauses(left, right)));
        }

        var own = _regions.Where(r => r.Own.Count > 0).SelectMany(r => r.Own).ToList();
        _own = [.. own.Select(o => o.Trace)];
        _causes = [.. own.Select(o => o.Key)];
        _openCauses = [.. _regions[^1].Own.Select(o => o.Key)];
        Filled = alignment.Before.On(track).Sum(p => StandIn.FilledOf(p.Element));
    }

    public ElementId Track { get; }

    /// <summary>How many elements of the earlier cut stand right behind another. Where nothing is empty, a step has its cause on the track itself.</summary>
    public int Filled { get; }

    public Flicks? LastAnchorStart => _regions[^1].Left?.Before.Start;

    /// <summary>True when empty time came or went that no cause accounts for.</summary>
    public bool HasResiduals => _readings.Any(r => !r.Residual.IsZero);

    /// <summary>Each with the start of the element that shows it, in the earlier cut.</summary>
    public IEnumerable<(ElementId Track, Flicks At, Flicks Amount)> Residuals =>
        _regions.Zip(_readings).Where(r => !r.Second.Residual.IsZero).Select(r => (Track, r.First.RightStart, r.Second.Residual));

    /// <summary>True when what moved other tracks did not move this one, though something stands behind it that would show it.</summary>
    public bool IsOutOfLine
    {
        get
        {
            var followed = _readings.Where(r => !r.Followed.IsEmpty).SelectMany(r => r.Followed).Select(a => a.Event.Key).ToHashSet();
            return LastAnchorStart is { } last && _acts.Exists(a => a.At <= last && !followed.Contains(a.Key));
        }
    }

    public bool IsOpenCause(CauseKey key) => _openCauses.Contains(key);

    /// <summary>The elements whose head was trimmed where they stand, and by how much they start later for it.</summary>
    public IEnumerable<(ElementId Element, Flicks Shift)> InPlaceHeads() =>
        from pair in _regions.Zip(_readings)
        where pair.Second.RightInPlace && pair.First.Right is not null
        select (pair.First.Right.GetValueOrDefault().Before.Element.Id, -pair.First.RightHead);

    /// <param name="acts">What rippled on other tracks, each act of an editor once.</param>
    public void Read(IEnumerable<Act> acts)
    {
        var foreign = acts.Where(a => IsForeign(a.Event.Key)).ToList();
        var events = foreign.ConvertAll(a => a.Event);
        if (_readings.Count > 0 && events.SequenceEqual(_acts)) return;
        _acts = events;
        (_events, _acting) = (null, null);
        _readings = new TrackReading(_regions, _own, foreign).Best();
        FindLasting();
    }

    /// <summary>True for empty time that came or went for all that stands behind it, not just for a stretch that was pushed.</summary>
    public bool IsLasting(CauseKey space) => _lasting.Contains(space);

    void FindLasting()
    {
        _lasting.Clear();
        var steps = new List<(CauseKey Key, int Place, Flicks Before, Flicks After)>();
        var place = 0;
        for (var i = 0; i < _regions.Count; i++)
        {
            if (_regions[i].Left is { } left) place += StandIn.CountOf(left.Before.Element);
            if (_readings[i].Residual.IsZero) continue;
            var apart = steps is [.., var last] ? last.After : Flicks.Zero;
            steps.Add((Space(_regions[i], apart, _readings[i].Residual).Key, place, apart, apart + _readings[i].Residual));
        }

        for (var i = 0; i < steps.Count; i++)
        {
            var (key, at, before, after) = steps[i];
            var isPush = steps[..i].Exists(s => s.Before == after && at - s.Place <= MostPushed)
                || steps[(i + 1)..].Exists(s => s.After == before && s.Place - at <= MostPushed);
            if (!isPush) _lasting.Add(key);
        }
    }

    /// <summary>True for causes that stand on another track.</summary>
    public bool IsForeign(CauseKey key) =>
        !_causes.Contains(key) && (!key.IsSpace || _alignment.Before.Find(key.Element)?.Track.Id != Track);

    RippleEvent[] FindCauses((Placed Before, Placed After)? left, (Placed Before, Placed After)? right)
    {
        var timing = left is { } anchor ? Timing.Between(anchor.Before.Element, anchor.After.Element) : default;
        var isTrimmed = timing.Kind is not (TimingKind.Same or TimingKind.Slip);
        var (gone, come) = (_alignment.Before.On(Track), _alignment.After.On(Track));
        var (firstGone, endGone) = (left?.Before.Index + 1 ?? 0, right?.Before.Index ?? gone.Count);
        var (firstCome, endCome) = (left?.After.Index + 1 ?? 0, right?.After.Index ?? come.Count);
        if (!isTrimmed && firstGone == endGone && firstCome == endCome) return [];
        var causes = new List<RippleEvent>();
        if (isTrimmed && left is { } trimmed) AddTrims(causes, trimmed.Before, timing);
        for (var i = firstGone; i < endGone; i++)
        {
            var id = gone[i].Element.Id;
            var cause = _alignment.After.Find(id) is null ? Cause.Deleted : Cause.MovedOut;
            causes.Add(new(new(cause, id), Track, gone[i].End, -gone[i].Element.Duration, gone[i].Range));
        }

        foreach (var (arrival, at) in _alignment.Arrivals(Track, left, right))
        {
            var id = arrival.Element.Id;
            var cause = _alignment.Before.Find(id) is null ? Cause.Inserted : Cause.MovedIn;
            causes.Add(new(new(cause, id), Track, at, arrival.Element.Duration, new(at, Flicks.Zero)));
        }

        return [.. causes];
    }

    void AddTrims(List<RippleEvent> causes, Placed before, Timing timing)
    {
        var id = before.Element.Id;
        if (!timing.Head.IsZero)
        {
            var removed = Flicks.Min(Flicks.Max(-timing.Head, Flicks.Zero), before.Element.Duration);
            var at = before.Start + Flicks.Max(removed, Region.OneFlick);
            causes.Add(new(new(Cause.TrimHead, id), Track, at, timing.Head, new(before.Start, removed)));
        }

        if (!timing.Tail.IsZero)
        {
            var removed = Flicks.Min(Flicks.Max(-timing.Tail, Flicks.Zero), before.Element.Duration);
            causes.Add(new(new(Cause.TrimTail, id), Track, before.End, timing.Tail, new(before.End - removed, removed)));
        }
    }

    /// <summary>The events that moved this track by a cause of its own.</summary>
    public IReadOnlyList<RippleEvent> Acting() => _acting ??= [.. Events().Where(e => !e.Delta.IsZero && !IsForeign(e.Key))];

    /// <summary>All events of this track, in order of time.</summary>
    public IReadOnlyList<RippleEvent> Events() => _events ??= FindEvents();

    List<RippleEvent> FindEvents()
    {
        var events = new List<RippleEvent>();
        var apart = Flicks.Zero;
        for (var i = 0; i < _regions.Count; i++)
        {
            var (region, reading) = (_regions[i], _readings[i]);
            for (var o = 0; o < region.Own.Count; o++)
            {
                var own = region.Own[o];
                events.Add(own with { At = region.Clamp(own.At), Delta = reading.Rippled.Any(r => r.Key == own.Key) ? own.Delta : Flicks.Zero });
            }

            foreach (var followed in reading.Followed) events.Add(followed.Event with { Track = Track, At = region.Clamp(followed.Event.At) });
            if (reading.Residual.IsZero) continue;
            if (IsBetweenPushes(i, apart)) events.AddRange(Return(region, -apart), Space(region, Flicks.Zero, apart + reading.Residual));
            else events.Add(Space(region, apart, reading.Residual));
            apart += reading.Residual;
        }

        return [.. events.OrderBy(e => e.At)];
    }

    /// <summary>True where one stretch that was pushed ends and the next begins: between the two everything stands as it stood.</summary>
    bool IsBetweenPushes(int region, Flicks apart)
    {
        var after = apart + _readings[region].Residual;
        if (apart.IsZero || after.IsZero || _regions[region].Left is null) return false;
        return _readings.Skip(region + 1).FirstOrDefault(r => !r.Residual.IsZero) is { } next && (after + next.Residual).IsZero;
    }

    RippleEvent Return(Region region, Flicks by)
    {
        var left = region.Left?.Before ?? throw new InvalidOperationException("Nothing was pushed before the start of a track.");
        return new(new(Cause.SpaceAfter, left.Element.Id), Track, left.End, by, new(left.End, Flicks.Zero));
    }

    RippleEvent Space(Region region, Flicks apart, Flicks residual)
    {
        if (region.Left is not null && (apart + residual).Magnitude < apart.Magnitude) return Return(region, residual);

        var right = region.Right?.Before ?? throw new InvalidOperationException("Only a region with a right end has a measured step.");
        return new(new(Cause.SpaceBefore, right.Element.Id), Track, right.Start, residual, new(right.Start, Flicks.Zero));
    }
}
