using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Model;

/// <summary>Whether a cut's timecode drops numbers. OTIO has no field for it, and a rate alone does not tell.</summary>
public static class DropFrame
{
    public static bool Of(Sequence sequence) => Of(sequence.Document.FirstTimeline(), sequence.Rate, sequence.GlobalStart);

    /// <summary>
    /// What a program wrote beside the timeline; where none did, what the start shows: a whole minute in drop-frame numbers
    /// only (01:00:00;00 is frame 107,892 at 29.97, which non-drop would call 00:59:56:12).
    /// </summary>
    public static bool Of(OtioObject? timeline, FrameRate rate, Flicks start) =>
        Timecode.SupportsDropFrame(rate) && (Stated(timeline) ?? StartsOnDroppedMinute(rate, start));

    /// <summary>Null when no program wrote it.</summary>
    public static bool? Stated(OtioObject? timeline) => timeline?.Child("metadata") is not { } metadata
        ? null
        : metadata.Child(OtioSchema.OwnMetadata)?.Flag("drop_frame")
            ?? metadata.Flag("drop_frame")
            ?? OfFormat(metadata.Child("fcp_xml")?.Child("timecode")?.Text("displayformat"))
            ?? OfFormat(metadata.Child("fcpx")?.Child("sequence")?.Text("@tcFormat"))
            ?? OfFormat(metadata.Child("fcpx_sequence")?.Text("tcFormat"))
            ?? OfList(metadata.Child("cmx_3600")?.Text("fcm"))
            ?? metadata.Child("cmx_3600")?.Flag("record_drop");

    /// <summary>Final Cut's two words, in both of its XML dialects.</summary>
    static bool? OfFormat(string? format) => format switch
    {
        "DF" => true,
        "NDF" => false,
        _ => null,
    };

    /// <summary>An EDL's <c>FCM:</c> line.</summary>
    static bool? OfList(string? frameCode) => frameCode switch
    {
        "DROP FRAME" => true,
        "NON-DROP FRAME" or "NON DROP FRAME" => false,
        _ => null,
    };

    static bool StartsOnDroppedMinute(FrameRate rate, Flicks start)
    {
        return start > Flicks.Zero
            && start.IsWholeAt(rate)
            && IsWholeMinute(dropFrame: true)
            && !IsWholeMinute(dropFrame: false);

        bool IsWholeMinute(bool dropFrame) => Timecode
            .Format(start.ToFrames(rate, Rounding.Exact), rate, dropFrame)
            .EndsWith(dropFrame ? ":00;00" : ":00:00", StringComparison.Ordinal);
    }
}
