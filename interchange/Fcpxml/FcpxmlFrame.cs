using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>How a sequence counts.</summary>
/// <param name="Rate">Frames a second.</param>
/// <param name="Grid">The same as the file spells it.</param>
internal sealed record FcpxmlFrame(FrameRate Rate, FcpxmlGrid Grid)
{
    static readonly OtioString RationalSchema = new("RationalTime.1");
    static readonly OtioString RangeSchema = new("TimeRange.1");

    readonly OtioNumber _rate = OtioNumber.FromDouble(Rate.ToDouble());
    readonly long _perFrame = Rate.IsExactInFlicks ? Flicks.FromFrames(1, Rate).Value : long.MaxValue;

    /// <summary>Counted in frames where it is whole, else in the fewest parts of a second that say it exactly.</summary>
    public OtioObject Rational(Flicks time)
    {
        var (frames, rest) = Math.DivRem(time.Value, _perFrame);
        return rest != 0
            ? FcpxmlTime.Rational(time, Rate)
            : new([new(OtioSchema.Key, RationalSchema), new("rate", _rate), new("value", OtioNumber.FromLexeme(string.Create(CultureInfo.InvariantCulture, $"{frames}.0")))]);
    }

    /// <param name="start">Where in the media.</param>
    /// <param name="duration">On the track.</param>
    /// <param name="media">The media's rate, at which its times are counted where they are whole there; null for the sequence's.</param>
    public OtioObject Range(Flicks start, Flicks duration, FrameRate? media) =>
        new([new(OtioSchema.Key, RangeSchema), new("duration", Rational(duration)), new("start_time", media is { } own && own != Rate && start.IsWholeAt(own) ? FcpxmlTime.Rational(start, own) : Rational(start))]);

    public OtioObject Range(Flicks start, Flicks duration) => Range(start, duration, null);
}
