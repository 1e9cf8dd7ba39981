using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>How a cut counts timecode: what a person types in is read so.</summary>
public readonly record struct TimecodeCount(FrameRate Rate, bool DropFrame)
{
    public static TimecodeCount Of(Sequence cut) => new(cut.Rate, Model.DropFrame.Of(cut));

    /// <summary>The number of the frame; null for what is no timecode, or longer than any cut.</summary>
    public long? Read(string? text) => Timecode.TryParse(text, Rate, DropFrame, out var time) ? time.Value : null;

    public string Format(long frame) => Timecode.Format(frame, Rate, DropFrame);
}
