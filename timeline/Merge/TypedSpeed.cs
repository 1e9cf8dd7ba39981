using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Both sides gave a clip another speed and a person types in a third. Where both let the length follow the speed, it follows
/// this one too: the clip goes on showing the same part of its source.
/// </summary>
static class TypedSpeed
{
    const decimal Normal = 100;

    /// <summary>Null where the two did not do the same thing with different numbers.</summary>
    public static Entry? EntryFor(MergeRun run, Element origin, Element ours, Element theirs)
    {
        if (EffectOf(ours) is null || EffectOf(theirs) is null || Retiming.Factor(origin) is not (> 0 and { } factor)) return null;
        if (!Timing.SameSource(origin, ours) || !Timing.SameSource(origin, theirs)) return null;
        if (ours.SourceStart != origin.SourceStart || theirs.SourceStart != origin.SourceStart) return null;
        if (ours.Duration == origin.Duration != (theirs.Duration == origin.Duration)) return null;
        if (ours.Duration == origin.Duration) return new(EntryKind.Percent);
        var rate = run.Base.Sequence.Rate;
        var shown = origin.Duration.ToFrames(rate, Rounding.Floor) * factor * Normal;
        var least = new[] { run.Ours, run.Theirs }
            .Select(side => SideChanges.Room(side, origin.Id, TimingKind.Tail)).OfType<Flicks>()
            .Select(room => (origin.Duration + room).ToFrames(rate, Rounding.Floor))
            .Select(longest => longest > 0 ? (long)decimal.Ceiling(shown / longest) : long.MaxValue);
        return new(EntryKind.Percent) { Least = least.Append(long.MinValue).Max(), Most = (long)shown };
    }

    /// <summary>The effect that alone makes an element's speed, forward.</summary>
    public static Effect? EffectOf(Element element) =>
        element.Effects.Count(e => e.TimeScalar is not null) == 1 && Retiming.Factor(element) is > 0
            ? element.Effects.Single(e => e.TimeScalar is not null)
            : null;

    public static Effect At(Effect effect, decimal percent)
    {
        var lexeme = OtioNumber.FromLexeme((percent / Normal).ToString("0.0###########", System.Globalization.CultureInfo.InvariantCulture));
        return effect with { TimeScalar = lexeme };
    }

    /// <summary>How long what an element shows lasts at another speed, to the nearest frame.</summary>
    public static Flicks LengthAt(Element origin, decimal percent, FrameRate rate)
    {
        var frames = origin.Duration.ToFrames(rate, Rounding.Nearest) * (Retiming.Factor(origin) ?? 1) * Normal / percent;
        return Flicks.FromFrames(Math.Max(1, (long)decimal.Round(frames, MidpointRounding.AwayFromZero)), rate, Rounding.Nearest);
    }
}
