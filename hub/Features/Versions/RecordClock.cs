using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.Versions;

/// <summary>A sequence's record time as its page shows it: whole frames from zero, and timecode from its start.</summary>
public sealed class RecordClock(Sequence sequence)
{
    public FrameRate Rate => sequence.Rate;

    public bool DropFrame { get; } = IsDropFrame(sequence);

    /// <summary>The timecode frame number of record frame zero.</summary>
    public long StartFrame => Frames(sequence.GlobalStart);

    /// <summary>Sound may lie between frames; it is shown at the nearest.</summary>
    public long Frames(Flicks time) => time.ToFrames(sequence.Rate, Rounding.Nearest);

    public string Timecode(Flicks time) =>
        CineGit.Timeline.Time.Timecode.Format(StartFrame + Frames(time), sequence.Rate, DropFrame);

    /// <summary>
    /// OTIO has no field for it: the tool that wrote the document says so in its own metadata, or the start is a whole
    /// minute in drop-frame numbers only (01:00:00;00 is frame 107,892, where non-drop reads 00:59:56:12).
    /// </summary>
    static bool IsDropFrame(Sequence sequence)
    {
        if (!CineGit.Timeline.Time.Timecode.SupportsDropFrame(sequence.Rate)) return false;
        return Stated(sequence.Document.FirstTimeline()?.Child("metadata")) ?? StartsOnDroppedNumber(sequence);
    }

    static bool? Stated(OtioObject? metadata) => metadata is null
        ? null
        : ListStates(metadata.Child("cmx_3600")?.Text("fcm"))
            ?? FormatStates(metadata.Child("fcp_xml")?.Child("timecode")?.Text("displayformat"))
            ?? FormatStates(metadata.Child("fcpx")?.Text("tcFormat"));

    /// <summary>An EDL's <c>FCM:</c> line.</summary>
    static bool? ListStates(string? frameCode) => frameCode switch
    {
        "DROP FRAME" => true,
        "NON-DROP FRAME" or "NON DROP FRAME" => false,
        _ => null,
    };

    /// <summary>Final Cut's two words, in both of its XML dialects.</summary>
    static bool? FormatStates(string? format) => format switch
    {
        "DF" => true,
        "NDF" => false,
        _ => null,
    };

    static bool StartsOnDroppedNumber(Sequence sequence)
    {
        if (sequence.GlobalStart.IsZero || !sequence.GlobalStart.IsWholeAt(sequence.Rate)) return false;
        var start = sequence.GlobalStart.ToFrames(sequence.Rate, Rounding.Exact);
        return start > 0 && IsWholeMinute(start, dropFrame: true) && !IsWholeMinute(start, dropFrame: false);

        bool IsWholeMinute(long frame, bool dropFrame) =>
            CineGit.Timeline.Time.Timecode.Format(frame, sequence.Rate, dropFrame)[^5..] is "00:00" or "00;00";
    }
}
