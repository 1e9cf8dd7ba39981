using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Identity.NestCuts;

namespace CineGit.Timeline.Tests.Diff;

public sealed class NestDiffTests
{
    static OtioObject Comp((long, long)? shown) =>
        Nest("COMP", shown, Track("V1", Clip("a", 10, 100), Clip("b", 20, 100)), Track("A1", Clip("a", 10, 100), Clip("b", 20, 100)));

    static Sequence Twice() =>
        First(Cut(Track("V1", Clip("x", 0, 50), Comp((0, 80)), Clip("y", 0, 50), Comp((100, 90))), Track("V2", Gap(10), Comp((5, 10)))));

    static IEnumerable<string> Told(Sequence before, Sequence after) => SequenceDiff.Compare(before, after).Edits.Select(e => e.Sentence);

    [Fact]
    public void An_edit_inside_is_told_once_with_the_nest_and_its_own_timecode()
    {
        var o = Twice();
        var edit = Assert.Single(SequenceDiff.Compare(o, Edit(o, "COMP", c => Tail(c, "a", -12))).Edits);

        Assert.Equal(EditKind.NestChange, edit.Kind);
        Assert.Equal("Inside COMP: trimmed the tail of a by 12 frames at 00:00:00:00 (V1 A1), everything after moves up, in 3 places", edit.Sentence);
        Assert.Equal(Uses(o, "COMP").Select(n => n.Id), edit.Elements);
        Assert.Equal(["V1", "V2"], edit.Tracks);
        Assert.Equal(F(50), edit.At);
        var inner = Assert.Single(edit.Children);
        Assert.Equal((EditKind.TrimTail, F(-12)), (inner.Kind, inner.Amount));
        Assert.Equal(Inside(o, "COMP").Element("a").Id, inner.Elements[0]);
    }

    [Fact]
    public void Edits_of_a_use_are_told_as_those_of_a_clip()
    {
        var o = Twice();
        var use = Uses(o, "COMP")[1];
        var trimmed = o.ChangeTracks(t => t with
        {
            Elements = [.. t.Elements.Select(e => e.Id == use.Id ? e with { Duration = e.Duration + F(-10) } : e)],
        });

        Assert.Equal(["Trimmed the tail of COMP by 10 frames at 00:00:07:12 (V1)"], Told(o, trimmed));
    }

    [Fact]
    public void Edits_in_nests_in_nests_name_both()
    {
        var o = First(Cut(Track("V1", Nest("OUTER", null, Track("V1", Comp((0, 60)), Clip("z", 0, 30))))));
        var edited = Edit(o, "OUTER", outer => Edit(outer, "COMP", c => Rename(c, "b", "B2")));

        Assert.Equal(["Inside OUTER: inside COMP: renamed b to B2 at 00:00:04:04 (V1 A1)"], Told(o, edited));
    }

    [Fact]
    public void A_nest_that_was_never_identified_is_told_as_changed_inside()
    {
        var o = Cut(Track("V1", Comp((0, 80))));

        Assert.Equal(["Changed what is inside COMP at 00:00:00:00 (V1)"], Told(o, Edit(o, "COMP", c => Tail(c, "a", -12))));
    }

    [Fact]
    public void Clips_put_into_a_nest_are_told_as_that()
    {
        var flat = First(Cut(
            Track("V1", Clip("x", 0, 50), Clip("a", 10, 100), Clip("b", 20, 100), Clip("y", 0, 50)),
            Track("A1", Gap(50), Clip("a", 10, 100), Clip("b", 20, 100))));
        var nested = Next(Cut(Track("V1", Clip("x", 0, 50), Comp(null), Clip("y", 0, 50)), Track("A1", Gap(50), Comp(null))), flat);

        var edit = Assert.Single(SequenceDiff.Compare(flat, nested).Edits);
        Assert.Equal((EditKind.NestMake, "Nested a and b as COMP at 00:00:02:02 (V1 A1)"), (edit.Kind, edit.Sentence));
        var back = Assert.Single(SequenceDiff.Compare(nested, flat).Edits);
        Assert.Equal((EditKind.NestDissolve, "Dissolved COMP into a and b at 00:00:02:02 (V1 A1)"), (back.Kind, back.Sentence));
    }

    [Fact]
    public void A_nest_with_other_contents_is_an_insert()
    {
        var flat = First(Cut(Track("V1", Clip("x", 0, 50), Clip("a", 10, 100), Clip("b", 20, 99))));
        var nested = Next(Cut(Track("V1", Clip("x", 0, 50), Comp(null))), flat);

        Assert.Contains(SequenceDiff.Compare(flat, nested).Edits, e => e.Kind == EditKind.Insert);
    }
}
