using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// A <c>rate</c> element: frames are counted by <c>timebase</c>, and <c>ntsc</c> slows them by 1000/1001, so 30 and TRUE is 29.97.
/// Premiere's ticks are 1/254,016,000,000 s, a whole number of them for every rate in use.
/// </summary>
internal static class XmemlRate
{
    public const long TicksPerSecond = 254_016_000_000;

    /// <summary>Flicks are coarser: 360 ticks each.</summary>
    public const long TicksPerFlick = TicksPerSecond / Flicks.PerSecond;

    const int Fastest = 1_000_000;

    /// <summary>Null when there is no timebase that can be a rate. An NTSC flag beside 25 or 50 means nothing, and is not applied.</summary>
    public static FrameRate? Read(XmlNode rate)
    {
        if (!rate.Exists || Timebase(rate.Child("timebase")) is not { } timebase) return null;
        return Make(timebase, rate.TextOf("ntsc"));
    }

    /// <summary>As <see cref="Read"/>, of a rate kept in metadata.</summary>
    public static FrameRate? Of(OtioValue? kept)
    {
        if (kept is not OtioObject rate || Timebase(rate.Text("timebase")) is not { } timebase) return null;
        return Make(timebase, rate.Text("ntsc"));
    }

    public static (string Timebase, string Ntsc) Texts(FrameRate rate) =>
        (rate.NominalFramesPerSecond.ToString(CultureInfo.InvariantCulture), rate.IsNtsc ? "TRUE" : "FALSE");

    /// <summary>False for a rate that timebase and NTSC flag cannot say: 12.5.</summary>
    public static bool CanSay(FrameRate rate) => rate.Denominator == 1 || (rate.IsNtsc && rate.Numerator % 1000 == 0);

    public static OtioObject Metadata(FrameRate rate)
    {
        var (timebase, ntsc) = Texts(rate);
        return OtioObject.Map(("timebase", timebase), ("ntsc", ntsc));
    }

    public static void Write(XmlOutput output, FrameRate rate)
    {
        var (timebase, ntsc) = Texts(rate);
        output.Start("rate");
        output.Leaf("timebase", timebase);
        output.Leaf("ntsc", ntsc);
        output.End();
    }

    /// <summary>Whether a rate element says just this, in the usual two children.</summary>
    public static bool Says(XmlNode rate, FrameRate value)
    {
        var seen = 0;
        foreach (var child in rate.Nodes)
        {
            if (child.Kind != XmlNodeKind.Element || !XmemlSpelling.IsPlain(child)) return false;
            var isSaid = child.Name switch
            {
                "timebase" => XmemlSpelling.Says(child, value.NominalFramesPerSecond),
                "ntsc" => child.Inside.SequenceEqual(value.IsNtsc ? "TRUE"u8 : "FALSE"u8),
                _ => false,
            };
            if (!isSaid) return false;
            seen = (seen * 3) + (child.Name == "ntsc" ? 1 : 2);
        }

        // One of each: 1 then 2, or 2 then 1.
        return seen is 5 or 7 && !XmemlSpelling.HasAttributes(rate);
    }

    public static long Ticks(long frames, FrameRate rate)
    {
        var (perFrame, rest) = Math.DivRem(TicksPerSecond * rate.Denominator, rate.Numerator);
        if (rest == 0 && Math.Abs(frames) < XmemlFrames.MostTicks / perFrame) return frames * perFrame;
        return (long)Int128.Clamp((Int128)frames * TicksPerSecond * rate.Denominator / rate.Numerator, -XmemlFrames.MostTicks, XmemlFrames.MostTicks);
    }

    static FrameRate Make(int timebase, string? ntsc)
    {
        var isNtsc = timebase is 12 or 15 or 24 or 30 or 48 or 60 or 96 or 120
            && ntsc.AsSpan().Trim().Equals("TRUE", StringComparison.OrdinalIgnoreCase);
        return isNtsc ? new FrameRate(timebase * 1000, 1001) : new FrameRate(timebase, 1);
    }

    static int? Timebase(XmlNode node) => !node.Exists
        ? null
        : node.Integer() is { } whole ? whole is > 0 and <= Fastest ? (int)whole : null : Timebase(node.Text);

    static int? Timebase(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Fastest
            ? Math.Max(1, (int)Math.Round(number))
            : null;
}
