using System.Collections.Immutable;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Benchmarks.Formats;

/// <summary>The smallest edit that moves half of a cut.</summary>
static class Trimmed
{
    const int Frames = 3;

    /// <summary>A shot in the middle of the first track a few frames shorter; everything after it on that track moves up.</summary>
    public static OtioDocument InTheMiddle(OtioDocument document)
    {
        var timeline = document.Root;
        var stack = timeline.Child("tracks") ?? throw new InvalidOperationException("a timeline has tracks");
        var tracks = stack.List("children");
        if (tracks[0] is not OtioObject track) throw new InvalidOperationException("a track is an object");
        track = track.With("children", new OtioArray(Shortened(track.List("children"))));
        return new(timeline.With("tracks", stack.With("children", new OtioArray(tracks.SetItem(0, track)))));
    }

    static ImmutableArray<OtioValue> Shortened(ImmutableArray<OtioValue> children)
    {
        for (var i = children.Length / 2; i < children.Length; i++)
        {
            if (children[i] is not OtioObject { SchemaName: OtioSchema.Clip } clip) continue;
            if (!OtioTimes.TryReadRange(clip.Child("source_range"), out var range) || !FrameRate.TryFromDouble(Rate(clip), out var rate)) continue;
            var shorter = new TimeRange(range.Start, range.Duration - Flicks.FromFrames(Frames, rate));
            return children.SetItem(i, clip.With("source_range", OtioTimes.WriteRange(clip.Child("source_range"), shorter, rate)));
        }

        throw new InvalidOperationException("there is no clip in the second half");
    }

    static double Rate(OtioObject clip) => clip.Child("source_range")?.Child("duration")?.Number("rate") ?? 0;
}
