using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

public sealed class SequenceDiffTests
{
    static readonly FrameRate Rate = FrameRate.Fps24;

    static Flicks F(long frames) => Flicks.FromFrames(frames, Rate);

    static Sequence Base() => Cuts.Sequence(24)
        .Video(
            "V1",
            Cuts.Shot("SC01", "A001", 50, 100),
            Cuts.Shot("SC02", "A002", 50, 100).With("Blur", "amount", 0.2).Marked("look", 60),
            Cuts.Dissolve(6, 6),
            Cuts.Shot("SC03", "A003", 50, 100))
        .Video("V2", Cuts.Gap(220), Cuts.Shot("TITLE", "title", 0, 48))
        .Audio("A1", Cuts.Shot("SC01", "A001", 50, 100), Cuts.Shot("SC02", "A002", 50, 100), Cuts.Shot("SC03", "A003", 50, 100))
        .Marker("reel", 100)
        .Identified();

    static Edit Only(Sequence before, Sequence after) => Assert.Single(SequenceDiff.Compare(before, after).Edits);

    static Sequence Lead(Sequence cut, string name, long frames) =>
        cut.Change(name, e => e with { Lead = Space.Of(e.Lead.Duration + F(frames)) });

    [Fact]
    public void A_gap_of_centuries_off_the_frame_is_told_in_whole_frames()
    {
        var centuries = new Flicks((100L * 365 * 86_400 * Flicks.PerSecond) + 1);

        var edit = Only(Base(), Base().Change("TITLE", e => e with { Lead = Space.Of(e.Lead.Duration + centuries) }));

        Assert.Contains("75686400000 frames", edit.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_compared_with_itself_has_no_edits()
    {
        var list = SequenceDiff.Compare(Base(), Base());

        Assert.True(list.IsEmpty);
        Assert.Equal(0, list.Shifted);
    }

    [Fact]
    public void A_rippling_trim_of_picture_and_sound_is_one_edit_and_the_rest_only_shifted()
    {
        var before = Base();
        var after = Lead(before.Change("SC01", e => e with { Duration = F(91) }), "TITLE", -9);

        var edit = Only(before, after);

        Assert.Equal("Trimmed the tail of SC01 by 9 frames at 01:00:00:00 (V1 A1), everything after moves up", edit.Sentence);
        Assert.Equal(EditKind.TrimTail, edit.Kind);
        Assert.Equal(F(-9), edit.Amount);
        Assert.Equal(["V1", "A1"], edit.Tracks);
        Assert.True(edit.Ripple);
        Assert.Equal(5, SequenceDiff.Compare(before, after).Shifted);
    }

    [Fact]
    public void A_title_that_did_not_follow_the_ripple_is_an_edit_of_its_own()
    {
        var before = Base();
        var trimmed = before.Change("SC01", e => e with { Duration = F(91) });
        var late = Lead(before.Change("SC01", e => e with { Duration = F(91) }), "TITLE", 5);

        Assert.Single(SequenceDiff.Compare(before, trimmed).Edits);
        Assert.Contains(SequenceDiff.Compare(before, late).Edits, e => e.Kind == EditKind.Move && e.Subject == "TITLE");
    }

    [Fact]
    public void A_head_trim_in_place_leaves_a_hole_and_moves_nothing()
    {
        var before = Base();
        var after = Lead(before.Change("SC02", e => e with { Duration = F(95), SourceStart = F(55) }), "SC02", 5);

        var edit = Only(before, after);

        Assert.Equal("Trimmed the head of SC02 by 5 frames at 01:00:04:09 (V1 A1)", edit.Sentence);
        Assert.False(edit.Ripple);
    }

    [Fact]
    public void Slip_rename_disable_and_replace_say_what_they_are()
    {
        var before = Base();

        Assert.Equal("Slipped SC02 by 11 frames to later material at 01:00:04:04 (V1 A1)", Only(before, before.Change("SC02", e => e with { SourceStart = F(61) })).Sentence);
        Assert.Equal("Renamed TITLE to TITLE_02 at 01:00:09:04 (V2)", Only(before, before.Change("TITLE", e => e with { Name = "TITLE_02" })).Sentence);
        Assert.Equal("Disabled TITLE at 01:00:09:04 (V2)", Only(before, before.Change("TITLE", e => e with { Enabled = false })).Sentence);
        var replaced = Only(before, before.Change("TITLE", e => ((Clip)e) with { Media = ((Clip)e).Media with { Key = "b", Name = "b.mov" } }));
        Assert.Equal((EditKind.ReplaceMedia, "title.mov", "b.mov"), (replaced.Kind, replaced.Before, replaced.After));
    }

    [Fact]
    public void An_effect_parameter_is_named_with_both_values()
    {
        var before = Base();
        var blur = before.Element("SC02", "V1").Effects[0];
        var stronger = blur with { Node = blur.Node.With("metadata", OtioObject.Map(("amount", 0.5))) };

        var edit = Only(before, before.Change("SC02", e => e with { Effects = [stronger] }, "V1"));

        Assert.Equal("Changed Blur on SC02: amount 0.2 → 0.5 at 01:00:04:04 (V1)", edit.Sentence);
        Assert.Equal(EditKind.EffectChange, edit.Kind);
    }

    [Fact]
    public void A_speed_change_is_a_retime_not_a_trim()
    {
        var before = Cuts.Sequence(24).Video("V1", Cuts.Shot("a", "A", 0, 100).At(1.0), Cuts.Shot("b", "B", 0, 10)).Identified();
        var after = before.Change("a", e => e with { Duration = F(50), Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromDouble(2) }] });

        var edit = Only(before, after);

        Assert.Equal("Changed the speed of a from 100% to 200% at 01:00:00:00 (V1), everything after moves up", edit.Sentence);
        Assert.Equal(F(-50), edit.Amount);
    }

    [Fact]
    public void An_insert_and_a_delete_ripple_or_do_not()
    {
        var before = Base();
        var shot = before.Element("TITLE") with { Id = new ElementId(9, 1), Name = "NEW", Lead = Space.None, Duration = F(36), Link = null };
        var inserted = before.ChangeTracks(t => t.Name == "V1" ? t with { Elements = [t.Elements[0], shot, .. t.Elements[1..]], EditPoints = t.EditPoints } : t);
        var lifted = before.ChangeTracks(t => t.Name == "V2"
            ? t
            : t with { Elements = [t.Elements[0], t.Elements[2] with { Lead = Space.Of(F(100)) }], EditPoints = [] });

        Assert.Equal("Inserted NEW (36 frames) at 01:00:04:04 (V1), everything after moves down", Only(before, inserted).Sentence);
        Assert.Contains("Lifted SC02 (100 frames) at 01:00:04:04 (V1 A1)", SequenceDiff.Compare(before, lifted).Edits.Select(e => e.Sentence));
    }

    [Fact]
    public void A_nudge_inside_empty_time_is_a_move()
    {
        var edit = Only(Base(), Lead(Base(), "TITLE", 7));

        Assert.Equal(EditKind.Move, edit.Kind);
        Assert.Equal(F(7), edit.Amount);
    }

    [Fact]
    public void A_clip_moved_behind_another_is_one_move()
    {
        var before = Base();
        var after = before.ChangeTracks(t => t.Name == "V2" ? t : t with { Elements = [t.Elements[1], t.Elements[2], t.Elements[0]], EditPoints = t.EditPoints });

        var edit = Only(before, after);

        Assert.Equal("Moved SC01 from 01:00:00:00 to 01:00:08:08 (V1 A1)", edit.Sentence);
    }

    [Fact]
    public void Tracks_transitions_markers_and_settings_are_compared()
    {
        var before = Base();
        Sequence V1(Func<Track, Track> change) => before.ChangeTracks(t => t.Name == "V1" ? change(t) : t);

        Assert.Equal(EditKind.TrackRemove, Only(before, before with { Tracks = [before.Tracks[0], before.Tracks[2]] }).Kind);
        Assert.Equal(EditKind.TrackAdd, Only(before with { Tracks = [before.Tracks[0], before.Tracks[2]] }, before).Kind);
        Assert.Equal("Moved track V2 below V1 (V2)", Only(before, before with { Tracks = [before.Tracks[1], before.Tracks[0], before.Tracks[2]] }).Sentence);
        Assert.Equal(EditKind.TransitionRemove, Only(before, V1(t => t with { EditPoints = [] })).Kind);
        Assert.Equal(EditKind.TransitionChange, Only(before, V1(t => t with { EditPoints = [t.EditPoints[0] with { InOffset = F(8) }] })).Kind);
        Assert.Equal(EditKind.MarkerRemove, Only(before, before with { Markers = [] }).Kind);
        Assert.Equal(EditKind.MarkerChange, Only(before, before.Change("SC02", e => e with { Markers = [e.Markers[0] with { Comment = "hm" }] }, "V1")).Kind);
        Assert.Equal(EditKind.SequenceChange, Only(before, before with { Rate = FrameRate.Fps25 }).Kind);
        Assert.Equal(EditKind.MetadataChange, Only(before, before.Change("TITLE", e => e with { Node = e.Node.With("metadata", OtioObject.Map(("note", "x"))) })).Kind);
        Assert.Empty(SequenceDiff.Compare(before, before.Change("TITLE", e => e with { Node = e.Node.With("metadata", OtioObject.Map(("cinegit", "x"))) })).Edits);
    }

    [Fact]
    public void Drop_frame_counts_only_when_the_document_says_so()
    {
        var before = Cuts.Sequence(FrameRate.Fps2997).Video("V1", Cuts.Shot("a", "A", 0, 2000), Cuts.Shot("b", "B", 0, 50)).Identified();
        var after = before.Change("b", e => e with { Enabled = false });
        var timeline = after.Document.Root;
        var dropped = after with { Document = new(timeline.With("metadata", OtioObject.Map(("fcp_xml", OtioObject.Map(("timecode", OtioObject.Map(("displayformat", "DF")))))))) };

        Assert.Contains("01:01:06:20", Only(before, after).Sentence, StringComparison.Ordinal);
        Assert.Contains(SequenceDiff.Compare(before, dropped).Edits, e => e.Sentence.Contains(';', StringComparison.Ordinal));
    }
}
