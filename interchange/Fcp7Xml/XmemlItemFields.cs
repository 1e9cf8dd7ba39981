using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// What an item's own elements say, computed from its OTIO object and its place alone. Reading compares this with the file
/// and keeps what is spelled otherwise; writing writes it.
/// </summary>
/// <param name="Duration">Of the whole media; null where that is not known and the item's own words are kept.</param>
/// <param name="SourceIsExact">False when the source time falls between frames of the item's rate.</param>
internal readonly record struct XmemlItemFields(
    FrameRate Rate, long? Duration, long Start, long End, long In, long Out, long TicksIn, long TicksOut, bool SourceIsExact)
{
    /// <param name="item">A clip or nest of any origin.</param>
    /// <param name="rest">Its <c>metadata.fcp_xml</c>.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="sequenceRate">What that is counted at.</param>
    /// <param name="retime">What its effects come to.</param>
    public static XmemlItemFields Of(OtioObject item, OtioObject rest, XmemlPlace place, FrameRate sequenceRate, XmemlRetime? retime)
    {
        var range = item.Child("source_range");
        var start = OtioTimes.TryRead(range?["start_time"], out var from) ? from : default;
        var rate = start.Rate is { } own && XmemlRate.CanSay(own) ? own : sequenceRate;
        var media = ExtentOf(item);
        return Of(new(place, sequenceRate, rate, media, retime), range is null ? media.Start : start.Time, rest);
    }

    /// <param name="times">Of the item.</param>
    /// <param name="source">Where it begins in its media.</param>
    /// <param name="rest">Its <c>metadata.fcp_xml</c>.</param>
    public static XmemlItemFields Of(XmemlSourceTimes times, Flicks source, OtioObject rest)
    {
        var (place, rate) = (times.Place, times.Rate);
        var (cutIn, cutOut, isExact) = times.Points(source, (decimal?)rest.Number(XmemlKeys.RetimedIn));
        var between = isExact || times.IsRetimed ? 0 : times.Beyond(source, cutIn).Value * XmemlRate.TicksPerFlick;
        return new(
            rate,
            times.Duration(),
            place.HeadReach is null ? place.Start : XmemlFrames.Unset,
            place.TailReach is null ? place.End : XmemlFrames.Unset,
            cutIn,
            cutOut,
            XmemlRate.Ticks(cutIn, rate) + Subframe(rest, XmemlKeys.SubframeIn) + between,
            XmemlRate.Ticks(cutOut, rate) + Subframe(rest, XmemlKeys.SubframeOut),
            isExact);
    }

    /// <summary>A nest counts from zero, and its length is its own affair.</summary>
    public static XmemlExtent ExtentOf(OtioObject item)
    {
        return item.SchemaName == OtioSchema.Clip && XmemlOtio.ActiveMedia(item) is { } media ? ExtentOfMedia(media) : default;
    }

    public static XmemlExtent ExtentOfMedia(OtioObject media)
    {
        if (media.Child("available_range") is not { } available) return default;
        return OtioTimes.TryReadRange(available, out var range) && range.Duration >= Flicks.Zero
            ? new(range.Start, range.Duration.IsZero ? null : range.Duration)
            : default;
    }

    static long Subframe(OtioObject rest, string key) =>
        rest[key] is OtioNumber { IsInteger: true } ticks && Math.Abs(ticks.ToDouble()) < XmemlRate.TicksPerSecond ? (long)ticks.ToDouble() : 0;
}
