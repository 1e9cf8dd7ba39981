using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// One side trimmed a clip that the other made faster or slower. Counted in frames of the source, the trim takes more or less
/// time of the retimed clip than it took of the clip as it was.
/// </summary>
/// <param name="By">Who trimmed.</param>
/// <param name="Kind">Head or tail.</param>
/// <param name="Amount">The trim in time of the retimed clip, to the nearest frame.</param>
readonly record struct SourceTrim(Side By, TimingKind Kind, Flicks Amount)
{
    /// <summary>Null when it is not one trim against one change of speed, or both readings are the same.</summary>
    public static SourceTrim? Of(SideView ours, SideView theirs, ElementId id)
    {
        if ((ours.Base.Find(id), ours.Find(id), theirs.Find(id)) is not ({ } was, { } mine, { } yours)) return null;
        var (o, a, b) = (was.Element, mine.Element, yours.Element);
        if (Timing.SpeedChanged(o, a) == Timing.SpeedChanged(o, b) || !Timing.SameSource(o, a) || !Timing.SameSource(o, b)) return null;
        return Timing.SpeedChanged(o, a) ? Of(Side.Theirs, o, a, b, ours.Base.Sequence.Rate) : Of(Side.Ours, o, b, a, ours.Base.Sequence.Rate);
    }

    static SourceTrim? Of(Side by, Element origin, Element retimed, Element trimmed, FrameRate rate)
    {
        var timing = Timing.Between(origin, trimmed);
        if (timing.Kind is not (TimingKind.Head or TimingKind.Tail)) return null;
        if (Retiming.Factor(origin) is not (> 0 and { } from) || Retiming.Factor(retimed) is not (> 0 and { } to)) return null;
        if (timing.Kind == TimingKind.Head && from != 1) return null;
        var frames = decimal.Round(timing.Growth.ToFrames(rate, Rounding.Nearest) * from / to, MidpointRounding.AwayFromZero);
        var amount = Flicks.FromFrames((long)frames, rate, Rounding.Nearest);
        return amount == timing.Growth || amount.IsZero ? null : new(by, timing.Kind, amount);
    }
}
