using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>A clip without a range whose media is missing: its file never says how long it is.</summary>
public sealed class LengthlessClipTests
{
    static readonly Flicks Nine = Flicks.FromFrames(9, FrameRate.Fps24);

    [Fact]
    public void A_clip_of_unknown_length_merges_like_any_other()
    {
        var origin = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("s1", "m1", 0, 50), Cuts.Shot("lost", "m2", 0, 48), Cuts.Shot("s3", "m3", 0, 50))
            .Identified()
            .Change("lost", e => e with { Duration = Flicks.Zero });
        var ours = origin.Change("s1", e => e with { Name = "opening" });
        var theirs = origin.Change("s3", e => e with { Duration = e.Duration - Nine });

        var merged = ThreeWayMerge.Merge(new(origin, ours, theirs));

        Assert.True(merged.IsClean);
        Assert.Equal(["opening", "lost", "s3"], merged.Merged.Tracks[0].Elements.Select(e => e.Name));
        Assert.Equal(theirs.Duration, merged.Merged.Duration);
    }
}
