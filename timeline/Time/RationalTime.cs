using System.Globalization;

namespace CineGit.Timeline.Time;

/// <summary>
/// A count of whole frames at a rate, as an editor and an interchange file say it. Equality is structural
/// (12 at 24 fps is not 24 at 48 fps); <see cref="ToFlicks()"/> is how moments of different rates compare.
/// </summary>
public readonly record struct RationalTime(long Value, FrameRate Rate)
{
    /// <exception cref="InexactTimeException">The rate is none of those that flicks hold exactly.</exception>
    public Flicks ToFlicks() => Flicks.FromFrames(Value, Rate);

    public Flicks ToFlicks(Rounding rounding) => Flicks.FromFrames(Value, Rate, rounding);

    /// <summary>The same moment counted in frames of another rate.</summary>
    public RationalTime RescaledTo(FrameRate rate, Rounding rounding) => new(
        Flicks.Divide(
            (Int128)Value * Rate.Denominator * rate.Numerator,
            (Int128)Rate.Numerator * rate.Denominator,
            rounding),
        rate);

    public static RationalTime FromFlicks(Flicks time, FrameRate rate, Rounding rounding) =>
        new(time.ToFrames(rate, rounding), rate);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}@{Rate}");
}
