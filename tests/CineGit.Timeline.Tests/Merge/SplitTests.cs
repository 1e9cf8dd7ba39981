using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

public sealed class SplitTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Base() => Cuts.Sequence(24)
        .Video("V1", Cuts.Shot("s1", "m1", 0, 50), Cuts.Shot("s2", "m2", 10, 100), Cuts.Shot("s3", "m3", 0, 50))
        .Identified();

    /// <summary>s2 cut at its 60th frame; the second piece is new.</summary>
    static Sequence Razored(Sequence cut) => cut.ChangeTracks(track =>
    {
        var s2 = track.Elements[1];
        var second = s2 with { Id = new(7, 1), SourceStart = s2.SourceStart + F(60), Duration = F(40) };
        return track with { Elements = [track.Elements[0], s2 with { Duration = F(60) }, second, track.Elements[2]] };
    });

    [Fact]
    public void A_change_to_a_clip_that_the_other_side_split_is_pointed_out()
    {
        var origin = Base();
        var theirs = origin.Change("s2", e => e with { Name = "s2 graded" });

        var merged = ThreeWayMerge.Merge(new(origin, Razored(origin), theirs) { OursName = "main", TheirsName = "grade" });

        Assert.True(merged.IsClean);
        Assert.Equal(origin.Duration, merged.Merged.Duration);
        var note = Assert.Single(merged.Notes);
        Assert.Contains("main split s2", note.Sentence, StringComparison.Ordinal);
        Assert.Contains("grade renamed s2", note.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_that_nobody_else_touched_needs_no_word()
    {
        var origin = Base();
        var theirs = origin.Change("s3", e => e with { Name = "s3 graded" });

        var merged = ThreeWayMerge.Merge(new(origin, Razored(origin), theirs));

        Assert.True(merged.IsClean);
        Assert.Empty(merged.Notes);
    }
}
