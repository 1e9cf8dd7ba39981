using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Identity.NestCuts;

namespace CineGit.Timeline.Tests.Identity;

public sealed class NestNamingTests
{
    static OtioObject Comp((long, long)? shown) =>
        Nest("COMP", shown, Track("V1", Clip("a", 10, 100), Clip("b", 20, 100)), Track("A1", Clip("a", 10, 100)));

    static Sequence Twice() => Cut(Track("V1", Clip("x", 0, 50), Comp((0, 80)), Clip("y", 0, 50), Comp((100, 90))));

    [Fact]
    public void Everything_inside_gets_an_id_that_is_written_inside()
    {
        var first = First(Twice());
        var again = Inside(Saved(first), "COMP");

        var inside = Inside(first, "COMP");
        Assert.Equal("a[0,100) b[100,200)", inside.Layout("V1"));
        Assert.Equal(inside.Element("b").Id, again.Element("b").Id);
        Assert.Equal(inside.Element("a", "V1").Link, inside.Element("a", "A1").Link);
        Assert.NotNull(inside.Element("a", "V1").Link);
    }

    [Fact]
    public void Uses_of_equal_content_are_one_definition_with_one_inside()
    {
        var uses = Uses(First(Twice()), "COMP");

        Assert.NotNull(uses[0].Definition);
        Assert.Equal(uses[0].Definition, uses[1].Definition);
        Assert.NotEqual(uses[0].Id, uses[1].Id);
        Assert.True(NestInside.SameInside(uses[0], uses[1]));
    }

    [Fact]
    public void Nests_without_anything_inside_are_not_taken_for_one()
    {
        var cut = First(Cut(Track("V1", Nest("e", (0, 10)), Nest("e", (0, 10)))));

        Assert.NotEqual(Uses(cut, "e")[0].Definition, Uses(cut, "e")[1].Definition);
    }

    [Fact]
    public void An_export_without_ids_is_known_again_to_the_last_byte()
    {
        var first = Saved(First(Twice()));
        var again = Next(Exported(first), first);

        Assert.Equal(CanonicalForm.Hash(CutWriter.Write(first)), CanonicalForm.Hash(CutWriter.Write(again)));
    }

    [Fact]
    public void What_is_inside_keeps_its_id_through_edits_and_a_lost_file_name()
    {
        var first = First(Twice());
        var edited = Next(Exported(Edit(first, "COMP", c => Tail(Rename(c, "b", "B2"), "a", -12))), first);
        var (was, now) = (Inside(first, "COMP"), Inside(edited, "COMP"));

        Assert.Equal(was.Element("b").Id, now.Element("B2").Id);
        Assert.Equal(was.Element("a").Id, now.Element("a").Id);
        Assert.Equal(Uses(first, "COMP")[1].Definition, Uses(edited, "COMP")[1].Definition);
    }

    [Fact]
    public void The_one_copy_that_was_changed_stands_for_all()
    {
        var first = First(Twice());
        var changed = Exported(Edit(first, "COMP", c => Tail(c, "b", -12), use: 1));
        var next = ElementMatcher.Identify(changed, first, new Birth(2));

        Assert.All(Uses(next.Sequence, "COMP"), n => Assert.Equal("a[0,100) b[100,188)", NestInside.Of(n, Rate)?.Layout("V1")));
        Assert.Equal("COMP was changed inside, but not in all of its places; the change was taken for all of them.", Assert.Single(next.Assumptions));
    }

    [Fact]
    public void Copies_that_were_changed_in_different_ways_are_two_definitions_from_then_on()
    {
        var first = First(Twice());
        var apart = Edit(Edit(first, "COMP", c => Tail(c, "b", -12), use: 1), "COMP", c => Tail(c, "a", -5), use: 0);
        var next = ElementMatcher.Identify(Exported(apart), first, new Birth(2));
        var uses = Uses(next.Sequence, "COMP");

        Assert.Equal(Uses(first, "COMP")[0].Definition, uses[0].Definition);
        Assert.NotEqual(uses[0].Definition, uses[1].Definition);
        Assert.Contains("sequences of their own", Assert.Single(next.Assumptions), StringComparison.Ordinal);
        var later = Uses(Next(Exported(next.Sequence), next.Sequence, 3), "COMP");
        Assert.Equal(uses.Select(u => u.Definition), later.Select(u => u.Definition));
    }

    [Fact]
    public void A_copy_under_another_name_that_was_changed_leaves_the_others_as_they_are()
    {
        var first = First(Twice());
        var copied = Edit(first, "COMP", c => Tail(c, "b", -12), use: 1);
        var last = Uses(copied, "COMP")[1].Id;
        var renamed = copied.ChangeTracks(t => t with { Elements = [.. t.Elements.Select(e => e.Id == last ? e with { Name = "COMP copy" } : e)] });
        var next = Next(Exported(renamed), first);

        Assert.Equal("a[0,100) b[100,200)", Inside(next, "COMP").Layout("V1"));
        Assert.Equal("a[0,100) b[100,188)", Inside(next, "COMP copy").Layout("V1"));
        Assert.Equal(Uses(first, "COMP")[0].Definition, Uses(next, "COMP")[0].Definition);
        Assert.NotEqual(Uses(next, "COMP")[0].Definition, Uses(next, "COMP copy")[0].Definition);
        Assert.Equal(Inside(first, "COMP").Element("b").Id, Inside(next, "COMP copy").Element("b").Id);
    }

    [Fact]
    public void Another_sequence_in_the_place_of_a_use_is_no_change_of_the_first()
    {
        var first = First(Twice());
        var other = Nest("OTHER", (100, 90), Track("V1", Clip("q", 0, 300)));
        var next = Next(Cut(Track("V1", Clip("x", 0, 50), Comp((0, 80)), Clip("y", 0, 50), other)), first);

        Assert.Equal("a[0,100) b[100,200)", Inside(next, "COMP").Layout("V1"));
        Assert.NotEqual(Uses(next, "COMP")[0].Definition, Uses(next, "OTHER")[0].Definition);
    }

    [Fact]
    public void A_further_use_joins_its_definition_by_content_or_by_the_programs_own_name()
    {
        static OtioObject Named(OtioObject nest, string id) =>
            nest.With("metadata", OtioObject.Map(("fcp_xml", OtioObject.Map(("uuid", id)))));
        var first = First(Cut(Track("V1", Named(Comp((0, 80)), "u1"))));
        var edited = Named(Nest("COMP", (0, 40), Track("V1", Clip("a", 10, 90))), "u1");

        Assert.Equal(Uses(first, "COMP")[0].Definition, Uses(Next(Cut(Track("V1", Comp((0, 80)), Comp((30, 20)))), first), "COMP")[1].Definition);
        var byName = Next(Cut(Track("V1", edited, Clip("z", 0, 9), edited)), first);
        Assert.Equal(Uses(first, "COMP")[0].Definition, Uses(byName, "COMP")[1].Definition);
    }

    [Fact]
    public void Nests_in_nests_are_known_again_too()
    {
        static OtioObject Outer(string inner) => Nest("OUTER", null, Track("V1", Comp((0, 60)), Clip(inner, 0, 30)));
        var first = First(Cut(Track("V1", Outer("z"))));
        var next = Next(Exported(Edit(first, "OUTER", outer => Edit(outer, "COMP", c => Tail(c, "a", -3)))), first);

        Assert.Equal(Inside(Inside(first, "OUTER"), "COMP").Element("a").Id, Inside(Inside(next, "OUTER"), "COMP").Element("a").Id);
        Assert.Equal("a[0,97) b[97,197)", Inside(Inside(next, "OUTER"), "COMP").Layout("V1"));
    }

    [Fact]
    public void A_nested_track_has_an_inside_like_a_nested_stack()
    {
        var first = First(Cut(Track("V1", Clip("x", 0, 5), Track("INNER", Clip("a", 0, 10), Gap(5), Clip("b", 0, 10)))));
        var edited = Next(Exported(Edit(first, "INNER", c => Tail(c, "a", -2))), first);

        Assert.Equal(Inside(first, "INNER").Element("b").Id, Inside(edited, "INNER").Element("b").Id);
        Assert.Equal("a[0,8) b[13,23)", Inside(edited, "INNER").Layout(""));
    }

    [Fact]
    public void What_is_nested_too_deep_stays_as_it_is()
    {
        var deep = Enumerable.Range(0, NestInside.MostLevels).Aggregate(Clip("a", 0, 10), (inner, _) => Nest("n", null, Track("V1", inner)));
        var cut = First(Cut(Track("V1", deep)));

        Assert.Null(Uses(cut, "n")[0].Definition);
        Assert.Null(NestInside.Of(Uses(cut, "n")[0], Rate));
    }
}
