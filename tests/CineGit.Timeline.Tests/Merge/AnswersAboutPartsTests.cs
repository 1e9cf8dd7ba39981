using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Answers about transitions, sync, clips left without their shot, effects, tracks and settings.</summary>
public sealed class AnswersAboutPartsTests
{
    static EditPoint Dissolve(Sequence cut, int right, long before, long after) =>
        Cuts.Sequence(24).Video("V1", Shot("x"), Cuts.Dissolve(before, after), Shot("y")).Build().Tracks[0].EditPoints[0] with
        {
            Id = new ElementId(88, 1),
            Left = cut.Track("V1").Elements[right - 1].Id,
            Right = cut.Track("V1").Elements[right].Id,
        };

    static Sequence Dissolved(Sequence cut) => cut.ChangeTracks(t => t.Name == "V1" ? t with { EditPoints = [Dissolve(cut, 1, 8, 8)] } : t);

    /// <summary>The row of V1 with its transitions: <c>s1 ⟨8+6⟩ s2</c>.</summary>
    static string Picture(Sequence cut)
    {
        var track = cut.Track("V1");
        string Name(ElementId? id) => track.Elements.FirstOrDefault(e => e.Id == id)?.Name ?? "";
        var points = track.EditPoints.Select(p => $"{Name(p.Left)}/{Name(p.Right)} {p.InOffset.ToFrames(cut.Rate, Rounding.Exact)}+{p.OutOffset.ToFrames(cut.Rate, Rounding.Exact)}");
        return $"{cut.Layout("V1")} {string.Join(' ', points)}".TrimEnd();
    }

    static void AssertTransition((Sequence Base, Sequence Ours, Sequence Theirs) cuts, params (Choice Choice, string Words, string Picture)[] expected)
    {
        var open = Assert.Single(Merged(cuts).Conflicts);
        Assert.Equal(ConflictKind.Transition, open.Kind);
        Assert.Equal(expected.Select(e => $"{e.Choice}: {e.Words}"), open.Offers.Select(o => $"{o.Choice}: {o.Words}"));
        foreach (var (choice, _, picture) in expected)
        {
            var answered = Merged(cuts, new Resolution(open.Id, choice));
            Assert.True(answered.IsClean, string.Join(' ', answered.Conflicts.Select(c => c.Sentence)));
            Assert.Equal($"{choice}: {picture}", $"{choice}: {Picture(answered.Merged)}");
        }
    }

    [Fact]
    public void A_dissolve_whose_cut_an_insert_split_can_go_to_either_new_cut_or_keep_the_insert_out()
    {
        var o = Base();
        AssertTransition(
            (o, Dissolved(o), Title(Insert(o, 1, "n", 24, 9), 24)),
            (Choice.Theirs, "Leave out the dissolve", "s1[0,100) n[100,124) s2[124,224) s3[224,324)"),
            (Choice.AfterLeft, "Put the dissolve between s1 and n", "s1[0,100) n[100,124) s2[124,224) s3[224,324) s1/n 8+8"),
            (Choice.BeforeRight, "Put the dissolve between n and s2", "s1[0,100) n[100,124) s2[124,224) s3[224,324) n/s2 8+8"),
            (Choice.KeepClip, "Leave out n, and keep the dissolve", "s1[0,100) s2[100,200) s3[200,300) s1/s2 8+8"));
    }

    [Fact]
    public void A_dissolve_whose_clip_was_taken_out_can_go_to_the_cut_that_came_of_it_or_bring_the_clip_back()
    {
        var o = Base();
        var removed = Title(Without(o, "s2", "V1", "A1"), -100);
        var cuts = (o, Dissolved(o), removed);

        AssertTransition(
            cuts,
            (Choice.Theirs, "Leave out the dissolve", "s1[0,100) s3[100,200)"),
            (Choice.AfterLeft, "Put the dissolve between s1 and s3", "s1[0,100) s3[100,200) s1/s3 8+8"),
            (Choice.KeepClip, "Keep s2, and the dissolve with it", "s1[0,100) s2[100,200) s3[200,300) s1/s2 8+8"));
        var kept = Merged(cuts, new Resolution(Merged(cuts).Conflicts[0].Id, Choice.KeepClip)).Merged;
        Assert.Equal(("s1[0,100) s2[100,200) s3[200,300)", "title[280,300)"), (kept.Layout("A1"), kept.Layout("V2")));
    }

    [Fact]
    public void A_dissolve_that_has_become_too_long_can_be_shortened_to_what_is_there()
    {
        var o = Base();
        AssertTransition(
            (o, Title(Tail(o, "s2", -94), -94), Dissolved(o)),
            (Choice.Ours, "Leave out the dissolve", "s1[0,100) s2[100,106) s3[106,206)"),
            (Choice.Both, "Shorten the dissolve to 14 frames", "s1[0,100) s2[100,106) s3[106,206) s1/s2 8+6"),
            (Choice.KeepClip, "Keep s2 as rough-cut has it, and the dissolve", "s1[0,100) s2[100,200) s3[200,300) s1/s2 8+8"));
    }

    [Fact]
    public void Sync_that_both_sides_changed_can_be_either_sides_the_old_one_or_both_changes()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("s1").Linked("L")).Audio("A1", Shot("s1").Linked("L")).Identified();
        var cuts = (o, Slip(o, "s1", 5, "V1"), Slip(o, "s1", -5, "A1"));
        var open = Assert.Single(Merged(cuts).Conflicts);
        (Flicks, Flicks) Sources(Choice choice)
        {
            var answered = Merged(cuts, new Resolution(open.Id, choice));
            Assert.True(answered.IsClean);
            return (answered.Merged.Element("s1", "V1").SourceStart, answered.Merged.Element("s1", "A1").SourceStart);
        }

        Assert.Equal(ConflictKind.Sync, open.Kind);
        Assert.Equal([Choice.Ours, Choice.Theirs, Choice.Base, Choice.Both], open.Offered);
        Assert.Equal(["In sync, as before both edits", "Both edits, 10 frames out of sync"], open.Offers.Skip(2).Select(o => o.Words));
        Assert.Equal((F(55), F(50)), Sources(Choice.Ours));
        Assert.Equal((F(50), F(45)), Sources(Choice.Theirs));
        Assert.Equal((F(50), F(50)), Sources(Choice.Base));
        Assert.Equal((F(55), F(45)), Sources(Choice.Both));
    }

    [Fact]
    public void A_clip_over_a_shot_that_was_taken_out_goes_too_stays_at_its_time_or_goes_to_the_next_shot()
    {
        var o = Base();
        var title = o.Element("title");
        var overlay = Rows(o, r => [title with { Id = new ElementId(7, 1), Name = "br", Lead = Space.Of(F(130)), Duration = F(30) }, r[0] with { Lead = Space.Of(F(120)) }], "V2");

        AssertOffers(
            (o, Title(Without(o, "s2", "V1", "A1"), -100), overlay),
            ConflictKind.Orphan,
            ["V1", "V2"],
            (Choice.Ours, "Remove br too", "s1[0,100) s3[100,200) | title[180,200)"),
            (Choice.Theirs, "Keep br at its time", "s1[0,100) s3[100,200) | br[130,160) title[180,200)"),
            (Choice.NextShot, "Move br to the start of s3", "s1[0,100) s3[100,200) | br[100,130) title[180,200)"));
    }

    [Fact]
    public void Effects_that_both_sides_added_at_one_place_of_a_chain_stand_in_either_order()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("s1").With("Grade", "gain", 1)).Identified();
        Sequence With(string kind, uint id) => o.Change("s1", e => e with { Effects = [.. e.Effects, e.Effects[0] with { Id = new(9, id), Kind = kind }] });
        var cuts = (o, With("Blur", 1), With("Glow", 2));
        var open = Assert.Single(Merged(cuts).Conflicts);
        string Chain(Choice choice) => string.Join(' ', Merged(cuts, new Resolution(open.Id, choice)).Merged.Element("s1").Effects.Select(e => e.Kind));

        Assert.Equal(ConflictKind.EffectOrder, open.Kind);
        Assert.Equal([Choice.Both, Choice.TheirsFirst, Choice.Ours, Choice.Theirs, Choice.Base], open.Offered);
        Assert.Equal(["main's first: Grade, Blur, Glow", "rough-cut's first: Grade, Glow, Blur"], open.Offers.Take(2).Select(o => o.Words));
        Assert.Equal("Grade Blur Glow", Chain(Choice.Both));
        Assert.Equal("Grade Glow Blur", Chain(Choice.TheirsFirst));
        Assert.Equal("Grade Blur", Chain(Choice.Ours));
        Assert.Equal("Grade Glow", Chain(Choice.Theirs));
        Assert.Equal("Grade", Chain(Choice.Base));
    }

    [Fact]
    public void A_removed_track_reordered_tracks_and_settings_are_answered_with_a_side_or_neither()
    {
        var o = Base();
        Sequence Order(params int[] order) => o with { Tracks = [.. order.Select(i => o.Tracks[i])] };
        var removed = (o, Order(0, 2), o.Change("title", e => e with { Name = "TITLE" }));
        var reordered = (o, Order(1, 0, 2), Order(0, 2, 1));
        var rates = (o, o with { Rate = FrameRate.Fps25 }, o with { Rate = FrameRate.Fps30 });
        string Tracks((Sequence, Sequence, Sequence) cuts, Choice choice) =>
            string.Join(' ', Merged(cuts, new Resolution(Assert.Single(Merged(cuts).Conflicts).Id, choice)).Merged.Tracks.Select(t => t.Name));
        FrameRate Rate(Choice choice) => Merged(rates, new Resolution(Assert.Single(Merged(rates).Conflicts).Id, choice)).Merged.Rate;

        Assert.Equal((ConflictKind.Track, ConflictKind.Settings), (Merged(reordered).Conflicts[0].Kind, Merged(rates).Conflicts[0].Kind));
        Assert.Equal(
            ["Remove track V2", "Keep track V2 as rough-cut has it", "Neither: leave V2 as it was"], Merged(removed).Conflicts[0].Offers.Select(o => o.Words));
        Assert.Equal(("V1 A1", "V1 V2 A1", "V1 V2 A1"), (Tracks(removed, Choice.Ours), Tracks(removed, Choice.Theirs), Tracks(removed, Choice.Base)));
        Assert.Equal(("V2 V1 A1", "V1 A1 V2", "V1 V2 A1"), (Tracks(reordered, Choice.Ours), Tracks(reordered, Choice.Theirs), Tracks(reordered, Choice.Base)));
        Assert.Equal("As on main: put the tracks in the order V2 V1 A1", Merged(reordered).Conflicts[0].Offers[0].Words);
        Assert.Equal((FrameRate.Fps25, FrameRate.Fps30, FrameRate.Fps24), (Rate(Choice.Ours), Rate(Choice.Theirs), Rate(Choice.Base)));
    }

    [Fact]
    public void A_question_that_an_answer_brings_up_names_the_question_that_was_answered()
    {
        var o = Cuts.Sequence(24).Video("V1", [.. "abcde".Select(c => Shot(c.ToString(), 50))]).Identified();
        var ours = Rows(o, r => [r[0], r[4], r[1], r[2] with { Id = new(9, 1), Name = "n" }, r[2], r[3]], "V1");
        var theirs = Rows(o, r => [r[0], r[1], r[4], r[2], r[3]], "V1");
        var first = Assert.Single(Merged((o, ours, theirs)).Conflicts);

        var then = Merged((o, ours, theirs), new Resolution(first.Id, Choice.Theirs)).Conflicts.Single(c => c.Chosen is null);

        Assert.Equal(ConflictKind.Insert, then.Kind);
        Assert.Equal([first.Id], then.DependsOn);
        Assert.Empty(first.DependsOn);
        var both = Merged((o, ours, theirs), new Resolution(first.Id, Choice.Theirs), new Resolution(then.Id, Choice.TheirsFirst));
        Assert.True(both.IsClean);
        Assert.Equal("a[0,50) b[50,100) e[100,150) n[150,200) c[200,250) d[250,300)", both.Merged.Layout("V1"));
    }
}
