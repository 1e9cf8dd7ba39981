using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>
/// Hangs connected items on what plays under their start, or on its neighbour where that was so; then an item goes with what it
/// hangs on when Final Cut moves that.
/// </summary>
internal sealed class FcpxmlAnchoring(List<FcpxmlPlan> primary, List<FcpxmlPlan> connected, FcpxmlFrame frame)
{
    const int MostLevels = 64;

    readonly Dictionary<int, List<(FcpxmlHold Hold, FcpxmlPlan Plan)>> _lanes = [];

    Flicks PrimaryEnd => primary.Count == 0 ? Flicks.Zero : primary[^1].End;

    public void Hang()
    {
        foreach (var plan in primary.Where(p => !p.IsTransition)) Offer(plan, 0);
        foreach (var plan in connected)
        {
            foreach (var item in plan.Items.Count > 0 ? plan.Items.Where(i => !i.IsTransition) : [plan]) Offer(item, plan.Lane);
        }

        foreach (var lane in _lanes.Values) lane.Sort((a, b) => a.Hold.Start != b.Hold.Start ? a.Hold.Start.CompareTo(b.Hold.Start) : a.Hold.Row.CompareTo(b.Hold.Row));
        var end = PrimaryEnd;
        var late = connected.Where(c => HolderOf(c, end) is null).ToList();
        if (late.Count > 0) AddTail(late.Max(l => l.End), end);
        foreach (var plan in connected) Attach(plan, HolderOf(plan, end) ?? primary[^1]);
        foreach (var holder in primary.Concat(connected.SelectMany(c => c.Items.Count > 0 ? c.Items : [c]))) Order(holder);
    }

    /// <summary>FCPXML has markers on items only: each goes to what plays in the primary storyline at its time.</summary>
    public void Mark(IEnumerable<OtioObject> markers, FcpxmlTarget target, string place)
    {
        var index = 0;
        foreach (var marker in markers)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{place}/markers/{index++}");
            if (FcpxmlLocal.Section(marker)?.Flag(FcpxmlKeys.Sequence) is true) continue;
            var start = OtioTimes.TryReadRange(marker["marked_range"], out var range) ? range.Start : Flicks.Zero;
            var holds = _lanes.GetValueOrDefault(0);
            if (holds is null)
            {
                target.Warn(DiagnosticCodes.FcpxmlLeftOut, at, $"The marker \"{marker.Text("name")}\" was left out: FCPXML has markers on items only, and nothing is in the primary storyline.");
                continue;
            }

            var plan = holds[At(holds, start, null)].Plan;
            plan.Mark(marker);
            if (FcpxmlLocal.Section(marker) is null || !plan.IsGap)
            {
                target.Each(DiagnosticCodes.FcpxmlApproximated, at, "Markers of the sequence were written on the clips that play at their times; FCPXML has none of a sequence.", marker.Text("name") ?? "");
            }
        }
    }

    void Offer(FcpxmlPlan plan, int lane)
    {
        if (!_lanes.TryGetValue(lane, out var holds)) _lanes[lane] = holds = [];
        holds.Add((new(lane, plan.Start, plan.Row), plan));
    }

    /// <summary>Null for what begins after the primary storyline ends and does not hang on its last item.</summary>
    FcpxmlPlan? HolderOf(FcpxmlPlan plan, Flicks end)
    {
        var anchor = plan.First(withGaps: true).Section?.Child(FcpxmlKeys.Anchor);
        var lane = anchor is null ? 0 : Number(anchor, FcpxmlKeys.Lane);
        var step = anchor is null ? 0 : Number(anchor, FcpxmlKeys.Step);
        if (lane == plan.Lane || !_lanes.ContainsKey(lane)) (lane, step) = (0, 0);
        if (!_lanes.TryGetValue(lane, out var holds)) return null;
        var natural = At(holds, plan.Start, lane == 0 ? end : null);
        var index = step == 0 ? natural : Math.Clamp(natural + step, 0, holds.Count - 1);
        if (index >= holds.Count) return null;
        var holder = holds[index].Plan;
        return IsBelow(holder, plan) ? primary.Find(p => !p.IsTransition) : holder;
    }

    static int At(List<(FcpxmlHold Hold, FcpxmlPlan Plan)> holds, Flicks moment, Flicks? end)
    {
        if (end is { } over && moment >= over) return holds.Count;
        var (low, high) = (0, holds.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds[middle].Hold.Start <= moment) low = middle + 1;
            else high = middle;
        }

        return Math.Max(0, low - 1);
    }

    static int Number(OtioObject anchor, string field) =>
        anchor[field] is OtioNumber { IsInteger: true } number && int.TryParse(number.Lexeme, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs((long)value) < 1_000_000 ? value : 0;

    /// <summary>True when a plan would hang on what hangs on it.</summary>
    static bool IsBelow(FcpxmlPlan holder, FcpxmlPlan plan)
    {
        var levels = 0;
        for (FcpxmlPlan? at = holder; at is not null; at = at.Holder)
        {
            if (ReferenceEquals(at, plan) || plan.Items.Contains(at) || ++levels > MostLevels) return true;
        }

        return false;
    }

    static void Attach(FcpxmlPlan plan, FcpxmlPlan holder)
    {
        plan.Holder = holder;
        foreach (var item in plan.Items) item.Holder = holder;
        holder.Hang(plan);
    }

    /// <summary>A gap for what plays after the primary storyline is over.</summary>
    void AddTail(Flicks until, Flicks end)
    {
        var gap = FcpxmlOwnTime.NewGap(end, until - end, frame);
        primary.Add(gap);
        Offer(gap, 0);
    }

    static void Order(FcpxmlPlan holder)
    {
        if (holder.Anchored.Count > 1) holder.Hang([.. holder.Anchored.OrderBy(Place).ThenBy(a => a.Start).ThenBy(a => a.Lane)]);
    }

    static long Place(FcpxmlPlan plan) =>
        plan.First(withGaps: false).Local?[FcpxmlKeys.Order] is OtioNumber { IsInteger: true } order
        && long.TryParse(order.Lexeme, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : long.MaxValue;
}
