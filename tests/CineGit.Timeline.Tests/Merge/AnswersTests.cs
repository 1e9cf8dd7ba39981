using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Every kind of conflict: what is offered, in which words, and which cut each answer gives.</summary>
public sealed class AnswersTests
{
    [Fact]
    public void Two_trims_of_one_tail_can_be_answered_with_either_neither_or_another_number_of_frames()
    {
        var o = Base();
        var cuts = (o, Title(Tail(o, "s2", -9), -9), Title(Tail(o, "s2", -4), -4));

        AssertOffers(
            cuts,
            ConflictKind.Value,
            ["V1", "V2"],
            (Choice.Ours, "As on main: trimmed the tail of s2 by 9 frames", "s1[0,100) s2[100,191) s3[191,291) | title[271,291)"),
            (Choice.Theirs, "As on rough-cut: trimmed the tail of s2 by 4 frames", "s1[0,100) s2[100,196) s3[196,296) | title[276,296)"),
            (Choice.Base, "Neither: leave s2 as it was", "s1[0,100) s2[100,200) s3[200,300) | title[280,300)"));
        foreach (var (typed, layout) in new[]
        {
            ("-6", "s1[0,100) s2[100,194) s3[194,294) | title[274,294)"),
            ("0", "s1[0,100) s2[100,200) s3[200,300) | title[280,300)"),
            ("+12", "s1[0,100) s2[100,212) s3[212,312) | title[292,312)"),
            ("-99", "s1[0,100) s2[100,101) s3[101,201) | title[181,201)"),
        })
        {
            var merged = Typed(cuts, typed).Merged;
            Assert.Equal(layout, $"{merged.Layout("V1")} | {merged.Layout("V2")}");
            Assert.Equal(merged.Layout("V1"), merged.Layout("A1"));
        }
    }

    [Fact]
    public void A_typed_number_of_frames_is_refused_in_one_sentence_when_it_cannot_be_applied()
    {
        var o = Base();
        var rippled = (o, Title(Tail(o, "s2", -9), -9), Title(Tail(o, "s2", -4), -4));
        var left = (o, Hole(Tail(o, "s2", -9), 9), Hole(Tail(o, "s2", -4), 4));

        Assert.Equal("“six” is not a number of frames; type a whole number such as -6 or 12.", Refused(rippled, "six"));
        Assert.Equal("“1.5” is not a number of frames; type a whole number such as -6 or 12.", Refused(rippled, "1.5"));
        Assert.Equal("“” is not a number of frames; type a whole number such as -6 or 12.", Refused(rippled, null));
        Assert.Equal("-100 frames would leave nothing of the clip; type -99 or more.", Refused(rippled, "-100"));
        Assert.Equal("3 frames would run into what stands next to the clip; type 0 or less.", Refused(left, "3"));
        Assert.Equal("s1[0,100) s2[100,194) s3[200,300)", Typed(left, "-6").Merged.Layout("V1"));
        var beyond = Typed(rippled, "400");
        Assert.Equal("s2 runs 50 frames beyond its media.", Assert.Single(beyond.Notes).Sentence);
        Assert.Equal("That is not offered for this conflict; choose one of those that are.", Merged(rippled).Conflicts[0].WhyNot(Choice.NewTrack, null));
        Assert.Equal("A value goes with a typed-in answer only; leave it out.", Merged(rippled).Conflicts[0].WhyNot(Choice.Ours, "1"));

        static Sequence Hole(Sequence cut, long frames) => Rows(cut, r => [r[0], r[1], r[2] with { Lead = Space.Of(F(frames)) }], "V1", "A1");
    }

    [Fact]
    public void Heads_and_slips_take_a_typed_number_of_frames_too()
    {
        var o = Base();
        var heads = Typed((o, Title(Head(o, "s2", -9), -9), Title(Head(o, "s2", -4), -4)), "-6").Merged;
        var slips = Typed((o, Slip(o, "s2", 9), Slip(o, "s2", -4)), "-6").Merged;
        var inPlace = Typed((o, Rows(Head(o, "s2", -9), r => Push(r, 9), "V1", "A1"), Rows(Head(o, "s2", -4), r => Push(r, 4), "V1", "A1")), "-6").Merged;

        Assert.Equal(("s1[0,100) s2[100,194) s3[194,294)", "title[274,294)", F(56)), (heads.Layout("V1"), heads.Layout("V2"), heads.Element("s2").SourceStart));
        Assert.Equal((F(44), F(44), F(100)), (slips.Element("s2", "V1").SourceStart, slips.Element("s2", "A1").SourceStart, slips.Element("s2").Duration));
        Assert.Equal(("s1[0,100) s2[106,200) s3[200,300)", F(56)), (inPlace.Layout("V1"), inPlace.Element("s2").SourceStart));

        static IEnumerable<Element> Push(List<Element> row, long by) => [row[0], row[1] with { Lead = Space.Of(F(by)) }, row[2]];
    }

    [Fact]
    public void Names_colours_and_parameters_can_be_typed_in()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("s1").With("Blur", "amount", 0.5)).Identified();
        Sequence Blur(double amount) => o.Change("s1", e => e with { Effects = [e.Effects[0] with { Node = e.Effects[0].Node.With("metadata", OtioObject.Map(("amount", OtioNumber.FromDouble(amount)))) }] });
        var names = (o, o.Change("s1", e => e with { Name = "x" }), o.Change("s1", e => e with { Name = "y" }));
        var colours = (o, o.Change("s1", e => e with { Color = "RED" }), o.Change("s1", e => e with { Color = "BLUE" }));
        var amounts = (o, Blur(1), Blur(2));
        var sequences = (o, o with { Name = "Cut A" }, o with { Name = "Cut B" });

        Assert.Equal("NIGHT", Typed(names, "NIGHT").Merged.Tracks[0].Elements[0].Name);
        Assert.Equal("GREEN", Typed(colours, "green").Merged.Tracks[0].Elements[0].Color);
        Assert.Equal("3.0", (Typed(amounts, "3").Merged.Element("s1").Effects[0].Node.Child("metadata")?["amount"] as OtioNumber)?.Lexeme);
        Assert.Equal("Reel 1", Typed(sequences, "Reel 1").Merged.Name);
        Assert.Equal("Nothing was typed in; type at least one letter.", Refused(names, " "));
        Assert.StartsWith("“mud” is not a colour; type one of: PINK, RED, ", Refused(colours, "mud"), StringComparison.Ordinal);
        Assert.Equal("“much” is not a number; type one such as 0.5 or -3.", Refused(amounts, "much"));
    }

    [Fact]
    public void A_trim_against_a_change_of_speed_can_be_counted_as_it_plays_or_in_the_source()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("a").At(1.0), Shot("b")).Identified();
        Sequence Faster(Sequence cut) => cut.Change("a", e => e with { Duration = F(50), Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromDouble(2) }] });

        AssertOffers(
            (o, Faster(o), Tail(o, "a", -10)),
            ConflictKind.Meaning,
            ["V1"],
            (Choice.Ours, "As on main: changed the speed of a from 100% to 200%", "a[0,50) b[50,150)"),
            (Choice.Theirs, "As on rough-cut: trimmed the tail of a by 10 frames", "a[0,90) b[90,190)"),
            (Choice.Both, "Both, the trim in frames as they play (40 frames long)", "a[0,40) b[40,140)"),
            (Choice.SourceFrames, "Both, the trim in frames of the source (45 frames long)", "a[0,45) b[45,145)"),
            (Choice.Base, "Neither: leave a as it was", "a[0,100) b[100,200)"));
        var head = (o, Head(o, "a", -10), Faster(o));
        var id = Assert.Single(Merged(head).Conflicts).Id;
        var (plays, source) = (Merged(head, new Resolution(id, Choice.Both)).Merged, Merged(head, new Resolution(id, Choice.SourceFrames)).Merged);
        Assert.Equal(("a[0,40) b[40,140)", F(70)), (plays.Layout("V1"), plays.Element("a").SourceStart));
        Assert.Equal(("a[0,45) b[45,145)", F(60)), (source.Layout("V1"), source.Element("a").SourceStart));
    }

    [Fact]
    public void Other_media_against_a_slip_can_be_kept_both()
    {
        var o = Base();
        var replaced = o.Change("s2", e => (Clip)e with { Media = ((Clip)e).Media with { Key = "B007", Name = "B007" } }, "V1");
        var cuts = (o, replaced, Slip(o, "s2", 15, "V1"));
        var open = Assert.Single(Merged(cuts).Conflicts);

        Assert.Equal([Choice.Ours, Choice.Theirs, Choice.Both, Choice.Base], open.Offered);
        Assert.StartsWith("Both: replaced ", open.Offers[2].Words, StringComparison.Ordinal);
        var both = (Clip)Merged(cuts, new Resolution(open.Id, Choice.Both)).Merged.Element("s2", "V1");
        Assert.Equal(("B007", F(65)), (both.Media.Key, both.SourceStart));
    }

    [Fact]
    public void One_clip_moved_to_two_places_can_go_to_either_or_be_there_twice()
    {
        var o = Cuts.Sequence(24).Video("V1", [.. "abcde".Select(c => Shot(c.ToString(), 50).Marked("m", 60))]).Identified();
        var cuts = (o, Rows(o, r => [r[0], r[4], r[1], r[2], r[3]], "V1"), Rows(o, r => [r[0], r[1], r[4], r[2], r[3]], "V1"));

        AssertOffers(
            cuts,
            ConflictKind.Move,
            ["V1"],
            (Choice.Ours, "As on main: moved e to 01:00:02:02 on V1", "a[0,50) e[50,100) b[100,150) c[150,200) d[200,250)"),
            (Choice.Theirs, "As on rough-cut: moved e to 01:00:04:04 on V1", "a[0,50) b[50,100) e[100,150) c[150,200) d[200,250)"),
            (Choice.Both, "Both places: e twice", "a[0,50) e[50,100) b[100,150) e[150,200) c[200,250) d[250,300)"),
            (Choice.Base, "Neither: leave e as it was", "a[0,50) b[50,100) c[100,150) d[150,200) e[200,250)"));
        var both = new Resolution(Merged(cuts).Conflicts[0].Id, Choice.Both);
        var (one, other) = (Merged(cuts, both).Merged, Merged(cuts, both).Merged);
        var copies = one.Tracks[0].Elements.Where(e => e.Name == "e").ToList();
        Assert.Equal(o.Element("e").Id, copies[0].Id);
        Assert.Equal(6, one.Tracks[0].Elements.Select(e => e.Id).Distinct().Count());
        Assert.NotEqual(copies[0].Markers[0].Id, copies[1].Markers[0].Id);
        Assert.Equal(one.Tracks[0].Elements.Select(e => e.Id), other.Tracks[0].Elements.Select(e => e.Id));
    }

    [Fact]
    public void Linked_picture_and_sound_moved_to_two_places_are_there_twice_together()
    {
        var o = Cuts.Sequence(24).Video("V1", [.. "abcd".Select(c => Linked(c.ToString()))]).Audio("A1", [.. "abcd".Select(c => Linked(c.ToString()))]).Identified();
        var cuts = (o, Rows(o, r => [r[3], r[0], r[1], r[2]], "V1", "A1"), Rows(o, r => [r[0], r[3], r[1], r[2]], "V1", "A1"));
        var open = Assert.Single(Merged(cuts).Conflicts);

        var merged = Merged(cuts, new Resolution(open.Id, Choice.Both)).Merged;

        Assert.Equal("d[0,50) a[50,100) d[100,150) b[150,200) c[200,250)", merged.Layout("V1"));
        Assert.Equal(merged.Layout("V1"), merged.Layout("A1"));
        Assert.Equal(merged.Tracks[0].Elements.Select(e => e.Link), merged.Tracks[1].Elements.Select(e => e.Link));
        Assert.Equal(5, merged.Tracks[0].Elements.Select(e => e.Link).Distinct().Count());

        static Piece Linked(string name) => Shot(name, 50).Linked("L" + name);
    }

    [Fact]
    public void A_clip_deleted_on_one_side_and_edited_on_the_other_is_kept_or_deleted_and_a_hole_closed_or_left()
    {
        var o = Base();
        var removed = Title(Without(o, "s2", "V1", "A1"), -100);
        var lifted = Rows(o, r => [r[0], r[2] with { Lead = Space.Of(F(100)) }], "V1", "A1");

        AssertOffers(
            (o, removed, o.Change("s2", e => e with { Name = "s2b" })),
            ConflictKind.Delete,
            ["V1", "V2"],
            (Choice.Theirs, "Keep s2 as rough-cut has it", "s1[0,100) s2b[100,200) s3[200,300) | title[280,300)"),
            (Choice.Ours, "Delete s2", "s1[0,100) s3[100,200) | title[180,200)"),
            (Choice.Base, "Neither: leave s2 as it was", "s1[0,100) s2[100,200) s3[200,300) | title[280,300)"));
        AssertOffers(
            (o, lifted, removed),
            ConflictKind.Delete,
            ["V1", "V2"],
            (Choice.Ours, "Leave the hole", "s1[0,100) s3[200,300) | title[280,300)"),
            (Choice.Theirs, "Close the hole", "s1[0,100) s3[100,200) | title[180,200)"));
    }

    [Fact]
    public void Two_inserts_at_one_cut_can_stand_in_either_order()
    {
        var o = Base();
        AssertOffers(
            (o, Title(Insert(o, 1, "p", 24, 8), 24), Title(Insert(o, 1, "q", 48, 9), 48)),
            ConflictKind.Insert,
            ["V1", "A1", "V2"],
            (Choice.Both, "main's p, then rough-cut's q", Thrice("s1[0,100) p[100,124) q[124,172) s2[172,272) s3[272,372)", "title[352,372)")),
            (Choice.TheirsFirst, "rough-cut's q, then main's p", Thrice("s1[0,100) q[100,148) p[148,172) s2[172,272) s3[272,372)", "title[352,372)")),
            (Choice.Ours, "Only main's p", Thrice("s1[0,100) p[100,124) s2[124,224) s3[224,324)", "title[304,324)")),
            (Choice.Theirs, "Only rough-cut's q", Thrice("s1[0,100) q[100,148) s2[148,248) s3[248,348)", "title[328,348)")));
        AssertOffers(
            (o, Insert(o, 3, "p", 24, 8), Insert(o, 3, "q", 48, 9)),
            ConflictKind.Insert,
            ["V1", "A1", "V2"],
            (Choice.Both, "main's p, then rough-cut's q", Thrice("s1[0,100) s2[100,200) s3[200,300) p[300,324) q[324,372)", "title[280,300)")),
            (Choice.TheirsFirst, "rough-cut's q, then main's p", Thrice("s1[0,100) s2[100,200) s3[200,300) q[300,348) p[348,372)", "title[280,300)")),
            (Choice.Ours, "Only main's p", Thrice("s1[0,100) s2[100,200) s3[200,300) p[300,324)", "title[280,300)")),
            (Choice.Theirs, "Only rough-cut's q", Thrice("s1[0,100) s2[100,200) s3[200,300) q[300,348)", "title[280,300)")));

        static string Thrice(string row, string title) => $"{row} | {row} | {title}";
    }

    [Fact]
    public void The_same_clip_inserted_twice_is_kept_once_by_default()
    {
        var o = Base();
        var open = Assert.Single(Merged((o, Title(Insert(o, 1, "p", 24, 8), 24), Title(Insert(o, 1, "p", 24, 9), 24))).Conflicts);

        Assert.Equal([Choice.Ours, Choice.Both, Choice.TheirsFirst, Choice.Theirs], open.Offered);
        Assert.Equal("Keep p once", open.Offers[0].Words);
    }

    [Fact]
    public void Two_clips_on_one_stretch_of_a_track_can_both_be_kept()
    {
        var o = Base();
        var title = o.Element("title");
        Sequence Place(string name, long at, ulong birth) => Rows(
            o, r => [title with { Id = new ElementId(birth, 1), Name = name, Lead = Space.Of(F(at)), Duration = F(30) }, r[0] with { Lead = Space.Of(F(280 - at - 30)) }], "V2");

        AssertOffers(
            (o, Place("DAY", 100, 8), Place("NIGHT", 120, 9)),
            ConflictKind.Occupied,
            ["V2", "V3"],
            (Choice.Ours, "As on main: inserted DAY and left it as it was", "DAY[100,130) title[280,300) | none"),
            (Choice.Theirs, "As on rough-cut: left it as it was and inserted NIGHT", "NIGHT[120,150) title[280,300) | none"),
            (Choice.NewTrack, "Keep NIGHT on a new track above", "DAY[100,130) title[280,300) | NIGHT[120,150)"),
            (Choice.TrimEarlier, "Trim the tail of DAY to fit before NIGHT", "DAY[100,120) NIGHT[120,150) title[280,300) | none"),
            (Choice.TrimLater, "Trim the head of NIGHT to fit after DAY", "DAY[100,130) NIGHT[130,150) title[280,300) | none"),
            (Choice.Base, "Neither", "title[280,300) | none"));
    }

    [Fact]
    public void The_new_track_stands_right_above_and_has_an_id_that_every_machine_gives_it()
    {
        var o = Base();
        var title = o.Element("title");
        Sequence Place(long at, ulong birth) => Rows(
            o, r => [title with { Id = new ElementId(birth, 1), Name = "b" + birth, Lead = Space.Of(F(at)), Duration = F(30) }, r[0] with { Lead = Space.Of(F(280 - at - 30)) }], "V2");
        var cuts = (o, Place(100, 8), Place(120, 9));
        var answer = new Resolution(Merged(cuts).Conflicts[0].Id, Choice.NewTrack);
        var (one, other) = (Merged(cuts, answer).Merged, Merged(cuts, answer).Merged);

        Assert.Equal(["V1", "V2", "V3", "A1"], one.Tracks.Select(t => t.Name));
        Assert.Equal(TrackKind.Video, one.Tracks[2].Kind);
        Assert.Equal(one.Tracks.Select(t => t.Id), other.Tracks.Select(t => t.Id));
        Assert.Equal(4, one.Tracks.Select(t => t.Id).Distinct().Count());
        Assert.Equal(one.Layout("V3"), CutReader.Read(CutWriter.Write(one), new DiagnosticBag()).Layout("V3"));
    }
}
