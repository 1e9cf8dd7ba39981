using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>Whether transitions have room in their clips and media under them. Where they stand is <see cref="Structure"/>'s.</summary>
sealed class TransitionCheck(Inspection inspection, int track)
{
    readonly IReadOnlyList<Placed> _row = inspection.Placement.Tracks[track];

    /// <summary>By element: the transition over its start, and the one over its end.</summary>
    readonly Dictionary<int, EditPoint> _heads = [];
    readonly Dictionary<int, EditPoint> _tails = [];

    public static void Check(Inspection inspection)
    {
        for (var t = 0; t < inspection.Cut.Tracks.Length; t++) new TransitionCheck(inspection, t).Check();
    }

    void Check()
    {
        foreach (var junction in Junction.Of(inspection.Cut.Tracks[track])) Check(junction);
        foreach (var (index, head) in _heads.OrderBy(h => h.Key))
        {
            if (!_tails.TryGetValue(index, out var tail)) continue;
            var placed = _row[index];
            var over = head.OutOffset + tail.InOffset - placed.Element.Duration;
            if (over <= Flicks.Zero || head.OutOffset > placed.Element.Duration || tail.InOffset > placed.Element.Duration) continue;
            Report(tail, placed.End, DiagnosticCodes.CutTransitionRoom, Severity.Error,
                $"The {Wording.Transition(head)} into {Wording.Name(placed.Element)} and the {Wording.Transition(tail)} out of it overlap by {inspection.Frames(over)}. Shorten one of them.");
        }
    }

    void Check(Junction junction)
    {
        var point = junction.Point;
        var what = Wording.Transition(point);
        if (point.Left is null && point.Right is null)
        {
            Report(point, null, DiagnosticCodes.CutTransitionAlone, Severity.Warning,
                $"A {what} touches no clip on either side, so it shows nothing. Take it out.");
        }

        // One that names a clip which is not there, or two that do not meet, has no place that could have room.
        var (left, right) = (At(junction.Left), At(junction.Right));
        if (junction.HasLost || (left is null && right is null) || (left is not null && right is not null && left.End != right.Start)) return;
        var cut = right?.Start ?? left?.End;
        if (point.InOffset.IsNegative || point.OutOffset.IsNegative)
        {
            Report(point, cut, DiagnosticCodes.CutTransitionRoom, Severity.Error,
                $"The {what} {Between(left, right)} reaches backwards: one of its offsets is negative. Make it again.");
        }
        else if (point.InOffset.IsZero && point.OutOffset.IsZero)
        {
            Report(point, cut, DiagnosticCodes.CutTransitionRoom, Severity.Warning,
                $"The {what} {Between(left, right)} has no length. Give it one, or take it out.");
        }
        else if (IsSecond(junction))
        {
            Report(point, cut, DiagnosticCodes.CutTransitionTwice, Severity.Error,
                $"The {what} {Between(left, right)} is the second transition at that cut. Take one out.");
        }
        else
        {
            if (left is not null) CheckSide(point, left, cut, over: point.InOffset, head: Flicks.Zero, tail: point.OutOffset);
            if (right is not null) CheckSide(point, right, cut, over: point.OutOffset, head: point.InOffset, tail: Flicks.Zero);
        }
    }

    /// <param name="point">The transition.</param>
    /// <param name="placed">One of its neighbours.</param>
    /// <param name="cut">Where the two meet.</param>
    /// <param name="over">How far the transition lies over the neighbour.</param>
    /// <param name="head">How much media it needs before the neighbour's start,</param>
    /// <param name="tail">and after its end.</param>
    void CheckSide(EditPoint point, Placed placed, Flicks? cut, Flicks over, Flicks head, Flicks tail)
    {
        var (name, what) = (Wording.Name(placed.Element), Wording.Transition(point));
        var excess = over - placed.Element.Duration;
        if (placed.Element.Duration <= Flicks.Zero) return;
        if (excess > Flicks.Zero)
        {
            Report(point, cut, DiagnosticCodes.CutTransitionRoom, Severity.Error,
                $"The {what} is {inspection.Frames(excess)} longer than {name}, which it lies over. Shorten it.");
            return;
        }

        if (MediaCheck.Extent(inspection, placed.Element) is not { } extent || SourceUse.Of(placed.Element) is not { StandsStill: false } use) return;
        var alone = use.Missing(extent, Flicks.Zero, Flicks.Zero);
        var with = use.Missing(extent, head, tail);
        // What lacks without the transition is a finding of the clip.
        var lacking = with.Head + with.Tail - alone.Head - alone.Tail;
        if (lacking < inspection.OneFrame) return;
        var (side, handle) = head.IsZero ? ("after its end", tail) : ("before its start", head);
        Report(point, cut, DiagnosticCodes.CutHandles, Severity.Warning,
            $"The {what} needs {inspection.Frames(handle)} of {name} {side}, and the media is {inspection.Frames(lacking)} short. Shorten it, or trim {name}.");
    }

    bool IsSecond(Junction junction)
    {
        var isTaken = (junction.Left is { } left && _tails.ContainsKey(left)) || (junction.Right is { } right && _heads.ContainsKey(right));
        if (isTaken) return true;
        if (junction.Left is { } outgoing) _tails.Add(outgoing, junction.Point);
        if (junction.Right is { } incoming) _heads.Add(incoming, junction.Point);
        return false;
    }

    Placed? At(int? index) => index is { } known ? _row[known] : null;

    static string Between(Placed? left, Placed? right) => (left, right) switch
    {
        ({ } l, { } r) => $"from {Wording.Name(l.Element)} to {Wording.Name(r.Element)}",
        ({ } l, null) => $"at the end of {Wording.Name(l.Element)}",
        (null, { } r) => $"at the start of {Wording.Name(r.Element)}",
        _ => "",
    };

    void Report(EditPoint point, Flicks? at, string code, Severity severity, string message) =>
        inspection.AboutTransition(track, point, at, code, severity, message);
}
