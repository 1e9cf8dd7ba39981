using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>A time range as an OTIO document has it, made exact.</summary>
internal readonly record struct OtioSpan(Flicks Start, Flicks Duration);

/// <summary>Reads times out of OTIO nodes; null where a node has none that can be read.</summary>
internal static class OtioTimes
{
    /// <summary>Some thirty years: nothing longer is meant, and sums stay far from overflow.</summary>
    const decimal LongestSeconds = 1_000_000_000;

    public static OtioSpan? Span(OtioObject? range)
    {
        var start = Moment(range?.Child("start_time"));
        var duration = Moment(range?.Child("duration"));
        return start is { } from && duration is { } length && length >= Flicks.Zero ? new OtioSpan(from, length) : null;
    }

    public static Flicks? Moment(OtioObject? time)
    {
        if (Rate(time) is not { } rate || time?.Number("value") is not { } value || !(Math.Abs(value) < 1e15)) return null;
        var flicks = (decimal)value * rate.Denominator * Flicks.PerSecond / rate.Numerator;
        return Math.Abs(flicks) > LongestSeconds * Flicks.PerSecond ? null : new Flicks((long)Math.Round(flicks));
    }

    public static FrameRate? Rate(OtioObject? time) =>
        time?.Number("rate") is { } value && FrameRate.TryFromDouble(value, out var rate) ? rate : null;

    /// <summary>How long an item lasts on its track: its own range, else its media's, else what is inside it.</summary>
    public static OtioSpan? SpanOf(OtioObject item)
    {
        if (Span(item.Child("source_range")) is { } own) return own;
        switch (item.SchemaName)
        {
            case OtioSchema.Clip:
                return Span(ActiveMedia(item)?.Child("available_range"));
            case OtioSchema.Stack:
            case OtioSchema.Track:
                var isTrack = item.SchemaName == OtioSchema.Track;
                var total = Flicks.Zero;
                foreach (var child in item.Objects("children"))
                {
                    if (child.SchemaName == OtioSchema.Transition) continue;
                    if (SpanOf(child) is not { } inner) return null;
                    total = isTrack ? total + inner.Duration : Flicks.Max(total, inner.Duration);
                }

                return new OtioSpan(Flicks.Zero, total);
            default:
                return null;
        }
    }

    public static OtioObject? ActiveMedia(OtioObject clip) =>
        clip.Child("media_references")?.Child(clip.Text("active_media_reference_key") ?? OtioSchema.DefaultMediaKey)
        ?? clip.Child("media_reference");
}
