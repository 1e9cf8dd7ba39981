using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>FCPXML's times: whole seconds (<c>5s</c>) or a fraction of them (<c>1001/24000s</c>), exact in flicks for every rate in use.</summary>
internal static class FcpxmlTime
{
    /// <summary>Whole rates beyond this cannot be told from a double that is out of range.</summary>
    const long HighestRate = 10_000_000;

    /// <summary>Up to here 64 bits hold every product with a second in flicks.</summary>
    const long FewParts = 10_000_000_000;

    /// <summary>Digits of a decimal beyond this say a time that is out of range.</summary>
    const long Largest = long.MaxValue / 16;

    /// <summary>To the nearest flick. False for what is no time, and for times beyond <see cref="OtioTimes.Limit"/>.</summary>
    public static bool TryParse(string? text, out Flicks time)
    {
        time = Flicks.Zero;
        if (text is null) return false;
        var number = text.AsSpan().Trim();
        if (number.EndsWith("s")) number = number[..^1];
        var slash = number.IndexOf('/');
        if (slash >= 0) return TryWhole(number[..slash], out var n) && TryWhole(number[(slash + 1)..], out var d) && TryScale(n, d, out time);
        if (TryWhole(number, out var seconds)) return TryScale(seconds, 1, out time);
        return TryDecimal(number, out var digits, out var scale) && TryScale(digits, scale, out time);
    }

    /// <summary>In whole seconds where it is, else in frames of <paramref name="grid"/> as Final Cut spells them, else in lowest terms.</summary>
    public static string Format(Flicks time, FcpxmlGrid grid)
    {
        if (time.Value % Flicks.PerSecond == 0) return string.Create(CultureInfo.InvariantCulture, $"{time.Value / Flicks.PerSecond}s");
        if (grid is { Denominator: > 0, Numerator: < FewParts } && long.MaxValue / grid.Denominator is var most && time.Value < most && time.Value > -most)
        {
            var (count, left) = Math.DivRem(time.Value * grid.Denominator, Flicks.PerSecond * grid.Numerator);
            if (left == 0) return string.Create(CultureInfo.InvariantCulture, $"{count * grid.Numerator}/{grid.Denominator}s");
        }

        var perFrame = (Int128)Flicks.PerSecond * grid.Numerator;
        var (frames, rest) = Int128.DivRem((Int128)time.Value * grid.Denominator, perFrame);
        if (rest == 0) return string.Create(CultureInfo.InvariantCulture, $"{frames * grid.Numerator}/{grid.Denominator}s");
        var divisor = GreatestCommonDivisor(Math.Abs(time.Value), Flicks.PerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{time.Value / divisor}/{Flicks.PerSecond / divisor}s");
    }

    /// <summary>Counted at the wished rate where it is whole there, else in the fewest parts of a second that say it exactly.</summary>
    public static OtioObject Rational(Flicks time, FrameRate wished)
    {
        if (time.IsWholeAt(wished)) return OtioBuild.Time(new(time.ToFrames(wished, Rounding.Exact), wished));
        var divisor = GreatestCommonDivisor(Math.Abs(time.Value), Flicks.PerSecond);
        return Flicks.PerSecond / divisor is var parts && parts <= HighestRate
            ? OtioBuild.Time(new(time.Value / divisor, new((int)parts, 1)))
            : OtioTimes.Write(null, time, wished);
    }

    public static OtioObject Range(Flicks start, Flicks duration, FrameRate rate) =>
        OtioObject.Of("TimeRange.1", ("duration", Rational(duration, rate)), ("start_time", Rational(start, rate)));

    public static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a == 0 ? 1 : a;
    }

    static bool TryWhole(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    static bool TryDecimal(ReadOnlySpan<char> text, out long digits, out long scale)
    {
        scale = 1;
        digits = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;
        if (Math.Abs(value) > Largest) return false;
        while (value != decimal.Truncate(value) && scale < 1_000_000_000)
        {
            value *= 10;
            scale *= 10;
            if (Math.Abs(value) > Largest) return false;
        }

        digits = (long)decimal.Round(value);
        return true;
    }

    static bool TryScale(long numerator, long denominator, out Flicks time)
    {
        time = Flicks.Zero;
        if (denominator <= 0) return false;
        if (numerator is > -FewParts and < FewParts && denominator < FewParts)
        {
            var (whole, left) = Math.DivRem(numerator * Flicks.PerSecond, denominator);
            if (Math.Abs(whole) > OtioTimes.Limit.Value) return false;
            time = new(Math.Abs(left) * 2 >= denominator ? whole + Math.Sign(numerator) : whole);
            return true;
        }

        var product = (Int128)numerator * Flicks.PerSecond;
        if (Int128.Abs(product / denominator) > OtioTimes.Limit.Value) return false;
        time = new((long)Round(product, denominator));
        return true;
    }

    static Int128 Round(Int128 numerator, Int128 denominator)
    {
        var (quotient, rest) = Int128.DivRem(numerator, denominator);
        return Int128.Abs(rest) * 2 >= denominator ? quotient + Int128.Sign(numerator) : quotient;
    }
}

/// <summary>A frame's length as a file spells it: <c>100/2400s</c> is 24 frames a second.</summary>
internal readonly record struct FcpxmlGrid(long Numerator, long Denominator)
{
    public static readonly FcpxmlGrid Fps24 = new(100, 2400);

    const int MostFrames = 1000;

    /// <summary>The rate whose frame this is, rounded spellings (<c>100/2997s</c>) snapped; false for none that a timeline can have.</summary>
    public bool TryRate(out FrameRate rate)
    {
        rate = default;
        var divisor = FcpxmlTime.GreatestCommonDivisor(Denominator, Numerator);
        if (Numerator <= 0 || Denominator <= 0 || Denominator / divisor > int.MaxValue || Numerator / divisor > int.MaxValue) return false;
        var said = new FrameRate((int)(Denominator / divisor), (int)(Numerator / divisor));
        return said.NominalFramesPerSecond <= MostFrames && FrameRate.TryFromDouble(said.ToDouble(), out rate) && rate.IsExactInFlicks;
    }

    /// <summary>As Final Cut spells a frame of this rate: hundredths, and 1001 parts for the NTSC family.</summary>
    public static FcpxmlGrid Of(FrameRate rate) => rate.IsNtsc ? new(rate.Denominator, rate.Numerator) : new(100L * rate.Denominator, 100L * rate.Numerator);

    public static bool TryParse([NotNullWhen(true)] string? text, out FcpxmlGrid grid)
    {
        grid = default;
        if (text is null || !text.EndsWith('s')) return false;
        var parts = text[..^1].Split('/');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)) return false;
        var denominator = 1L;
        if (parts.Length > 2 || (parts.Length == 2 && !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out denominator))) return false;
        grid = new(numerator, denominator);
        return numerator > 0 && denominator > 0;
    }
}
