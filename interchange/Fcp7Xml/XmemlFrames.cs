using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Frame counts as they stand in elements, and as the times of an OTIO document.</summary>
internal static class XmemlFrames
{
    /// <summary>What an element says that is not set, and what start and end say beside a transition.</summary>
    public const long Unset = -1;

    /// <summary>A hundred years at 120 frames a second are a third of it; larger numbers are damage.</summary>
    const long Most = 1_000_000_000_000;

    /// <summary>Below this, 110 hours at 25 frames a second, no product leaves 64 bits.</summary>
    const long FewFrames = 10_000_000;

    const int NtscDenominator = 1001;

    static RateText? s_lastRate;

    public const long MostTicks = long.MaxValue / 4;

    /// <summary>Null when there is no such element or no number in it; a fraction of a frame is cut off.</summary>
    public static long? Read(XmlNode node)
    {
        if (!node.Exists) return null;
        var number = node.Integer();
        if (number is null && decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= Most)
        {
            number = (long)Math.Truncate(value);
        }

        return number is >= -Most and <= Most ? number : null;
    }

    public static string Text(long frames) => frames.ToString(CultureInfo.InvariantCulture);

    public static Flicks At(long frames, FrameRate rate) =>
        Math.Abs(frames) <= FewFrames ? new(Rounded(frames * Flicks.PerSecond * rate.Denominator, rate.Numerator)) : FarAt(frames, rate);

    static Flicks FarAt(long frames, FrameRate rate) => Flicks.FromFrames(Math.Clamp(frames, -MostAt(rate), MostAt(rate)), rate, Rounding.Nearest);

    public static long Count(Flicks time, FrameRate rate) => Math.Abs(time.Value) <= long.MaxValue / 2 / rate.Numerator && rate.Denominator <= NtscDenominator
        ? Rounded(time.Value * rate.Numerator, Flicks.PerSecond * rate.Denominator)
        : time.ToFrames(rate, Rounding.Nearest);

    /// <summary>A RationalTime; what falls between frames has a fraction.</summary>
    public static OtioObject Time(Flicks time, FrameRate rate)
    {
        var frames = Count(time, rate);
        if (At(frames, rate) != time || Math.Abs(frames) > Most) return OtioTimes.Write(null, time, rate);
        return OtioObject.Of("RationalTime.1", ("rate", RateNumber(rate)), ("value", OtioNumber.FromLexeme(Text(frames) + ".0")));
    }

    /// <summary>A range whose start is counted at one rate and whose length at the same, or where that has a fraction, at another.</summary>
    public static OtioObject Range(Flicks start, FrameRate rate, long duration, FrameRate sequenceRate)
    {
        var length = At(duration, sequenceRate);
        var counted = rate == sequenceRate || !length.IsWholeAt(rate) ? sequenceRate : rate;
        return OtioObject.Of("TimeRange.1", ("duration", Time(length, counted)), ("start_time", Time(start, rate)));
    }

    /// <summary>Written for every clip, and always one of a few.</summary>
    static OtioNumber RateNumber(FrameRate rate)
    {
        var known = s_lastRate;
        if (known is null || known.Rate != rate) s_lastRate = known = new(rate, OtioNumber.FromDouble(rate.ToDouble()));
        return known.Number;
    }

    static long Rounded(long numerator, long denominator)
    {
        var (quotient, rest) = Math.DivRem(numerator, denominator);
        return Math.Abs(rest) * 2 >= denominator ? quotient + Math.Sign(numerator) : quotient;
    }

    sealed record RateText(FrameRate Rate, OtioNumber Number);

    /// <summary>How many frames fit into the longest time that a document may hold.</summary>
    static long MostAt(FrameRate rate) => Math.Min(Most, (OtioTimes.Limit.Value / Flicks.PerSecond / rate.Denominator * rate.Numerator) - 1);
}
