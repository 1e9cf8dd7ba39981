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

    public static Flicks At(long frames, FrameRate rate) => Flicks.FromFrames(Math.Clamp(frames, -MostAt(rate), MostAt(rate)), rate, Rounding.Nearest);

    public static long Count(Flicks time, FrameRate rate) => time.ToFrames(rate, Rounding.Nearest);

    /// <summary>A range whose start is counted at one rate and whose length at the same, or where that has a fraction, at another.</summary>
    public static OtioObject Range(Flicks start, FrameRate rate, long duration, FrameRate sequenceRate)
    {
        var length = At(duration, sequenceRate);
        var counted = rate == sequenceRate || !length.IsWholeAt(rate) ? sequenceRate : rate;
        return OtioObject.Of("TimeRange.1", ("duration", OtioTimes.Write(null, length, counted)), ("start_time", OtioTimes.Write(null, start, rate)));
    }

    /// <summary>How many frames fit into the longest time that a document may hold.</summary>
    static long MostAt(FrameRate rate) => Math.Min(Most, (OtioTimes.Limit.Value / Flicks.PerSecond / rate.Denominator * rate.Numerator) - 1);
}
