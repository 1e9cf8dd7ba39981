using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Identity.NestCuts;

namespace CineGit.Timeline.Tests.Merge;

public sealed class NestMergeTests
{
    static OtioObject Comp((long, long)? shown) =>
        Nest("COMP", shown, Track("V1", Clip("a", 10, 100), Clip("b", 20, 100), Clip("c", 0, 100)), Track("V2", Gap(250), Clip("t", 0, 20)));

    /// <summary>COMP shows 300 frames; the first use shows 200 of them, the second 90.</summary>
    static Sequence Twice() =>
        First(Cut(Track("V1", Clip("x", 0, 50), Comp((0, 200)), Clip("y", 0, 50), Comp((100, 90))), Track("V2", Gap(300), Clip("title", 0, 20))));

    static MergeResult Merge(Sequence origin, Sequence ours, Sequence theirs, params Resolution[] resolutions) =>
        ThreeWayMerge.Merge(new(origin, ours, theirs) { Resolutions = [.. resolutions], OursName = "main", TheirsName = "rough-cut" });

    static MergeResult Answer(Sequence origin, Sequence ours, Sequence theirs, Choice choice)
    {
        var open = Assert.Single(Merge(origin, ours, theirs).Conflicts);
        var answered = Merge(origin, ours, theirs, new Resolution(open.Id, choice));
        Assert.Equal(choice, Assert.Single(answered.Conflicts).Chosen);
        Assert.True(answered.IsClean);
        return answered;
    }

    static Sequence ChangeUse(Sequence cut, int use, Func<Element, Element> change)
    {
        var id = Uses(cut, "COMP")[use].Id;
        return cut.ChangeTracks(t => t with { Elements = [.. t.Elements.Select(e => e.Id == id ? change(e) : e)] });
    }

    static Sequence TrimUse(Sequence cut, int use, long by) => ChangeUse(cut, use, e => e with { Duration = e.Duration + F(by) });

    /// <summary>Trims a tail inside; what stands on V2 inside follows.</summary>
    static Sequence TrimInside(Sequence cut, string name, long by) => Edit(cut, "COMP", c => Tail(Tail(c, name, by), "t", 0)
        .Change("t", e => e with { Lead = Space.Of(e.Lead.Duration + F(by)) }));

    [Fact]
    public void Two_edits_inside_a_nest_that_says_no_definition_are_merged_inside()
    {
        var origin = NestInside.Map(First(Cut(Track("V1", Clip("x", 0, 50), Comp((0, 200))))), n => n with { Definition = null });
        Sequence Side(Sequence edited, ulong birth) => Next(Saved(edited), origin, birth);

        var merged = Merge(origin, Side(TrimInside(origin, "a", -12), 2), Side(Edit(origin, "COMP", c => Rename(c, "b", "B2")), 3));

        Assert.Empty(merged.Conflicts);
        Assert.Equal("a[0,88) B2[88,188) c[188,288)", NestInside.Of((Nest)merged.Merged.Element("COMP"), origin.Rate)?.Layout("V1"));
    }

    [Fact]
    public void Edits_inside_on_both_sides_meet_in_every_use()
    {
        var o = Twice();
        var merged = Merge(o, TrimInside(o, "a", -12), Edit(TrimInside(o, "b", -5), "COMP", c => Rename(c, "c", "C2")));

        Assert.Empty(merged.Conflicts);
        Assert.All(Uses(merged.Merged, "COMP"), n =>
        {
            var inside = NestInside.Of(n, Rate);
            Assert.Equal("a[0,88) b[88,183) C2[183,283)", inside?.Layout("V1"));
            Assert.Equal("t[233,253)", inside?.Layout("V2"));
        });
        Assert.Equal(o.Layout("V1"), merged.Merged.Layout("V1"));
    }

    [Fact]
    public void An_inside_that_one_side_changed_is_taken_as_it_is_for_uses_of_the_other_side_too()
    {
        var o = Twice();
        var ours = Saved(TrimInside(o, "a", -12));
        var more = Next(Cut(Track("V1", Clip("x", 0, 50), Comp((0, 200)), Clip("y", 0, 50), Comp((100, 90)), Comp((0, 30))), Track("V2", Gap(300), Clip("title", 0, 20))), o);
        var uses = Uses(Merge(o, ours, more).Merged, "COMP");

        Assert.Equal(3, uses.Count);
        Assert.All(uses, u => Assert.True(NestInside.SameInside(u, Uses(ours, "COMP")[0])));
    }

    [Fact]
    public void A_conflict_inside_is_asked_once_names_the_nest_and_is_answered_like_any_other()
    {
        var o = Twice();
        var (a, b) = (Edit(o, "COMP", c => Rename(c, "b", "B1")), Edit(o, "COMP", c => Rename(c, "b", "B2")));

        var open = Assert.Single(Merge(o, a, b).Conflicts);
        Assert.Equal("Inside COMP: main renamed b to B1; rough-cut renamed b to B2.", open.Sentence);
        Assert.Equal(Uses(o, "COMP").Select(u => u.Id), open.Elements);
        Assert.Equal(F(50), open.At);
        Assert.Equal(open.Id, Assert.Single(Merge(o, Saved(a), Saved(b)).Conflicts).Id);
        Assert.Contains("B2", NestInside.Of(Uses(Answer(o, a, b, Choice.Theirs).Merged, "COMP")[1], Rate)?.Layout("V1"), StringComparison.Ordinal);
        Assert.Contains(" b[", NestInside.Of(Uses(Merge(o, a, b).Merged, "COMP")[0], Rate)?.Layout("V1"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_conflict_in_two_sequences_is_two_questions()
    {
        static OtioObject Named(string name, string second) => Nest(name, (0, 50), Track("V1", Clip("a", 0, 100), Clip(second, 0, 100)));
        var o = First(Cut(Track("V1", Named("N1", "p"), Named("N2", "q"))));
        Sequence Both(string to) => Edit(Edit(o, "N1", c => Rename(c, "a", to)), "N2", c => Rename(c, "a", to));

        Assert.Equal(2, Merge(o, Both("B1"), Both("B2")).Conflicts.DistinctBy(c => c.Id).Count());
    }

    [Fact]
    public void Trims_of_a_use_and_edits_inside_meet_where_the_use_shows_nothing_of_what_went()
    {
        var o = Twice();
        var merged = Merge(o, TrimInside(o, "c", -12), TrimUse(o, 0, -10));

        Assert.Empty(merged.Conflicts);
        Assert.Equal("x[0,50) COMP[50,240) y[240,290) COMP[290,380)", merged.Merged.Layout("V1"));
        Assert.Equal("a[0,100) b[100,200) c[200,288)", Inside(merged.Merged, "COMP").Layout("V1"));
    }

    [Fact]
    public void A_use_that_one_side_trimmed_to_frames_that_the_other_removed_is_a_question_and_the_other_uses_are_not()
    {
        var o = Twice();
        var (a, b) = (TrimInside(o, "a", -12), TrimUse(o, 0, -10));

        var conflict = Assert.Single(Merge(o, a, b).Conflicts);
        Assert.Equal((ConflictKind.Nest, Uses(o, "COMP")[0].Id), (conflict.Kind, Assert.Single(conflict.Elements)));
        Assert.Equal("main removed 12 frames inside COMP that it shows; rough-cut trimmed the tail of COMP by 10 frames.", conflict.Sentence);
        Assert.Equal(o.Layout("V1"), Merge(o, a, b).Merged.Layout("V1"));
        Assert.Equal("x[0,50) COMP[50,240) y[240,290) COMP[290,380)", Answer(o, a, b, Choice.Theirs).Merged.Layout("V1"));
        Assert.Equal(o.Layout("V1"), Answer(o, a, b, Choice.Ours).Merged.Layout("V1"));
        Assert.All(Uses(Answer(o, a, b, Choice.Ours).Merged, "COMP"), n => Assert.Equal("a[0,88) b[88,188) c[188,288)", NestInside.Of(n, Rate)?.Layout("V1")));
    }

    [Fact]
    public void What_a_roll_or_a_replacement_inside_covers_was_not_removed()
    {
        var o = Twice();
        var rolled = Edit(o, "COMP", c => Tail(c, "a", -12).Change("b", e => e with { SourceStart = e.SourceStart - F(12), Duration = e.Duration + F(12) }));
        var lifted = Edit(o, "COMP", c => Without(c, "t"));

        Assert.Empty(Merge(o, rolled, TrimUse(o, 0, -10)).Conflicts);
        Assert.Empty(Merge(o, lifted, TrimUse(o, 0, -10)).Conflicts);
    }

    [Fact]
    public void Deleting_the_only_use_against_an_edit_inside_is_a_question_deleting_one_of_two_is_not()
    {
        var o = Twice();
        var a = TrimInside(o, "a", -12);
        Sequence Gone(int uses) => o.ChangeTracks(t => t with { Elements = [.. t.Elements.Where(e => !Uses(o, "COMP").TakeLast(uses).Any(u => u.Id == e.Id))] });

        Assert.Empty(Merge(o, a, Gone(1)).Conflicts);
        var conflicts = Merge(o, a, Gone(2)).Conflicts;
        Assert.All(conflicts, c => Assert.Equal(ConflictKind.Delete, c.Kind));
        Assert.Equal("main changed what is inside COMP; rough-cut deleted COMP.", conflicts[0].Sentence);
    }

    [Fact]
    public void A_use_made_a_sequence_of_its_own_is_a_question_when_the_other_side_changed_what_it_was_a_use_of()
    {
        var o = Twice();
        var apart = ChangeUse(Edit(o, "COMP", c => Rename(c, "c", "C2"), use: 1), 1, e => (Nest)e with { Definition = "own" });
        var a = TrimInside(o, "a", -12);

        Assert.Empty(Merge(o, o, apart).Conflicts);
        var conflict = Assert.Single(Merge(o, a, apart).Conflicts);
        Assert.Equal((ConflictKind.Nest, "main changed what is inside COMP; rough-cut made COMP a sequence of its own."), (conflict.Kind, conflict.Sentence));
        Assert.Equal(["a[0,88) b[88,188) c[188,288)", "a[0,100) b[100,200) C2[200,300)"], Layouts(Answer(o, a, apart, Choice.Theirs)));
        Assert.Equal(["a[0,88) b[88,188) c[188,288)", "a[0,88) b[88,188) c[188,288)"], Layouts(Answer(o, a, apart, Choice.Ours)));

        static IEnumerable<string?> Layouts(MergeResult result) => Uses(result.Merged, "COMP").Select(n => NestInside.Of(n, Rate)?.Layout("V1"));
    }

    [Fact]
    public void A_nest_that_is_as_long_as_its_inside_moves_what_follows_it()
    {
        var o = First(Cut(Track("V1", Comp(null), Clip("y", 0, 50))));
        static Sequence Following(Sequence cut) => Saved(cut.Change("COMP", e => e with { Duration = NestInside.LengthOf((Nest)e) }));
        var (a, b) = (Following(TrimInside(o, "a", -12)), Following(TrimInside(o, "b", -5)));

        Assert.Equal("COMP[0,288) y[288,338)", Merge(o, a, o).Merged.Layout("V1"));
        var merged = Merge(o, a, b);
        Assert.Empty(merged.Conflicts);
        Assert.Equal("COMP[0,283) y[283,333)", merged.Merged.Layout("V1"));
        Assert.False(NestInside.SaysRange((Nest)Saved(merged.Merged).Element("COMP")));
    }

    [Fact]
    public void What_is_nested_in_two_sequences_is_merged_and_asked_once()
    {
        static OtioObject Outer(string name) => Nest(name, null, Track("V1", Clip(name + "1", 0, 30), Comp((0, 60))));
        var o = First(Cut(Track("V1", Outer("P"), Outer("Q"))));
        Sequence Renamed(string to) => Edit(Edit(o, "P", p => Edit(p, "COMP", c => Rename(c, "b", to))), "Q", q => Edit(q, "COMP", c => Rename(c, "b", to)));
        var (a, b) = (Renamed("B1"), Renamed("B2"));

        Assert.Equal(Uses(Inside(o, "P"), "COMP")[0].Definition, Uses(Inside(o, "Q"), "COMP")[0].Definition);
        Assert.Equal("Inside P: inside COMP: main renamed b to B1; rough-cut renamed b to B2.", Assert.Single(Merge(o, a, b).Conflicts).Sentence);
        var answered = Answer(o, a, b, Choice.Ours).Merged;
        Assert.All((string[])["P", "Q"], outer => Assert.Contains("B1", Inside(Inside(answered, outer), "COMP").Layout("V1"), StringComparison.Ordinal));
    }

    [Fact]
    public void Histories_that_crossed_inside_merge_from_all_their_bases()
    {
        var o = Twice();
        var (x, y) = (TrimInside(o, "a", -12), Edit(o, "COMP", c => Rename(c, "b", "B1")));
        var met = Merge(o, x, y).Merged;
        var (a, b) = (Edit(met, "COMP", c => Rename(c, "c", "C1")), TrimUse(met, 1, -4));

        var merged = ThreeWayMerge.Merge(new(x, a, b) { OtherBases = [y] });

        Assert.Empty(merged.Conflicts);
        Assert.Equal("a[0,88) B1[88,188) C1[188,288)", Inside(merged.Merged, "COMP").Layout("V1"));
        Assert.Equal([F(200), F(86)], Uses(merged.Merged, "COMP").Select(u => u.Duration));
    }

    [Fact]
    public void Nests_that_were_never_identified_are_one_value()
    {
        var o = Cut(Track("V1", Comp((0, 200)))) is var read ? read with { Tracks = [.. read.Tracks.Select(t => t with { Id = new(9, 1), Elements = [.. t.Elements.Select(e => e with { Id = new(9, 2) })] })] } : read;
        var (a, b) = (Edit(o, "COMP", c => Rename(c, "a", "A1")), Edit(o, "COMP", c => Rename(c, "b", "B1")));

        Assert.Empty(Merge(o, a, o).Conflicts);
        Assert.Equal(ConflictKind.Value, Assert.Single(Merge(o, a, b).Conflicts).Kind);
    }
}
