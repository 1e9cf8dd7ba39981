using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Changes on tracks that the base and the other side hold locked.</summary>
public sealed class TrackLockTests
{
    static Sequence Locked(Sequence cut, string track, OtioValue locked) => cut.ChangeTracks(t => t.Name != track ? t : t with
    {
        Node = t.Node.With("metadata", OtioObject.Map(("fcp_xml", OtioObject.Map(("locked", locked))))),
    });

    static Sequence Locked(Sequence cut, string track = "V2") => Locked(cut, track, new OtioString("TRUE"));

    static Sequence Open(Sequence cut, string track = "V2") => Locked(cut, track, new OtioString("FALSE"));

    [Fact]
    public void A_change_on_a_locked_track_is_kept_or_set_aside()
    {
        var o = Locked(Base());
        var cuts = (o, Title(o, -30), o.Change("s1", e => e with { Name = "S1" }, "V1"));
        var open = Merged(cuts);

        Assert.Equal("V2 is locked by rough-cut; main changed title on V2.", Assert.Single(open.Conflicts).Sentence);
        Assert.Equal("title[280,300)", open.Merged.Layout("V2"));
        AssertOffers(
            cuts,
            ConflictKind.Track,
            ["V1", "V2"],
            (Choice.Theirs, "Keep the lock: leave V2 as rough-cut has it", "S1[0,100) s2[100,200) s3[200,300) | title[280,300)"),
            (Choice.Ours, "Keep what main did on V2", "S1[0,100) s2[100,200) s3[200,300) | title[250,270)"));
    }

    [Fact]
    public void Unlocking_a_track_to_change_it_is_asked_about_and_unlocking_alone_is_not()
    {
        var o = Locked(Base());

        Assert.Single(Merged((o, o, Open(Title(o, 10)))).Conflicts);
        Assert.Empty(Merged((o, o, Open(o))).Conflicts);
    }

    [Fact]
    public void A_track_that_the_other_side_unlocked_or_that_was_open_may_be_changed()
    {
        var o = Locked(Base());

        Assert.Empty(Merged((o, Open(o), Title(o, 10))).Conflicts);
        Assert.Empty(Merged((Base(), Locked(Base()), Title(Base(), 10))).Conflicts);
        Assert.Empty(Merged((o, o, Tail(o, "s2", -9))).Conflicts);
        Assert.Single(Merged((Locked(Base(), "V2", OtioBool.True), Locked(Base(), "V2", OtioBool.True), Title(Locked(Base(), "V2", OtioBool.True), 10))).Conflicts);
    }

    [Fact]
    public void Keeping_the_lock_puts_back_what_went_from_the_track_or_came_to_it_and_a_track_that_was_removed()
    {
        var o = Locked(Base());
        var title = o.Element("title");
        var s2 = o.Element("s2", "V1");
        var away = Rows(Rows(o, r => [], "V2"), r => [r[0], r[1], r[2], title with { Lead = Space.Of(F(5)) }], "V1");
        var onto = Rows(Rows(o, r => [s2 with { Lead = Space.Of(F(10)) }, r[0] with { Lead = Space.Of(F(170)) }], "V2"), r => [r[0], r[2] with { Lead = Space.Of(F(100)) }], "V1");
        var inserted = Rows(o, r => [title with { Id = new ElementId(7, 1), Name = "n", Lead = Space.Of(F(10)) }, r[0] with { Lead = Space.Of(F(250)) }], "V2");
        var removed = o with { Tracks = [o.Tracks[0], o.Tracks[2]] };
        const string whole = "s1[0,100) s2[100,200) s3[200,300) | title[280,300)";

        AssertLock((o, away, o), whole, "s1[0,100) s2[100,200) s3[200,300) title[305,325) | ");
        AssertLock((o, onto, o), whole, "s1[0,100) s3[200,300) | s2[10,110) title[280,300)");
        AssertLock((o, inserted, o), whole, "s1[0,100) s2[100,200) s3[200,300) | n[10,30) title[280,300)");
        AssertLock((o, removed, o), whole, "s1[0,100) s2[100,200) s3[200,300) | none");
    }

    static void AssertLock((Sequence, Sequence, Sequence) cuts, string kept, string changed) => AssertOffers(
        cuts,
        ConflictKind.Track,
        ["V1", "V2"],
        (Choice.Theirs, "Keep the lock: leave V2 as rough-cut has it", kept),
        (Choice.Ours, "Keep what main did on V2", changed));

    [Fact]
    public void What_clashes_on_the_track_is_asked_once_the_change_was_kept()
    {
        var o = Locked(Base());
        var cuts = (o, o.Change("title", e => e with { Name = "ONE" }), Open(o.Change("title", e => e with { Name = "TWO" })));
        var first = Assert.Single(Merged(cuts).Conflicts);

        Assert.Equal("V2 is locked by main; rough-cut changed title on V2.", first.Sentence);
        var kept = Merged(cuts, new Resolution(first.Id, Choice.Theirs)).Conflicts.Where(c => c.Chosen is null).ToList();
        Assert.Equal([ConflictKind.Value], kept.Select(c => c.Kind));
        Assert.Equal([first.Id], kept[0].DependsOn);
        Assert.Equal("ONE", Merged(cuts, new Resolution(first.Id, Choice.Ours)).Merged.Track("V2").Elements[0].Name);
    }
}
