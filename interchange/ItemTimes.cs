using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange;

/// <summary>How long OTIO items last and where in their source they are; null where a node does not say.</summary>
internal static class ItemTimes
{
    const int FastestPicture = 120;

    public static TimeRange? Span(OtioObject? range) =>
        OtioTimes.TryReadRange(range, out var span) && !span.Duration.IsNegative ? span : null;

    public static Flicks? Moment(OtioObject? time) => OtioTimes.TryRead(time, out var moment) ? moment.Time : null;

    public static FrameRate? Rate(OtioObject? time) => OtioTimes.TryRead(time, out var moment) ? moment.Rate : null;

    /// <summary>How long an item lasts on its track: its own range, else its media's, else what is inside it.</summary>
    public static TimeRange? SpanOf(OtioObject item)
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

                return new TimeRange(Flicks.Zero, total);
            default:
                return null;
        }
    }

    /// <summary>The picture rate at which a clip's media, or else its own start in it, is counted; null where neither tells one.</summary>
    public static FrameRate? MediaRate(OtioObject clip) =>
        Picture(ActiveMedia(clip)?.Child("available_range")) ?? StartRate(clip);

    /// <summary>The picture rate at which a clip's start in its media is counted; null for any other.</summary>
    public static FrameRate? StartRate(OtioObject clip) => Picture(clip.Child("source_range"));

    static FrameRate? Picture(OtioObject? range) =>
        range?.Child("start_time")?.Number("rate") is { } rate && FrameRate.TryFromDouble(rate, out var exact)
            && exact.NominalFramesPerSecond <= FastestPicture && FrameRate.Known.Contains(exact) ? exact : null;

    public static OtioObject? ActiveMedia(OtioObject clip) =>
        clip.Child("media_references")?.Child(clip.Text("active_media_reference_key") ?? OtioSchema.DefaultMediaKey)
        ?? clip.Child("media_reference");
}
