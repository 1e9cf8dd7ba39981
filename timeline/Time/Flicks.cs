using System.Globalization;

namespace CineGit.Timeline.Time;

/// <summary>
/// Time on a timeline in whole flicks (1/705,600,000 s): a frame of every film and video rate from 23.976 to 120 fps
/// and a sample at 44.1, 48, 88.2, 96 and 192 kHz (8,000 flicks at 88.2, 3,675 at 192) is a whole number of them, so sums of
/// mixed rates stay exact.
/// Range about ±414 years. Arithmetic is checked.
/// </summary>
public readonly record struct Flicks(long Value) : IComparable<Flicks>
{
    public const long PerSecond = 705_600_000;

    public static readonly Flicks Zero;

    public static readonly Flicks MaxValue = new(long.MaxValue);

    public bool IsZero => Value == 0;

    public bool IsNegative => Value < 0;

    /// <summary>The same time without its sign.</summary>
    public Flicks Magnitude => IsNegative ? -this : this;

    /// <summary>The moment that <paramref name="frames"/> whole frames take at <paramref name="rate"/>.</summary>
    /// <exception cref="InexactTimeException">The rate has no whole number of flicks for this count.</exception>
    public static Flicks FromFrames(long frames, FrameRate rate) => FromFrames(frames, rate, Rounding.Exact);

    public static Flicks FromFrames(long frames, FrameRate rate, Rounding rounding) =>
        new(Divide((Int128)frames * PerSecond * rate.Denominator, rate.Numerator, rounding));

    /// <summary>How many frames of <paramref name="rate"/> this is.</summary>
    /// <exception cref="InexactTimeException"><paramref name="rounding"/> is Exact and this is not on a frame.</exception>
    public long ToFrames(FrameRate rate, Rounding rounding) =>
        Divide((Int128)Value * rate.Numerator, (Int128)PerSecond * rate.Denominator, rounding);

    /// <summary>True when this moment is on a frame boundary of <paramref name="rate"/>.</summary>
    public bool IsWholeAt(FrameRate rate) => (Int128)Value * rate.Numerator % ((Int128)PerSecond * rate.Denominator) == 0;

    public static Flicks operator +(Flicks a, Flicks b) => new(a.Value + b.Value);

    public static Flicks operator -(Flicks a, Flicks b) => new(a.Value - b.Value);

    public static Flicks operator -(Flicks a) => new(-a.Value);

    public static bool operator <(Flicks a, Flicks b) => a.Value < b.Value;

    public static bool operator >(Flicks a, Flicks b) => a.Value > b.Value;

    public static bool operator <=(Flicks a, Flicks b) => a.Value <= b.Value;

    public static bool operator >=(Flicks a, Flicks b) => a.Value >= b.Value;

    public static Flicks Min(Flicks a, Flicks b) => a <= b ? a : b;

    public static Flicks Max(Flicks a, Flicks b) => a >= b ? a : b;

    public int CompareTo(Flicks other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + " flicks";

    internal static long Divide(Int128 numerator, Int128 denominator, Rounding rounding)
    {
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        if (remainder == 0) return (long)quotient;
        var step = rounding switch
        {
            Rounding.Floor => numerator < 0 ? -1 : 0,
            Rounding.Ceiling => numerator < 0 ? 0 : 1,
            Rounding.Nearest => Int128.Abs(remainder) * 2 >= denominator ? Int128.Sign(numerator) : 0,
            _ => throw new InexactTimeException($"{numerator}/{denominator} is not a whole number"),
        };
        return (long)(quotient + step);
    }
}
