using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Source ranges, speeds, rates and timecodes that are typed in.</summary>
public sealed class TypedAnswersTests
{
    static Sequence Speed(Sequence cut, double speed, long? frames, string name = "a") => cut.Change(name, e => e with
    {
        Duration = frames is { } length ? F(length) : e.Duration,
        Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromDouble(speed) }],
    });

    static Sequence Retimable() => Cuts.Sequence(24).Video("V1", Shot("a").At(1.0), Shot("b")).Identified();

    static Sequence Replaced(Sequence cut, string name = "s2") =>
        cut.Change(name, e => (Clip)e with { Media = ((Clip)e).Media with { Key = "B007", Name = "B007" } }, "V1");

    static Sequence Pictures() => Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"))
        .Video("V2", Cuts.Gap(280), Cuts.Shot("title", "title", 0, 20))
        .Identified();

    static string Shown(Sequence cut, string name, string track = "V1")
    {
        var element = cut.Element(name, track);
        return $"{cut.Layout(track)} {name} from {element.SourceStart.ToFrames(cut.Rate, Rounding.Exact)}";
    }

    [Fact]
    public void Other_media_against_a_slip_takes_a_typed_in_point_as_frames_or_timecode()
    {
        var o = Base();
        var cuts = (o, Replaced(o), Slip(o, "s2", 15, "V1"));

        foreach (var typed in new[] { "72", "00:00:03:00" })
        {
            var merged = Typed(cuts, typed).Merged;
            Assert.Equal(("s1[0,100) s2[100,200) s3[200,300) s2 from 72", "B007"), (Shown(merged, "s2"), ((Clip)merged.Element("s2", "V1")).Media.Key));
        }

        Assert.Equal("“early” does not say where in the source the clip begins; type frames or timecode such as 50 or 00:00:02:02.", Refused(cuts, "early"));
        Assert.Equal("Neither side changed how long the clip lasts; type only where in the source it begins.", Refused(cuts, "72 90"));
        Assert.Equal("Type where in its source it begins", Merged(cuts).Conflicts[0].Offers[^1].Words);
        Assert.Equal("s2 runs 10 frames beyond its media.", Assert.Single(Typed(cuts, "410").Notes).Sentence);
    }

    [Fact]
    public void Other_media_against_a_trim_takes_a_typed_in_point_and_length_and_what_follows_goes_along()
    {
        var o = Pictures();
        var tail = (o, Replaced(o), Title(Tail(o, "s2", -9), -9));
        var head = (o, Title(Head(o, "s2", -9), -9), Replaced(o));

        Assert.Equal("s1[0,100) s2[100,191) s3[191,291) s2 from 60", Shown(Typed(tail, "60").Merged, "s2"));
        var merged = Typed(tail, "60 80").Merged;
        Assert.Equal(("s1[0,100) s2[100,180) s3[180,280) s2 from 60", "title[260,280)"), (Shown(merged, "s2"), merged.Layout("V2")));
        merged = Typed(head, "00:00:02:12 120").Merged;
        Assert.Equal(("s1[0,100) s2[100,220) s3[220,320) s2 from 60", "title[300,320)"), (Shown(merged, "s2"), merged.Layout("V2")));
        Assert.Equal("0 frames would leave nothing of the clip; type 1 or more.", Refused(tail, "60 0"));
        Assert.Equal("“60 long” does not say where in the source the clip begins; type frames or timecode such as 50 or 00:00:02:02, and after a space how many frames it lasts.", Refused(tail, "60 long"));
    }

    [Fact]
    public void Another_speed_against_a_trim_or_slip_takes_a_typed_source_range()
    {
        var o = Retimable();
        var trimmed = (o, Speed(o, 2, 50), Tail(o, "a", -10));
        var head = (o, Head(o, "a", -10), Speed(o, 2, 50));
        var slipped = (o, Speed(o, 2, 50), Slip(o, "a", 10));
        var kept = (o, Speed(o, 2, null), Tail(o, "a", -10));

        Assert.Equal("a[0,44) b[44,144) a from 55", Shown(Typed(trimmed, "55 44").Merged, "a"));
        Assert.Equal("a[0,44) b[44,144) a from 55", Shown(Typed(head, "55 44").Merged, "a"));
        Assert.Equal("a[0,60) b[60,160) a from 55", Shown(Typed(slipped, "55 60").Merged, "a"));
        Assert.Equal("a[0,70) b[70,170) a from 55", Shown(Typed(kept, "55 70").Merged, "a"));
        Assert.Equal("a[0,40) b[40,140) a from 55", Shown(Typed(trimmed, "55").Merged, "a"));
        Assert.Equal("2.0", Typed(head, "55 44").Merged.Element("a").Effects.Single().TimeScalar?.Lexeme);
    }

    [Fact]
    public void A_typed_length_is_refused_where_it_runs_into_what_was_left_in_place()
    {
        var o = Base();
        var hole = Rows(Tail(o, "s2", -9), r => [r[0], r[1], r[2] with { Lead = Space.Of(F(9)) }], "V1", "A1");
        var cuts = (o, Replaced(o), hole);

        Assert.Equal("s1[0,100) s2[100,195) s3[200,300) s2 from 60", Shown(Typed(cuts, "60 95").Merged, "s2"));
        Assert.Equal("101 frames would run into what stands next to the clip; type 100 or less.", Refused(cuts, "60 101"));
    }

    [Fact]
    public void Two_speeds_can_be_answered_with_a_third_in_percent_and_the_length_follows_it()
    {
        var o = Retimable();
        var cuts = (o, Speed(o, 2, 50), Speed(o, 4, 25));

        foreach (var (typed, scalar, layout) in new[]
        {
            ("50", "0.5", "a[0,200) b[200,300)"),
            ("100%", "1.0", "a[0,100) b[100,200)"),
            ("133.3 %", "1.333", "a[0,75) b[75,175)"),
            ("200", "2.0", "a[0,50) b[50,150)"),
        })
        {
            var merged = Typed(cuts, typed).Merged;
            Assert.Equal((scalar, layout), (merged.Element("a").Effects.Single().TimeScalar?.Lexeme, merged.Layout("V1")));
        }

        Assert.Equal("“fast” is not a speed above zero; type one in percent such as 50 or 133.3%.", Refused(cuts, "fast"));
        Assert.Equal("“0” is not a speed above zero; type one in percent such as 50 or 133.3%.", Refused(cuts, "0"));
        Assert.Equal("At 10001% nothing would be left of the clip; type 10000% or less.", Refused(cuts, "10001"));
        Assert.Equal("Type another speed in percent", Merged(cuts).Conflicts[0].Offers[^1].Words);
    }

    [Fact]
    public void A_typed_speed_leaves_the_length_alone_where_both_sides_did_and_stays_in_the_hole_where_both_left_one()
    {
        var o = Retimable();
        Sequence Hole(Sequence cut, long frames) => Rows(cut, r => [r[0], r[1] with { Lead = Space.Of(F(frames)) }], "V1");
        var kept = (o, Speed(o, 2, null), Speed(o, 3, null));
        var left = (o, Hole(Speed(o, 2, 50), 50), Hole(Speed(o, 4, 25), 75));

        var merged = Typed(kept, "50").Merged;
        Assert.Equal(("0.5", "a[0,100) b[100,200)"), (merged.Element("a").Effects.Single().TimeScalar?.Lexeme, merged.Layout("V1")));
        Assert.Equal("a[0,80) b[100,200)", Typed(left, "125").Merged.Layout("V1"));
        Assert.Equal("At 50% the clip would run into what stands next to it; type 100% or more.", Refused(left, "50"));
        Assert.DoesNotContain(Merged((o, Speed(o, 2, null), Speed(o, 4, 25))).Conflicts[0].Offers, offer => offer.Choice == Choice.Manual);
    }

    [Fact]
    public void Frame_rates_and_start_timecodes_of_the_sequence_can_be_typed_in()
    {
        var o = Base();
        var rates = (o, o with { Rate = FrameRate.Fps25 }, o with { Rate = FrameRate.Fps30 });
        var starts = (o, o with { GlobalStart = F(24) }, o with { GlobalStart = F(48) });

        Assert.Equal(FrameRate.Fps23976, Typed(rates, "23.976").Merged.Rate);
        Assert.Equal(FrameRate.Fps23976, Typed(rates, "24000/1001").Merged.Rate);
        Assert.Equal("“film” is not a frame rate; type one such as 25, 23.976 or 24000/1001.", Refused(rates, "film"));
        Assert.Equal("“0” is not a frame rate; type one such as 25, 23.976 or 24000/1001.", Refused(rates, "0"));
        Assert.Equal(F(10 * 3600 * 24), Typed(starts, "10:00:00:00").Merged.GlobalStart);
        Assert.Equal("“ten” is not a timecode of this cut; type one such as 00:00:00:00.", Refused(starts, "ten"));
        Assert.Equal("“10:00:00:24” is not a timecode of this cut; type one such as 00:00:00:00.", Refused(starts, "10:00:00:24"));
    }

    /// <summary>A title over a long shot, and another behind it.</summary>
    static Sequence Titled() => Cuts.Sequence(24)
        .Video("V1", Shot("s1", 400))
        .Video("V2", Cuts.Gap(100), Cuts.Shot("t0", "t", 0, 20), Cuts.Gap(100), Cuts.Shot("t1", "u", 0, 20))
        .Identified();

    static Sequence Push(Sequence cut, string name, long by) => cut.Change(name, e => e with { Lead = Space.Of(e.Lead.Duration + F(by)) });

    static Sequence Alone(Sequence cut, long by) => Push(Push(cut, "t0", by), "t1", -by);

    [Fact]
    public void A_title_pushed_to_two_places_can_go_to_either_be_there_twice_or_go_to_a_typed_one()
    {
        var o = Titled();
        var cuts = (o, Alone(o, 30), Alone(o, -40));

        AssertOffers(
            cuts,
            ConflictKind.Move,
            ["V2"],
            (Choice.Ours, "As on main: moved t0 by 30 frames to later", "t0[130,150) t1[220,240)"),
            (Choice.Theirs, "As on rough-cut: moved t0 by 40 frames to earlier", "t0[60,80) t1[220,240)"),
            (Choice.Both, "Both places: t0 twice", "t0[60,80) t0[130,150) t1[220,240)"),
            (Choice.Base, "Neither: leave t0 as it was", "t0[100,120) t1[220,240)"));
        foreach (var (typed, layout) in new[] { ("-7", "t0[93,113) t1[220,240)"), ("0", "t0[100,120) t1[220,240)"), ("100", "t0[200,220) t1[220,240)"), ("-100", "t0[0,20) t1[220,240)") })
            Assert.Equal(layout, Typed(cuts, typed).Merged.Layout("V2"));
        Assert.Equal("-101 frames would run into what stands before the clip; type -100 or more.", Refused(cuts, "-101"));
        Assert.Equal("101 frames would run into what stands next to the clip; type 100 or less.", Refused(cuts, "101"));
        var both = new Resolution(Merged(cuts).Conflicts[0].Id, Choice.Both);
        var (one, other) = (Merged(cuts, both).Merged.Track("V2"), Merged(cuts, both).Merged.Track("V2"));
        Assert.Equal(o.Element("t0").Id, one.Elements[1].Id);
        Assert.NotEqual(one.Elements[0].Id, one.Elements[1].Id);
        Assert.Equal(one.Elements.Select(e => e.Id), other.Elements.Select(e => e.Id));
    }

    [Fact]
    public void A_title_is_not_offered_twice_where_the_two_would_overlap_or_what_follows_was_moved_along()
    {
        var o = Titled();
        var last = (o, Push(o, "t1", 30), Push(o, "t1", -40));
        var along = (o, Push(o, "t0", 30), Push(o, "t0", -40));

        Assert.DoesNotContain(Choice.Both, Merged((o, Alone(o, 30), Alone(o, 20))).Conflicts[0].Offered);
        Assert.DoesNotContain(Choice.Both, Merged(along).Conflicts[0].Offered);
        Assert.Equal("t0[105,125) t1[225,245)", Typed(along, "5").Merged.Layout("V2"));
        Assert.Equal("t0[100,120) t1[225,245)", Typed(last, "5").Merged.Layout("V2"));
        Assert.Equal("t0[100,120) t1[180,200) t1[250,270)", Merged(last, new Resolution(Merged(last).Conflicts[0].Id, Choice.Both)).Merged.Layout("V2"));
    }

    [Fact]
    public void A_title_moved_past_another_to_two_timecodes_takes_a_typed_one()
    {
        var o = Titled();
        Sequence Behind(long at) => Rows(o, r => [r[1] with { Lead = Space.Of(F(220)) }, r[0] with { Lead = Space.Of(F(at - 240)) }], "V2");
        var cuts = (o, Behind(300), Behind(350));

        Assert.Equal("t1[220,240) t0[320,340)", Typed(cuts, "01:00:13:08").Merged.Layout("V2"));
        Assert.Equal("t0[5,25) t1[220,240)", Typed(cuts, "01:00:00:05").Merged.Layout("V2"));
        Assert.Equal("00:59:59:23 lies before the beginning of the cut; type 01:00:00:00 or later.", Refused(cuts, "00:59:59:23"));
        Assert.Equal("“late” is not a timecode of this cut; type one such as 01:00:00:00.", Refused(cuts, "late"));
        var open = Merged(cuts).Conflicts[0];
        var taken = Merged(cuts, new Resolution(open.Id, Choice.Manual, "01:00:09:10"));
        Assert.Equal([ConflictKind.Occupied], taken.Conflicts.Where(c => c.Chosen is null).Select(c => c.Kind));
    }

    [Fact]
    public void A_shot_whose_move_rippled_takes_no_typed_timecode()
    {
        var o = Cuts.Sequence(24).Video("V1", [.. "abcde".Select(c => (Piece)Shot(c.ToString(), 50))]).Identified();
        var cuts = (o, Rows(o, r => [r[0], r[4], r[1], r[2], r[3]], "V1"), Rows(o, r => [r[0], r[1], r[4], r[2], r[3]], "V1"));

        Assert.DoesNotContain(Assert.Single(Merged(cuts).Conflicts).Offers, offer => offer.Choice == Choice.Manual);
    }
}
