using System.Globalization;
using System.Numerics;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>What a RationalTime says.</summary>
/// <param name="Time">To the nearest flick.</param>
/// <param name="Rate">The exact rate behind the double; null when it is none that is known.</param>
/// <param name="IsRounded">The document's value was not a whole number of flicks.</param>
public readonly record struct OtioTime(Flicks Time, FrameRate? Rate, bool IsRounded);

/// <summary>
/// Between OTIO's time objects (two doubles) and exact time. A time that nobody changed is its original object, so it is
/// written back exactly as it was read; a changed one keeps its original's rate.
/// </summary>
public static class OtioTimes
{
    /// <summary>Times beyond about 103 years are refused, so that sums of a few cannot overflow.</summary>
    public static readonly Flicks Limit = new(1L << 61);

    const double LargestExactInteger = 1L << 53;

    /// <summary>False unless the node has a finite value and a usable rate; a value of zero needs no rate.</summary>
    public static bool TryRead(OtioValue? node, out OtioTime time)
    {
        time = default;
        if (node is not OtioObject fields || fields["value"] is not OtioNumber value || fields["rate"] is not OtioNumber rate)
        {
            return false;
        }

        FrameRate? known = FrameRate.TryFromDouble(rate.ToDouble(), out var exact) ? exact : null;
        if (value.ToDouble() == 0)
        {
            time = new(Flicks.Zero, known, IsRounded: false);
            return true;
        }

        return known is { } frameRate && WholeFrames(value) is { } frames
            ? TryFromFrames(frames, frameRate, out time)
            : TryFromFraction(value.ToDouble(), rate.ToDouble(), known, out time);
    }

    /// <summary>The range, or null when its duration cannot be read; a start that is missing is zero.</summary>
    public static bool TryReadRange(OtioValue? node, out TimeRange range)
    {
        range = default;
        if (node is not OtioObject fields || !TryRead(fields["duration"], out var duration)) return false;
        TryRead(fields["start_time"], out var start);
        range = new(start.Time, duration.Time);
        return true;
    }

    /// <summary>The rate a range is counted in: that of its duration.</summary>
    public static FrameRate? RateOf(OtioValue? range) =>
        range is OtioObject fields && TryRead(fields["duration"], out var duration) ? duration.Rate : null;

    /// <summary>The original when it already says this time, else a time at the original's rate.</summary>
    /// <param name="original">The object that stood here; null when there was none.</param>
    /// <param name="time">What it should say.</param>
    /// <param name="rate">Used when the original has no usable rate.</param>
    public static OtioObject Write(OtioValue? original, Flicks time, FrameRate rate)
    {
        if (original is not OtioObject fields || fields["rate"] is not OtioNumber originalRate) return Create(time, rate);
        if (TryRead(fields, out var said) && said.Time == time) return fields;
        var rateValue = originalRate.ToDouble();
        if (FrameRate.TryFromDouble(rateValue, out var known))
        {
            var asInteger = fields["value"] is OtioNumber { IsInteger: true };
            return fields.With("value", Count(time, known, asInteger));
        }

        return double.IsFinite(rateValue) && rateValue > 0
            ? fields.With("value", time.Value * (rateValue / Flicks.PerSecond))
            : Create(time, rate);
    }

    public static OtioObject WriteRange(OtioValue? original, TimeRange range, FrameRate rate)
    {
        if (original is not OtioObject fields)
        {
            return OtioObject.Of("TimeRange.1", ("duration", Create(range.Duration, rate)), ("start_time", Create(range.Start, rate)));
        }

        return fields
            .With("duration", Write(fields["duration"], range.Duration, rate))
            .With("start_time", Write(fields["start_time"], range.Start, rate));
    }

    static OtioObject Create(Flicks time, FrameRate rate) =>
        OtioObject.Of("RationalTime.1", ("rate", rate.ToDouble()), ("value", Count(time, rate, asInteger: false)));

    /// <summary>How many frames this is; a fraction of one when it falls between two.</summary>
    static OtioNumber Count(Flicks time, FrameRate rate, bool asInteger)
    {
        if (time.IsWholeAt(rate))
        {
            var frames = time.ToFrames(rate, Rounding.Exact);
            return asInteger ? OtioNumber.FromInteger(frames) : OtioNumber.FromDouble(frames);
        }

        var perFrame = (Int128)Flicks.PerSecond * rate.Denominator;
        var (whole, rest) = Int128.DivRem((Int128)time.Value * rate.Numerator, perFrame);
        return OtioNumber.FromDouble((double)whole + (double)rest / (double)perFrame);
    }

    static long? WholeFrames(OtioNumber value)
    {
        if (value.IsInteger)
        {
            return long.TryParse(value.Lexeme, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact) ? exact : null;
        }

        var number = value.ToDouble();
        return Math.Abs(number) <= LargestExactInteger && number == Math.Floor(number) ? (long)number : null;
    }

    static bool TryFromFrames(long frames, FrameRate rate, out OtioTime time)
    {
        time = default;
        var numerator = (Int128)frames * Flicks.PerSecond * rate.Denominator;
        if (Int128.Abs(numerator) / rate.Numerator > Limit.Value) return false;
        var isRounded = numerator % rate.Numerator != 0;
        time = new(Flicks.FromFrames(frames, rate, isRounded ? Rounding.Nearest : Rounding.Exact), rate, isRounded);
        return true;
    }

    static bool TryFromFraction(double value, double rate, FrameRate? known, out OtioTime time)
    {
        time = default;
        if (!double.IsFinite(value) || !double.IsFinite(rate) || rate <= 0) return false;
        var perSecond = known is { } exact ? new ExactFraction(exact.Numerator, exact.Denominator) : ExactFraction.Of(rate);
        var flicks = (ExactFraction.Of(value) * new ExactFraction(Flicks.PerSecond, BigInteger.One) / perSecond).Rounded(out var isInexact);
        if (BigInteger.Abs(flicks) > Limit.Value) return false;
        time = new(new((long)flicks), known, isInexact);
        return true;
    }
}
