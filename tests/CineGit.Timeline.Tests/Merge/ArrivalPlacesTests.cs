using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Where something that one side put into the cut goes when the other side moves what it was put beside.</summary>
public sealed class ArrivalPlacesTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Shot Shot(string name) => Cuts.Shot(name, "M" + name, 100, 100).Linked("L" + name);

    static Sequence Lead(Sequence cut, string name, long frames) => cut.Change(name, e => e with { Lead = Space.Of(e.Lead.Duration + F(frames)) });

    static Sequence Clean(Sequence start, Sequence ours, Sequence theirs)
    {
        var (one, other) = (ThreeWayMerge.Merge(new(start, ours, theirs)), ThreeWayMerge.Merge(new(start, theirs, ours)));
        Assert.Empty(one.Conflicts);
        Assert.Empty(other.Conflicts);
        Assert.Equal(Reel.Told(one.Merged), Reel.Told(other.Merged));
        return one.Merged;
    }

    /// <summary>Two titles over four shots, the first across the cut between s2 and s3.</summary>
    static readonly Sequence Titled = Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"))
        .Video("V2", Cuts.Gap(180), Cuts.Shot("t1", "t", 0, 40), Cuts.Gap(80), Cuts.Shot("t2", "t", 0, 40))
        .Identified();

    /// <summary>b-roll of 41 frames over the last frames of the first title.</summary>
    static Sequence LaidOver(Sequence cut, long frames) => cut.ChangeTracks(t => t.Name != "V2" ? t : t with
    {
        Elements =
        [
            t.Elements[0] with { Duration = t.Elements[0].Duration - F(frames) },
            t.Elements[0] with { Id = new(77, 1), Name = "over", Lead = Space.None, Duration = F(41) },
            t.Elements[1] with { Lead = Space.Of(t.Elements[1].Lead.Duration + F(frames - 41)) },
        ],
    });

    static Sequence Nudged(Sequence cut, long frames) => Lead(Lead(cut, "t1", frames), "t2", -frames);

    [Fact]
    public void A_clip_laid_over_the_tail_of_another_goes_where_that_tail_goes()
    {
        var merged = Clean(Titled, LaidOver(Titled, 25), Nudged(Titled, -12));

        Assert.Equal("t1[168,183) over[183,224) t2[300,340)", merged.Layout("V2"));
    }

    [Fact]
    public void A_ripple_behind_the_moment_where_a_clip_was_laid_over_another_leaves_it_there()
    {
        var longer = Lead(Nudged(Titled, -12), "t2", 2).Change("s2", e => e with { Duration = e.Duration + F(2) });
        var merged = Clean(Titled, LaidOver(Titled, 25), longer);

        Assert.Equal("t1[168,183) over[183,224) t2[302,342)", merged.Layout("V2"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void A_ripple_under_the_clip_whose_tail_was_laid_over_parts_the_two_not(long frames)
    {
        var changed = Lead(Titled, "t2", frames).Change("s2", e => e with { Duration = e.Duration + F(frames) });
        var merged = Clean(Titled, LaidOver(Titled, 10), changed);

        Assert.Equal($"t1[180,210) over[210,251) t2[{300 + frames},{340 + frames})", merged.Layout("V2"));
    }

    [Fact]
    public void A_clip_put_between_two_that_were_pushed_apart_stays_where_it_was_put()
    {
        var start = Cuts.Sequence(24)
            .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"), Shot("s5"))
            .Video("V2", Cuts.Gap(180), Cuts.Shot("t1", "t1", 0, 40), Cuts.Gap(80), Cuts.Shot("t2", "t2", 0, 40), Cuts.Gap(60), Cuts.Shot("t3", "t3", 0, 40))
            .Identified();
        var between = start.ChangeTracks(t => t.Name != "V2" ? t : t with
        {
            Elements =
            [
                t.Elements[0],
                t.Elements[0] with { Id = new(77, 1), Name = "over", Lead = Space.Of(F(20)), Duration = F(24) },
                t.Elements[1] with { Lead = Space.Of(F(36)) },
                t.Elements[2],
            ],
        });
        var apart = Lead(Lead(Lead(start, "t1", 5), "t2", -10), "t3", 5);

        Assert.Equal("t1[185,225) over[240,264) t2[295,335) t3[400,440)", Clean(start, between, apart).Layout("V2"));
    }

    [Fact]
    public void A_clip_put_behind_a_tail_that_was_trimmed_away_stays_behind_what_ripples_there()
    {
        var behind = LaidOver(Titled, 0);
        var longer = Lead(Titled, "t2", 2).Change("s2", e => e with { Duration = e.Duration + F(2) });
        var merged = Clean(Titled, behind, longer);

        Assert.Equal("t1[180,220) over[222,263) t2[302,342)", merged.Layout("V2"));
    }

    /// <summary>Of three shots between others the middle one has no sound.</summary>
    static readonly Sequence Interviews = Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2"), Cuts.Shot("slug", "slug", 0, 24), Shot("s3"), Shot("s4"))
        .Audio("A1", Shot("s1"), Shot("s2"), Cuts.Gap(24), Shot("s3"), Shot("s4"))
        .Identified();

    /// <summary>s2 and its sound behind the slug.</summary>
    static Sequence BehindTheSlug(Sequence cut) => Lead(Lead(cut, "s2", 0), "s3", 0).ChangeTracks(t => t with
    {
        Elements = t.Name == "V1"
            ? [t.Elements[0], t.Elements[2], t.Elements[1], .. t.Elements[3..]]
            : [t.Elements[0], t.Elements[1] with { Lead = Space.Of(F(24)) }, t.Elements[2] with { Lead = Space.None }, .. t.Elements[3..]],
    });

    static Sequence ShorterSlug(Sequence cut) => Lead(cut.Change("slug", e => e with { Duration = e.Duration - F(2) }), "s3", 0)
        .ChangeTracks(t => t.Name == "V1" ? t : t with { Elements = t.Elements.SetItem(2, t.Elements[2] with { Lead = Space.Of(F(22)) }) });

    [Fact]
    public void Sound_that_kept_its_order_goes_with_its_picture_that_was_moved()
    {
        var merged = Clean(Interviews, BehindTheSlug(Interviews), ShorterSlug(Interviews));

        Assert.Equal("s1[0,100) slug[100,122) s2[122,222) s3[222,322) s4[322,422)", merged.Layout("V1"));
        Assert.Equal("s1[0,100) s2[122,222) s3[222,322) s4[322,422)", merged.Layout("A1"));
    }

    [Fact]
    public void A_shot_moved_with_sound_that_kept_its_order_is_one_edit() => Assert.Equal(
        ["Moved s2 from 01:00:04:04 to 01:00:05:04 (V1 A1)"],
        SequenceDiff.Compare(Interviews, BehindTheSlug(Interviews)).Edits.Select(e => e.Sentence));
}
