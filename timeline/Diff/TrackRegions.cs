using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// One track cut into the regions between elements that stayed. Across each region the shift of the track steps by some
/// amount; the step is explained by the causes in the region, by events of other tracks at that time, and what is left over
/// is empty time that somebody added or removed.
/// </summary>
sealed class TrackRegions
{
    /// <summary>More causes than this in one region are taken together or not at all.</summary>
    const int MaxSubset = 12;

    static readonly Flicks OneFlick = new(1);

    readonly Alignment _alignment;
    readonly List<Region> _regions = [];
    readonly Dictionary<ElementId, Flicks> _inPlaceHeads = [];

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
    }

    public ElementId Track { get; }

    public IReadOnlyDictionary<ElementId, Flicks> InPlaceHeads => _inPlaceHeads;

    public Flicks? LastAnchorStart => _regions[^1].Left?.Before.Start;

    sealed class Region((Placed Before, Placed After)? left, (Placed Before, Placed After)? right, List<RippleEvent> own)
    {
        public (Placed Before, Placed After)? Left { get; } = left;

        public (Placed Before, Placed After)? Right { get; } = right;

        /// <summary>Every cause in this region with the shift it would have if it rippled.</summary>
        public List<RippleEvent> Own { get; } = own;

        public HashSet<CauseKey> Rippled { get; } = [];

        public List<RippleEvent> Foreign { get; } = [];

        public Flicks Step { get; set; }

        public bool IsExplained { get; set; }

        public Flicks Residual { get; set; }

        public Flicks LeftStart => Left?.Before.Start ?? new Flicks(-1);

        public Flicks RightStart => Right?.Before.Start ?? Flicks.MaxValue;

        public void Take(IEnumerable<RippleEvent> causes)
        {
            foreach (var cause in causes) Rippled.Add(cause.Key);
            IsExplained = true;
        }
    }

    public bool IsOpenCause(CauseKey key) => _regions[^1].Own.Exists(o => o.Key == key);

    List<RippleEvent> FindCauses((Placed Before, Placed After)? left, (Placed Before, Placed After)? right)
    {
        var causes = new List<RippleEvent>();
        if (left is { } l)
        {
            var timing = Timing.Between(l.Before.Element, l.After.Element);
            if (timing.Kind is not (TimingKind.Same or TimingKind.Slip)) AddTrims(causes, l.Before, timing);
        }

        var gone = _alignment.Before.On(Track);
        for (var i = (left?.Before.Index ?? -1) + 1; i < (right?.Before.Index ?? gone.Count); i++)
        {
            var id = gone[i].Element.Id;
            var cause = _alignment.After.Find(id) is null ? Cause.Deleted : Cause.MovedOut;
            causes.Add(new(new(cause, id), Track, gone[i].End, -gone[i].Element.Duration, gone[i].Range));
        }

        var here = _alignment.After.On(Track);
        var offset = (left?.Before.End ?? Flicks.Zero) - (left?.After.End ?? Flicks.Zero);
        for (var i = (left?.After.Index ?? -1) + 1; i < (right?.After.Index ?? here.Count); i++)
        {
            var id = here[i].Element.Id;
            var cause = _alignment.Before.Find(id) is null ? Cause.Inserted : Cause.MovedIn;
            var at = Flicks.Max(left?.Before.End ?? Flicks.Zero, Flicks.Min(here[i].Start + offset, right?.Before.Start ?? Flicks.MaxValue));
            causes.Add(new(new(cause, id), Track, at, here[i].Element.Duration, new(at, Flicks.Zero)));
            offset -= here[i].Element.Duration;
        }

        return causes;
    }

    void AddTrims(List<RippleEvent> causes, Placed before, Timing timing)
    {
        var id = before.Element.Id;
        if (!timing.Head.IsZero)
        {
            var removed = Flicks.Min(Flicks.Max(-timing.Head, Flicks.Zero), before.Element.Duration);
            var at = before.Start + Flicks.Max(removed, OneFlick);
            causes.Add(new(new(Cause.TrimHead, id), Track, at, timing.Head, new(before.Start, removed)));
        }

        if (!timing.Tail.IsZero)
        {
            var removed = Flicks.Min(Flicks.Max(-timing.Tail, Flicks.Zero), before.Element.Duration);
            causes.Add(new(new(Cause.TrimTail, id), Track, before.End, timing.Tail, new(before.End - removed, removed)));
        }
    }

    public void ExplainByOwnCauses()
    {
        var shift = Flicks.Zero;
        foreach (var region in _regions)
        {
            if (region.Left is { } left && _inPlaceHeads.ContainsKey(left.Before.Element.Id))
                region.Own.RemoveAll(o => o.Key == new CauseKey(Cause.TrimHead, left.Before.Element.Id) && Hold(region, o));
            if (region.Right is not { } right)
            {
                region.Take(region.Own.Where(o => o.Key.Cause is not (Cause.Inserted or Cause.MovedIn)));
                return;
            }

            var standing = right.After.Start - right.Before.Start;
            var head = Timing.Between(right.Before.Element, right.After.Element).Head;
            region.Step = standing - shift;
            if (!head.IsZero && StandsInPlace(region, head))
            {
                _inPlaceHeads[right.Before.Element.Id] = -head;
                region.Step += head;
                standing += head;
            }

            if (Subset(region.Own, region.Step) is { } causes) region.Take(causes);
            shift = standing;
        }
    }

    readonly List<RippleEvent> _held = [];

    /// <summary>A head trimmed in place keeps its cause on record, with no shift.</summary>
    bool Hold(Region region, RippleEvent cause)
    {
        _held.Add(cause with { Delta = Flicks.Zero, At = Flicks.Min(cause.At, region.RightStart) });
        return true;
    }

    static bool StandsInPlace(Region region, Flicks head) =>
        (region.Step + head).IsZero || (Subset(region.Own, region.Step) is null && Subset(region.Own, region.Step + head) is not null);

    /// <summary>
    /// Which of the causes add up to the step: none, all, else the first fitting choice. Null when no choice does.
    /// </summary>
    static List<RippleEvent>? Subset(List<RippleEvent> causes, Flicks step)
    {
        if (step.IsZero) return [];
        if (Sum(causes) == step) return causes;
        if (causes.Count > MaxSubset) return null;
        for (var mask = 1; mask < 1 << causes.Count; mask++)
        {
            var chosen = causes.Where((_, i) => (mask & (1 << i)) != 0).ToList();
            if (Sum(chosen) == step) return chosen;
        }

        return null;
    }

    static Flicks Sum(IEnumerable<RippleEvent> causes) => causes.Aggregate(Flicks.Zero, (sum, c) => sum + c.Delta);

    /// <param name="events">What rippled on any track, each act of an editor once.</param>
    public void ExplainByOthers(List<RippleEvent> events)
    {
        var used = new HashSet<CauseKey>(_regions.SelectMany(r => r.Own).Select(o => o.Key));
        foreach (var region in _regions)
        {
            if (region.Right is null) continue;
            var near = events
                .Where(e => !used.Contains(e.Key) && e.Extent.Start <= region.RightStart && !Ends(e.Extent, region.LeftStart))
                .Where(e => !region.Own.Exists(o => o.At == e.At && o.Key.Cause == e.Key.Cause))
                .ToList();
            if (!region.IsExplained) Explain(region, near);
            else if (region.Own.Count == 0 && near.Count > 1 && Sum(near).IsZero) region.Foreign.AddRange(near);
            used.UnionWith(region.Foreign.Select(f => f.Key));
        }
    }

    static bool Ends(TimeRange extent, Flicks before) => extent.End <= before;

    static void Explain(Region region, List<RippleEvent> near)
    {
        foreach (var own in (List<RippleEvent>[])[[], region.Own])
        {
            var rest = region.Step - Sum(own);
            if (rest.IsZero || Subset(near, rest) is not { } joined) continue;
            region.Take(own);
            region.Foreign.AddRange(joined);
            return;
        }

        var all = region.Step - Sum(region.Own);
        var takeAll = Magnitude(all) < Magnitude(region.Step);
        if (takeAll) region.Take(region.Own);
        region.Residual = takeAll ? all : region.Step;
    }

    static Flicks Magnitude(Flicks amount) => amount.IsNegative ? -amount : amount;

    /// <summary>All events of this track, in order of time.</summary>
    public List<RippleEvent> Events()
    {
        var events = new List<RippleEvent>(_held);
        var apart = Flicks.Zero;
        foreach (var region in _regions)
        {
            foreach (var own in region.Own)
            {
                var at = Clamp(region, own.At);
                events.Add(own with { At = at, Delta = region.Rippled.Contains(own.Key) ? own.Delta : Flicks.Zero });
            }

            events.AddRange(region.Foreign.Select(f => f with { Track = Track, At = Clamp(region, f.At) }));
            if (region.Residual.IsZero) continue;
            events.Add(Space(region, apart));
            apart += region.Residual;
        }

        return [.. events.OrderBy(e => e.At)];
    }

    RippleEvent Space(Region region, Flicks apart)
    {
        if (region.Left is { } left && Magnitude(apart + region.Residual) < Magnitude(apart))
        {
            return new(new(Cause.SpaceAfter, left.Before.Element.Id), Track, left.Before.End, region.Residual, new(left.Before.End, Flicks.Zero));
        }

        var right = region.Right?.Before ?? throw new InvalidOperationException("Only a region with a right end has a measured step.");
        return new(new(Cause.SpaceBefore, right.Element.Id), Track, right.Start, region.Residual, new(right.Start, Flicks.Zero));
    }

    static Flicks Clamp(Region region, Flicks at) => Flicks.Max(region.LeftStart + OneFlick, Flicks.Min(at, region.RightStart));
}
