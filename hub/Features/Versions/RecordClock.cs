using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.Versions;

/// <summary>A sequence's record time as its page shows it: whole frames from zero, and timecode from its start.</summary>
public sealed class RecordClock(Sequence sequence)
{
    public FrameRate Rate => sequence.Rate;

    public bool CountsDropFrame { get; } = DropFrame.Of(sequence);

    /// <summary>The timecode frame number of record frame zero.</summary>
    public long StartFrame => Frames(sequence.GlobalStart);

    /// <summary>Sound may lie between frames; it is shown at the nearest.</summary>
    public long Frames(Flicks time) => time.ToFrames(sequence.Rate, Rounding.Nearest);

    public string Timecode(Flicks time) =>
        CineGit.Timeline.Time.Timecode.Format(StartFrame + Frames(time), sequence.Rate, CountsDropFrame);
}
