using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

/// <summary>Steps of a track that can be read in two ways, and the way an editor would mean.</summary>
public sealed class RippleReadingTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Shot Shot(string name) => Cuts.Shot(name, "M" + name, 50, 100, mediaFrames: 500).Linked("L" + name);

    /// <summary>Picture with sound, b-roll over it that follows ripples, music under it that does not.</summary>
    static readonly Sequence Start = Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"))
        .Video("V2", Cuts.Gap(20), Cuts.Shot("b1", "b1", 0, 40), Cuts.Gap(60), Cuts.Shot("b2", "b2", 0, 40), Cuts.Gap(80), Cuts.Shot("b3", "b3", 0, 40))
        .Audio("A1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"))
        .Audio("A2", Cuts.Gap(10), Cuts.Shot("m1", "m1", 0, 80), Cuts.Gap(130), Cuts.Shot("m2", "m2", 0, 100))
        .Marker("reel", 150)
        .Identified();

    static Sequence Tail(Sequence cut, string name, long frames) => cut.Change(name, e => e with { Duration = e.Duration - F(frames) });

    static Sequence Lead(Sequence cut, string name, long frames) => cut.Change(name, e => e with { Lead = Space.Of(e.Lead.Duration + F(frames)) });

    static string[] Told(Sequence after) => [.. SequenceDiff.Compare(Start, after).Edits.Select(e => e.Sentence)];

    [Fact]
    public void A_trim_in_place_under_a_ripple_of_the_same_length_did_not_ripple() => Assert.Equal(
        ["Trimmed the tail of b1 by 12 frames at 01:00:00:20 (V2)", "Trimmed the tail of s1 by 12 frames at 01:00:00:00 (V1 A1), everything after moves up"],
        Told(Tail(Tail(Start, "s1", 12), "b1", 12)).Order());

    [Fact]
    public void A_trim_that_no_other_track_shows_rippled_its_own_track() => Assert.Equal(
        ["Trimmed the tail of b1 by 12 frames at 01:00:00:20 (V2), everything after moves up"],
        Told(Lead(Tail(Start, "b1", 12), "b2", 0)));

    [Fact]
    public void Clips_that_follow_a_ripple_are_not_told() => Assert.Equal(
        ["Trimmed the tail of s1 by 12 frames at 01:00:00:00 (V1 A1), everything after moves up"],
        Told(Lead(Tail(Start, "s1", 12), "b2", -12)));

    [Fact]
    public void A_clip_pushed_back_by_as_much_as_a_ripple_took_was_moved_and_the_next_one_followed() => Assert.Equal(
        ["Moved b2 by 12 frames to later at 01:00:05:00 (V2)", "Trimmed the tail of s1 by 12 frames at 01:00:00:00 (V1 A1), everything after moves up"],
        Told(Lead(Tail(Start, "s1", 12), "b3", -12)).Order());

    [Fact]
    public void A_clip_put_behind_one_that_was_pushed_alone_pushed_nothing()
    {
        var pushed = Lead(Start, "b1", -12).ChangeTracks(t => t.Name != "V2" ? t : t with
        {
            Elements = [t.Elements[0], t.Elements[0] with { Id = new(77, 1), Name = "new", Lead = Space.Of(F(20)), Duration = F(20) }, t.Elements[1] with { Lead = Space.Of(F(32)) }, t.Elements[2]],
        });

        Assert.Equal(["Inserted new (20 frames) at 01:00:02:20 (V2)", "Moved b1 by 12 frames to earlier at 01:00:00:08 (V2)"], Told(pushed).Order());
    }

    [Fact]
    public void A_clip_lifted_before_one_that_was_pushed_alone_left_its_hole()
    {
        var lifted = Lead(Start, "b3", 29).ChangeTracks(t => t.Name != "V2" ? t : t with { Elements = [t.Elements[1] with { Lead = Space.Of(F(91)) }, t.Elements[2]] });

        Assert.Equal(["Lifted b1 (40 frames) at 01:00:00:20 (V2)", "Moved b2 by 29 frames to earlier at 01:00:03:19 (V2)"], Told(lifted).Order());
    }

    /// <summary>A long track of sound that shows nothing between two acts of which one took what the other had opened.</summary>
    [Fact]
    public void A_track_that_shows_neither_of_two_acts_followed_both()
    {
        var start = Cuts.Sequence(24)
            .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"), Shot("s5"))
            .Audio("A1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"), Shot("s5"))
            .Audio("A3", Cuts.Gap(20), Cuts.Shot("m1", "m1", 0, 40), Cuts.Gap(360), Cuts.Shot("m2", "m2", 0, 40))
            .Identified();
        var after = Lead(start, "s2", 100).ChangeTracks(t => t.Name == "A3" ? t : t with { Elements = t.Elements.RemoveAt(3) });

        var change = Displacement.Of(start, after);

        Assert.Equal(F(100), change.ShiftAt(start.Track("A3").Id, F(200)));
        Assert.Equal(F(0), change.ShiftAt(start.Track("A3").Id, F(410)));
    }

    [Fact]
    public void What_looks_like_a_slide_rippled_where_other_tracks_moved_behind_it()
    {
        var start = Cuts.Sequence(24)
            .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"))
            .Video("V2", Cuts.Gap(310), Cuts.Shot("b1", "b1", 0, 40))
            .Identified();
        var rippled = Lead(Tail(start, "s1", 10), "b1", -10)
            .Change("s3", e => e with { SourceStart = e.SourceStart - F(10), Duration = e.Duration - F(8) })
            .Change("s4", e => e with { SourceStart = e.SourceStart - F(8), Duration = e.Duration + F(8) });

        Assert.DoesNotContain(SequenceDiff.Compare(start, rippled).Edits, e => e.Sentence.StartsWith("Slid", StringComparison.Ordinal) || e.Sentence.Contains("b1", StringComparison.Ordinal));
    }

    [Fact]
    public void Music_that_stays_under_two_ripples_was_not_touched() => Assert.Equal(
        ["Trimmed the tail of s1 by 12 frames at 01:00:00:00 (V1 A1), everything after moves up", "Trimmed the tail of s2 by 5 frames at 01:00:03:16 (V1 A1), everything after moves up"],
        Told(Lead(Lead(Tail(Tail(Start, "s1", 12), "s2", 5), "b2", -12), "b3", -5)).Order());

    [Fact]
    public void A_slide_leaves_markers_where_they_are()
    {
        var slid = Tail(Start, "s1", 10).Change("s3", e => e with { SourceStart = e.SourceStart - F(10), Duration = e.Duration + F(10) });

        Assert.Equal(["Slid s2 by 10 frames to earlier between s1 and s3 at 01:00:03:18 (V1 A1)"], Told(slid));
    }
}
