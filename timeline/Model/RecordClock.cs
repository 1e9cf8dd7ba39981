using CineGit.Timeline.Time;

namespace CineGit.Timeline.Model;

/// <summary>A sequence's record time as people see it: whole frames from zero, and timecode from its start.</summary>
public sealed class RecordClock(Sequence sequence)
{
    public FrameRate Rate => sequence.Rate;

    public bool CountsDropFrame { get; } = DropFrame.Of(sequence);

    /// <summary>The timecode frame number of record frame zero.</summary>
    public long StartFrame => Frames(sequence.GlobalStart);

    /// <summary>Sound may lie between frames; it is shown at the nearest.</summary>
    public long Frames(Flicks time) => time.ToFrames(sequence.Rate, Rounding.Nearest);

    /// <summary>Of a record time, counted from the sequence's start.</summary>
    public string Timecode(Flicks time) => Format(StartFrame + Frames(time));

    /// <summary>Of a length, counted from zero.</summary>
    public string Length(Flicks duration) => Format(Frames(duration));

    string Format(long frames) => Time.Timecode.Format(frames, sequence.Rate, CountsDropFrame);
}
