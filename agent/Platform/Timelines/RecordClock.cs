using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>How a sequence's record times are shown: whole frames from zero, and timecode from its start.</summary>
internal sealed class RecordClock(Sequence sequence)
{
    readonly bool _dropFrame = DropFrame.Of(sequence);

    /// <summary>Sound may lie between frames; it is shown at the nearest.</summary>
    public long Frames(Flicks time) => time.ToFrames(sequence.Rate, Rounding.Nearest);

    /// <summary>Of a record time, counted from the sequence's start.</summary>
    public string Timecode(Flicks time) => Format(Frames(sequence.GlobalStart) + Frames(time));

    /// <summary>Of a length.</summary>
    public string Length(Flicks duration) => Format(Frames(duration));

    string Format(long frames) => CineGit.Timeline.Time.Timecode.Format(frames, sequence.Rate, _dropFrame);
}
