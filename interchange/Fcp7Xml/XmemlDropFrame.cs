using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Whether the timecode of a timeline from elsewhere drops numbers: what its own format said.</summary>
internal static class XmemlDropFrame
{
    public static bool Of(OtioObject timeline, FrameRate rate, Flicks start)
    {
        if (!Timecode.SupportsDropFrame(rate)) return false;
        var metadata = timeline.Child("metadata");
        var stated = metadata?.Child(OtioSchema.OwnMetadata)?.Flag("drop_frame")
            ?? (metadata?.Child("fcpx_sequence")?.Text("tcFormat") is { } format ? format == "DF" : (bool?)null)
            ?? (metadata?.Child("cmx_3600")?.Text("fcm") is { } code ? code == "DROP FRAME" : (bool?)null)
            ?? metadata?.Child("cmx_3600")?.Flag("record_drop");
        return stated ?? IsDroppedMinute(start, rate);
    }

    /// <summary>01:00:00;00 is frame 107,892 at 29.97, which counted without dropping would be 00:59:56:12.</summary>
    static bool IsDroppedMinute(Flicks start, FrameRate rate)
    {
        if (start <= Flicks.Zero || !start.IsWholeAt(rate)) return false;
        var frame = start.ToFrames(rate, Rounding.Exact);
        return Timecode.Format(frame, rate, dropFrame: true).EndsWith(":00;00", StringComparison.Ordinal)
            && !Timecode.Format(frame, rate, dropFrame: false).EndsWith(":00:00", StringComparison.Ordinal);
    }
}
