using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>How a sequence's record times are shown: whole frames from zero, and timecode from its start.</summary>
internal sealed class RecordClock(Sequence sequence)
{
    public FrameRate Rate => sequence.Rate;

    /// <summary>Sound may lie between frames; it is shown at the nearest.</summary>
    public long Frames(Flicks time) => time.ToFrames(sequence.Rate, Rounding.Nearest);

    public string Timecode(Flicks time) =>
        CineGit.Timeline.Time.Timecode.Format(Frames(sequence.GlobalStart) + Frames(time), sequence.Rate, dropFrame: false);
}
