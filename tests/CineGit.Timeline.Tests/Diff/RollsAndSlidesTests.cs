using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

public sealed class RollsAndSlidesTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Base(long titleAt = 250) => Cuts.Sequence(24)
        .Video("V1", [.. Shots()])
        .Video("V2", Cuts.Gap(titleAt), Cuts.Shot("TITLE", "title", 0, 20))
        .Audio("A1", [.. Shots()])
        .Identified();

    static IEnumerable<Piece> Shots() => Enumerable.Range(1, 5).Select(i => Cuts.Shot($"SC0{i}", $"A00{i}", 50, 100));

    static Sequence Tail(Sequence cut, string name, long frames, string? track = null) =>
        cut.Change(name, e => e with { Duration = e.Duration + F(frames) }, track);

    static Sequence Head(Sequence cut, string name, long frames, string? track = null) =>
        cut.Change(name, e => e with { Duration = e.Duration + F(frames), SourceStart = e.SourceStart - F(frames) }, track);

    static Sequence Lead(Sequence cut, string name, long frames) =>
        cut.Change(name, e => e with { Lead = Space.Of(e.Lead.Duration + F(frames)) });

    static Edit Only(Sequence before, Sequence after) => Assert.Single(SequenceDiff.Compare(before, after).Edits);

    [Theory]
    [InlineData(7, "Rolled the cut between SC02 and SC03 by 7 frames to later at 01:00:08:15 (V1 A1)")]
    [InlineData(-7, "Rolled the cut between SC02 and SC03 by 7 frames to earlier at 01:00:08:01 (V1 A1)")]
    public void A_cut_moved_between_two_neighbours_is_one_roll(long frames, string sentence)
    {
        var before = Base();
        var after = Head(Tail(before, "SC02", frames), "SC03", -frames);

        var edit = Only(before, after);

        Assert.Equal((EditKind.Roll, sentence, F(frames), false), (edit.Kind, edit.Sentence, edit.Amount, edit.Ripple));
        Assert.Equal(4, edit.Elements.Length);
        Assert.Equal(0, SequenceDiff.Compare(before, after).Shifted);
    }

    [Fact]
    public void A_roll_after_a_rippling_trim_is_still_a_roll()
    {
        var before = Base();
        var after = Lead(Head(Tail(Tail(before, "SC01", -12), "SC03", 7), "SC04", -7), "TITLE", -12);

        Assert.Equal([EditKind.TrimTail, EditKind.Roll], SequenceDiff.Compare(before, after).Edits.Select(e => e.Kind));
    }

    [Fact]
    public void A_rolled_picture_over_straight_sound_names_the_picture_track_only()
    {
        var before = Base();

        var edit = Only(before, Head(Tail(before, "SC02", 7, "V1"), "SC03", -7, "V1"));

        Assert.Equal((EditKind.Roll, "V1"), (edit.Kind, Assert.Single(edit.Tracks)));
    }

    [Theory]
    [InlineData(9, "Slid SC03 by 9 frames to later between SC02 and SC04 at 01:00:08:17 (V1 A1)")]
    [InlineData(-9, "Slid SC03 by 9 frames to earlier between SC02 and SC04 at 01:00:07:23 (V1 A1)")]
    public void An_element_moved_between_neighbours_that_give_and_take_is_one_slide(long frames, string sentence)
    {
        foreach (var titleAt in (long[])[10, 250, 450])
        {
            var before = Base(titleAt);
            var after = Head(Tail(before, "SC02", frames), "SC04", -frames);

            var edit = Only(before, after);

            Assert.Equal((EditKind.Slide, sentence, F(frames), "SC03"), (edit.Kind, edit.Sentence, edit.Amount, edit.Subject));
            Assert.Equal(0, SequenceDiff.Compare(before, after).Shifted);
        }
    }

    /// <summary>Both tracks with a shot put in before the one of this name.</summary>
    static Sequence Insert(Sequence cut, string before, long frames) => cut.ChangeTracks(t => t.Name == "V2" ? t : t with
    {
        Elements = [.. t.Elements.SelectMany(e => e.Name != before ? [e] : new[] { e with { Id = new(77, e.Id.Ordinal), Name = "NEW", Duration = F(frames) }, e })],
    });

    [Theory]
    [InlineData("SC03", -9)]
    [InlineData("SC04", 9)]
    public void A_shot_inserted_beside_a_slid_one_leaves_it_a_slide(string before, long frames)
    {
        var start = Base(10);
        var after = Insert(Head(Tail(start, "SC02", frames), "SC04", -frames), before, 30);

        Assert.Equal([EditKind.Insert, EditKind.Slide], SequenceDiff.Compare(start, after).Edits.Select(e => e.Kind).Order());
    }

    [Fact]
    public void A_clip_laid_over_a_tail_is_no_slide_of_what_follows()
    {
        var start = Base(10);
        var after = Insert(Head(Tail(start, "SC02", -9), "SC04", 9), "SC03", 9);

        Assert.Equal([EditKind.Insert, EditKind.TrimHead, EditKind.TrimTail], SequenceDiff.Compare(start, after).Edits.Select(e => e.Kind).Order());
    }

    [Fact]
    public void Two_rippling_trims_that_a_title_followed_are_no_slide()
    {
        var before = Base(250);
        var after = Lead(Head(Tail(before, "SC02", 9), "SC04", -9), "TITLE", 9);

        Assert.Equal([EditKind.TrimTail, EditKind.TrimHead], SequenceDiff.Compare(before, after).Edits.Select(e => e.Kind));
    }

    [Fact]
    public void Trims_of_different_amounts_are_neither()
    {
        var before = Base();

        Assert.DoesNotContain(
            SequenceDiff.Compare(before, Head(Tail(before, "SC02", 9), "SC03", -5)).Edits, e => e.Kind is EditKind.Roll or EditKind.Slide);
    }

    [Fact]
    public void Sound_that_starts_earlier_than_its_picture_is_trimmed_and_slipped_with_it_in_one_edit()
    {
        var before = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("SC01", "A001", 50, 100), Cuts.Shot("SC02", "A002", 60, 90).Linked("L2"), Cuts.Shot("SC03", "A003", 50, 100))
            .Audio("A1", Cuts.Shot("SC01", "A001", 50, 90), Cuts.Shot("SC02", "A002", 50, 100).Linked("L2"), Cuts.Shot("SC03", "A003", 50, 100))
            .Identified();

        var trimmed = Only(before, Tail(before, "SC02", -6));
        var slipped = Only(before, before.Change("SC02", e => e with { SourceStart = e.SourceStart + F(4) }));

        Assert.Equal((EditKind.TrimTail, 2), (trimmed.Kind, trimmed.Tracks.Length));
        Assert.Equal((EditKind.Slip, 2), (slipped.Kind, slipped.Tracks.Length));
    }
}
