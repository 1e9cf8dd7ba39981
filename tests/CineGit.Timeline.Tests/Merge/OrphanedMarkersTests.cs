using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Markers on, or over, what the other side took out.</summary>
public sealed class OrphanedMarkersTests
{
    static Marker Mark(string name, long frame, uint ordinal) =>
        Cuts.Sequence(24).Video("V1", Shot("x")).Marker(name, frame).Build().Markers[0] with { Id = new ElementId(77, ordinal) };

    static Sequence OnClip(Sequence cut, string clip, long source, uint ordinal = 1) =>
        cut.Change(clip, e => e with { Markers = e.Markers.Add(Mark("look", source, ordinal)) }, "V1");

    static Sequence OnSequence(Sequence cut, long frame) => cut with { Markers = cut.Markers.Add(Mark("look", frame, 1)) };

    static Sequence OnTrack(Sequence cut, string track, long frame) =>
        cut.ChangeTracks(t => t.Name == track ? t with { Markers = t.Markers.Add(Mark("look", frame, 1)) } : t);

    static Sequence Deleted(Sequence cut) => Title(Without(cut, "s2", "V1", "A1"), -100);

    static Sequence Lifted(Sequence cut) => Rows(cut, r => [r[0], r[2] with { Lead = Space.Of(F(100)) }], "V1", "A1");

    static string Marks(ImmutableArray<Marker> markers) =>
        string.Join(' ', markers.Select(m => $"{m.Name}@{m.Range.Start.ToFrames(FrameRate.Fps24, Rounding.Exact)}"));

    /// <summary>The picture and every marker: those of clips in source time.</summary>
    static string Told(Sequence cut) => string.Join(" | ", new[]
    {
        cut.Layout("V1"),
        "clips: " + string.Join(' ', cut.Tracks.SelectMany(t => t.Elements).Where(e => !e.Markers.IsEmpty).Select(e => $"{e.Name} {Marks(e.Markers)}")),
        "tracks: " + string.Join(' ', cut.Tracks.Where(t => !t.Markers.IsEmpty).Select(t => $"{t.Name} {Marks(t.Markers)}")),
        "sequence: " + Marks(cut.Markers),
    }.Select(part => part.TrimEnd()));

    static void AssertOffered((Sequence Base, Sequence Ours, Sequence Theirs) cuts, string sentence, params (Choice Choice, string Words, string Told)[] expected)
    {
        var open = Assert.Single(Merged(cuts).Conflicts);
        Assert.Equal((ConflictKind.Orphan, sentence), (open.Kind, open.Sentence));
        Assert.Equal(expected.Select(e => $"{e.Choice}: {e.Words}"), open.Offers.Select(o => $"{o.Choice}: {o.Words}"));
        foreach (var (choice, _, told) in expected)
        {
            var answered = Merged(cuts, new Resolution(open.Id, choice));
            Assert.True(answered.IsClean, string.Join(' ', answered.Conflicts.Select(c => c.Sentence)));
            Assert.Equal((open.Id, choice), (Assert.Single(answered.Conflicts).Id, answered.Conflicts[0].Chosen));
            Assert.Equal($"{choice}: {told}", $"{choice}: {Told(answered.Merged)}");
        }
    }

    [Fact]
    public void A_marker_put_on_a_clip_that_was_taken_out_goes_too_stays_at_its_time_or_goes_to_the_next_shot()
    {
        var o = Base();
        AssertOffered(
            (o, Deleted(o), OnClip(o, "s2", 80)),
            "main deleted s2; rough-cut added marker \"look\" to s2.",
            (Choice.Ours, "Delete s2, and marker \"look\" too", "s1[0,100) s3[100,200) | clips: | tracks: | sequence:"),
            (Choice.SameTime, "Delete s2, and keep marker \"look\" at its time, on the sequence", "s1[0,100) s3[100,200) | clips: | tracks: | sequence: look@130"),
            (Choice.NextShot, "Delete s2, and move marker \"look\" to the start of s3", "s1[0,100) s3[100,200) | clips: s3 look@50 | tracks: | sequence:"),
            (Choice.Theirs, "Keep s2 as rough-cut has it", "s1[0,100) s2[100,200) s3[200,300) | clips: s2 look@80 | tracks: | sequence:"),
            (Choice.Base, "Neither: leave s2 as it was", "s1[0,100) s2[100,200) s3[200,300) | clips: | tracks: | sequence:"));
    }

    [Fact]
    public void A_marker_that_was_renamed_on_a_clip_that_was_lifted_is_asked_about_too_and_others_go_with_the_clip()
    {
        var o = OnClip(OnClip(Base(), "s2", 60, 2), "s2", 80);
        var renamed = o.Change("s2", e => e with { Markers = e.Markers.SetItem(1, e.Markers[1] with { Name = "sound" }) }, "V1");

        AssertOffered(
            (o, renamed, Lifted(o)),
            "main renamed marker \"look\" to \"sound\" on s2; rough-cut deleted s2.",
            (Choice.Theirs, "Delete s2, and marker \"sound\" too", "s1[0,100) s3[200,300) | clips: | tracks: | sequence:"),
            (Choice.SameTime, "Delete s2, and keep marker \"sound\" at its time, on the sequence", "s1[0,100) s3[200,300) | clips: | tracks: | sequence: sound@130"),
            (Choice.NextShot, "Delete s2, and move marker \"sound\" to the start of s3", "s1[0,100) s3[200,300) | clips: s3 sound@50 | tracks: | sequence:"),
            (Choice.Ours, "Keep s2 as main has it", "s1[0,100) s2[100,200) s3[200,300) | clips: s2 look@60 sound@80 | tracks: | sequence:"),
            (Choice.Base, "Neither: leave s2 as it was", "s1[0,100) s2[100,200) s3[200,300) | clips: s2 look@60 look@80 | tracks: | sequence:"));
    }

    [Fact]
    public void The_last_shot_has_no_next_one_and_what_a_clip_plays_faster_has_its_marker_earlier()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("s1"), Shot("s2").At(2.0)).Identified();
        var cuts = (o, Without(o, "s2", "V1"), OnClip(o, "s2", 90));
        var open = Assert.Single(Merged(cuts).Conflicts);

        Assert.Equal([Choice.Ours, Choice.SameTime, Choice.Theirs, Choice.Base], open.Offered);
        Assert.Equal("look@120", Marks(Merged(cuts, new Resolution(open.Id, Choice.SameTime)).Merged.Markers));
        var beside = (o, Without(o, "s2", "V1"), OnClip(o, "s2", 10));
        Assert.Equal("look@100", Marks(Merged(beside, new Resolution(Merged(beside).Conflicts[0].Id, Choice.SameTime)).Merged.Markers));
    }

    [Fact]
    public void A_kept_marker_follows_what_else_was_done_to_the_cut()
    {
        var o = Base();
        var cuts = (o, Title(Insert(Deleted(o), 0, "n", 24, 9), 24), OnClip(o, "s2", 80));
        var open = Assert.Single(Merged(cuts).Conflicts);

        Assert.Equal("look@154", Marks(Merged(cuts, new Resolution(open.Id, Choice.SameTime)).Merged.Markers));
    }

    [Fact]
    public void A_clip_that_was_changed_otherwise_too_or_only_lost_a_marker_is_a_question_about_the_clip()
    {
        var o = OnClip(Base(), "s2", 80);
        var other = OnClip(o, "s2", 60, 2).Change("s2", e => e with { Name = "s2b" }, "V1");
        var without = o.Change("s2", e => e with { Markers = [] }, "V1");

        Assert.Equal(ConflictKind.Delete, Assert.Single(Merged((o, Deleted(o), other)).Conflicts).Kind);
        Assert.Equal(ConflictKind.Delete, Assert.Single(Merged((o, Deleted(o), without)).Conflicts).Kind);
    }

    [Fact]
    public void A_sequence_marker_put_over_a_shot_that_was_taken_out_goes_too_stays_at_its_time_or_goes_to_the_next_shot()
    {
        var o = Base();
        AssertOffered(
            (o, OnSequence(o, 130), Deleted(o)),
            "main put marker \"look\" over s2; rough-cut deleted s2.",
            (Choice.Theirs, "Remove marker \"look\" too", "s1[0,100) s3[100,200) | clips: | tracks: | sequence:"),
            (Choice.Ours, "Keep marker \"look\" at its time", "s1[0,100) s3[100,200) | clips: | tracks: | sequence: look@130"),
            (Choice.NextShot, "Move marker \"look\" to the start of s3", "s1[0,100) s3[100,200) | clips: | tracks: | sequence: look@100"));
    }

    [Fact]
    public void A_sequence_marker_beside_what_was_taken_out_or_over_a_hole_that_was_left_is_no_question()
    {
        var o = Base();

        foreach (var (frame, expected) in new[] { (99, "look@99"), (200, "look@100"), (299, "look@199") })
        {
            var merged = Merged((o, OnSequence(o, frame), Deleted(o)));
            Assert.Empty(merged.Conflicts);
            Assert.Equal(expected, Marks(merged.Merged.Markers));
        }

        var lifted = Merged((o, Lifted(o), OnSequence(o, 130)));
        Assert.Empty(lifted.Conflicts);
        Assert.Equal("look@130", Marks(lifted.Merged.Markers));
    }

    [Fact]
    public void A_sequence_marker_that_was_moved_over_a_shot_that_was_taken_out_can_stay_where_it_was()
    {
        var o = OnSequence(Base(), 20);
        var moved = o with { Markers = [o.Markers[0] with { Range = new(F(150), F(1)) }] };
        AssertOffered(
            (o, Deleted(o), moved),
            "main deleted s2; rough-cut put marker \"look\" over s2.",
            (Choice.Ours, "Leave marker \"look\" where it was", "s1[0,100) s3[100,200) | clips: | tracks: | sequence: look@20"),
            (Choice.Theirs, "Keep marker \"look\" at its time", "s1[0,100) s3[100,200) | clips: | tracks: | sequence: look@150"),
            (Choice.NextShot, "Move marker \"look\" to the start of s3", "s1[0,100) s3[100,200) | clips: | tracks: | sequence: look@100"));
    }

    [Fact]
    public void A_track_marker_over_a_shot_that_was_taken_out_has_the_same_ways_out()
    {
        var o = Base();
        AssertOffered(
            (o, OnTrack(o, "V1", 130), Deleted(o)),
            "main put marker \"look\" over s2; rough-cut deleted s2.",
            (Choice.Theirs, "Remove marker \"look\" too", "s1[0,100) s3[100,200) | clips: | tracks: | sequence:"),
            (Choice.Ours, "Keep marker \"look\" at its time", "s1[0,100) s3[100,200) | clips: | tracks: V1 look@130 | sequence:"),
            (Choice.NextShot, "Move marker \"look\" to the start of s3", "s1[0,100) s3[100,200) | clips: | tracks: V1 look@100 | sequence:"));
    }
}
