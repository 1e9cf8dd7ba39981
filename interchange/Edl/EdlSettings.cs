using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>What is the same for a whole list that is to be written.</summary>
/// <param name="Start">The record timecode of the timeline's first frame, in frames.</param>
/// <param name="FrameCode">What the list states as FCM: true for drop; null for a list without a statement.</param>
internal sealed record EdlSettings(
    FrameRate Rate,
    long Start,
    bool? FrameCode,
    bool RecordDrop,
    char DropSign,
    int EventDigits,
    int ReelWidth,
    string LineEnd,
    bool IsLatin1,
    bool HasByteOrderMark,
    string? Title,
    ImmutableArray<string> Header,
    ImmutableArray<string> Trailer)
{
    public const int ClassicReelWidth = 8;

    public string SourceTimecode(long frames, bool drop) => Timecode(frames, drop, ';');

    public string SourceTimecode(long frames, FrameRate own, bool drop) => own == Rate ? SourceTimecode(frames, drop) : Timeline.Time.Timecode.Format(frames, own, drop);

    public string RecordTimecode(long frames) => Timecode(frames, RecordDrop, DropSign);

    public bool PrintsRecordTimesAs(EdlSettings other) => (Rate, RecordDrop, DropSign) == (other.Rate, other.RecordDrop, other.DropSign);

    /// <summary>The frame code of sources that state none of their own.</summary>
    public bool SourceDrop => RecordDrop || FrameCode is true;

    public string Timecode(long frames, bool drop, char sign)
    {
        var text = Timeline.Time.Timecode.Format(frames, Rate, drop);
        return sign == ';' ? text : text.Replace(';', sign);
    }

    public static EdlSettings Of(OtioObject timeline, DiagnosticBag diagnostics)
    {
        var rate = RateOf(timeline);
        var section = timeline.Child("metadata")?.Child(EdlKeys.Section);
        var stated = section?.Text(EdlKeys.FrameCode);
        bool? frameCode = stated switch
        {
            EdlKeys.DropFrame => true,
            EdlKeys.NonDropFrame => false,
            _ => section is null ? DropFrame.Of(timeline, rate, ItemTimes.Moment(timeline.Child("global_start_time")) ?? Flicks.Zero) : null,
        };
        var canDrop = CineGit.Timeline.Time.Timecode.SupportsDropFrame(rate);
        if (section is null && canDrop && DropFrame.Stated(timeline) is null && frameCode is false)
        {
            diagnostics.Note(
                DiagnosticCodes.EdlDropFrameAssumed,
                "",
                $"The timeline does not say drop or non-drop; non-drop timecode was written at {EdlClock.Spoken(rate)} fps.");
        }

        var name = EdlLayout.Clean(timeline.Text("name") ?? "");
        return new(
            rate,
            StartOf(timeline, rate),
            frameCode,
            canDrop && (frameCode is true || section?.Flag(EdlKeys.RecordDrop) is true),
            section?.Text(EdlKeys.DropSign) == ":" ? ':' : ';',
            (int)Math.Clamp(section?.Number(EdlKeys.EventDigits) ?? 3, 3, 9),
            (int)Math.Clamp(section?.Number(EdlKeys.ReelWidth) ?? ClassicReelWidth, ClassicReelWidth, 128),
            section?.Text(EdlKeys.LineEnd) is "\n" or "\r" ? section.Text(EdlKeys.LineEnd) ?? "\n" : "\r\n",
            section?.Text(EdlKeys.Encoding) == EdlText.Latin1,
            section?.Flag(EdlKeys.ByteOrderMark) is true,
            section?.Text(EdlKeys.Untitled) is { } untitled && untitled == timeline.Text("name") ? null : name,
            EdlLayout.Texts(section, EdlKeys.Header),
            EdlLayout.Texts(section, EdlKeys.Trailer));
    }

    /// <summary>The rate of the timeline's start, else of the first item with a rate that timecode can count.</summary>
    static FrameRate RateOf(OtioObject timeline)
    {
        var items = (timeline.Child("tracks")?.Objects("children") ?? []).SelectMany(t => t.Objects("children"));
        var times = items
            .Select(i => i.Child("source_range") ?? ItemTimes.ActiveMedia(i)?.Child("available_range"))
            .Select(r => r?.Child("duration"))
            .Prepend(timeline.Child("global_start_time"));
        foreach (var time in times)
        {
            if (ItemTimes.Rate(time) is { } rate && rate.NominalFramesPerSecond is > 1 and <= EdlClock.Fastest) return rate;
        }

        return FrameRate.Fps24;
    }

    /// <summary>
    /// The global start; where there is none, the record start that OpenTimelineIO's own EDL reader hides in a track's
    /// source_range as a negative start.
    /// </summary>
    static long StartOf(OtioObject timeline, FrameRate rate)
    {
        if (ItemTimes.Moment(timeline.Child("global_start_time")) is { } start) return Math.Max(0, start.ToFrames(rate, Rounding.Nearest));
        var hidden = (timeline.Child("tracks")?.Objects("children") ?? [])
            .Select(t => ItemTimes.Span(t.Child("source_range")))
            .OfType<TimeRange>()
            .Where(s => s.Start.IsNegative)
            .Select(s => -s.Start)
            .DefaultIfEmpty(Flicks.Zero)
            .Min();
        return hidden.ToFrames(rate, Rounding.Nearest);
    }
}
