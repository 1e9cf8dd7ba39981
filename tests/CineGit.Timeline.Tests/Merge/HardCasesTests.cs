using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>The cases that other ways of merging a timeline get wrong, by their numbers in the design.</summary>
public sealed class HardCasesTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    /// <summary>s1 s2 s3 of 100 frames with sound, a title over s3.</summary>
    static Sequence Base() => Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"))
        .Video("V2", Cuts.Gap(280), Cuts.Shot("title", "title", 0, 20))
        .Audio("A1", Shot("s1"), Shot("s2"), Shot("s3"))
        .Identified();

    static Shot Shot(string name, long frames = 100) => Cuts.Shot(name, "M" + name, 50, frames, mediaFrames: 500);

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

    static Sequence Title(Sequence cut, long by) => cut.Change("title", e => e with { Lead = Space.Of(e.Lead.Duration + F(by)) });

    static Sequence Tail(Sequence cut, string name, long by) => cut.Change(name, e => e with { Duration = e.Duration + F(by) });

    static Sequence Slip(Sequence cut, string name, long by, string? track = null) =>
        cut.Change(name, e => e with { SourceStart = e.SourceStart + F(by) }, track);

    static Sequence Rows(Sequence cut, Func<List<Element>, IEnumerable<Element>> change, params string[] tracks) =>
        cut.ChangeTracks(t => tracks.Contains(t.Name) ? t with { Elements = [.. change([.. t.Elements])] } : t);

    static Sequence Without(Sequence cut, string name, params string[] tracks) => Rows(cut, row => row.Where(e => e.Name != name), tracks);

    static Sequence Insert(Sequence cut, int at, string name, long frames, ulong birth) =>
        Rows(
            cut,
            row => [.. row[..at], row[0] with { Id = new(birth, row[0].Id.Ordinal), Name = name, Duration = F(frames), Link = name, Markers = [] }, .. row[at..]],
            "V1",
            "A1");

    static Clip Media(Element e, string key) => (Clip)e with { Media = ((Clip)e).Media with { Key = key, Name = key } };

    [Fact]
    public void Case_1_equal_ripples_over_one_gap_add_up()
    {
        var o = Base();
        var merged = Merge(o, Title(Tail(o, "s1", -12), -12), Title(Tail(o, "s2", -12), -12));

        Assert.Empty(merged.Conflicts);
        Assert.Equal("s1[0,88) s2[88,176) s3[176,276)", merged.Merged.Layout("V1"));
        Assert.Equal("title[256,276)", merged.Merged.Layout("V2"));
    }

    [Fact]
    public void Case_2_two_moves_of_one_clip_are_one_question()
    {
        var o = Cuts.Sequence(24).Video("V1", [.. "abcde".Select(c => Shot(c.ToString(), 50))]).Identified();
        var afterA = Rows(o, r => [r[0], r[4], r[1], r[2], r[3]], "V1");
        var afterB = Rows(o, r => [r[0], r[1], r[4], r[2], r[3]], "V1");

        var open = Merge(o, afterA, afterB);

        Assert.Equal(ConflictKind.Move, Assert.Single(open.Conflicts).Kind);
        Assert.Equal(o.Layout("V1"), open.Merged.Layout("V1"));
        Assert.Equal(afterA.Layout("V1"), Answer(o, afterA, afterB, Choice.Ours).Merged.Layout("V1"));
        Assert.Equal(afterB.Layout("V1"), Answer(o, afterA, afterB, Choice.Theirs).Merged.Layout("V1"));
        var alike = Merge(o, afterA, afterA.Change("c", e => e with { Enabled = false }));
        Assert.Empty(alike.Conflicts);
        Assert.Contains(alike.Notes, n => n.Sentence == "Both sides moved e to the same place; it was moved once.");
        var renamed = Merge(o, afterA, o.Change("e", e => e with { Name = "f" }));
        Assert.Empty(renamed.Conflicts);
        Assert.Equal("a[0,50) f[50,100) b[100,150) c[150,200) d[200,250)", renamed.Merged.Layout("V1"));
    }

    [Fact]
    public void Case_3_a_trim_follows_the_clip_to_where_the_other_side_moved_it()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("a"), Shot("x", 40), Shot("b"), Shot("c"), Shot("d")).Identified();
        var moved = Rows(o, r => [r[0], r[2], r[3], r[1], r[4]], "V1");

        var trimmed = Merge(o, moved, Tail(o, "x", -10));
        var deleted = Merge(o, moved, Without(o, "x", "V1"));

        Assert.Empty(trimmed.Conflicts);
        Assert.Equal("a[0,100) b[100,200) c[200,300) x[300,330) d[330,430)", trimmed.Merged.Layout("V1"));
        Assert.Equal(ConflictKind.Delete, Assert.Single(deleted.Conflicts).Kind);
        Assert.Equal("a[0,100) b[100,200) c[200,300) d[300,400)", Answer(o, moved, Without(o, "x", "V1"), Choice.Theirs).Merged.Layout("V1"));
    }

    [Fact]
    public void Case_4_slipping_picture_one_way_and_sound_the_other_is_a_question_of_sync()
    {
        var o = Base();
        var (a, b) = (Slip(o, "s2", 5, "V1"), Slip(o, "s2", -5, "A1"));

        var open = Merge(o, a, b);
        var conflict = Assert.Single(open.Conflicts);

        Assert.Equal(ConflictKind.Sync, conflict.Kind);
        Assert.Equal(["V1", "A1"], conflict.Tracks);
        Assert.Equal((F(50), F(50)), Sources(open.Merged));
        Assert.Equal((F(55), F(50)), Sources(Answer(o, a, b, Choice.Ours).Merged));
        Assert.Equal((F(50), F(45)), Sources(Answer(o, a, b, Choice.Theirs).Merged));

        static (Flicks, Flicks) Sources(Sequence cut) => (cut.Element("s2", "V1").SourceStart, cut.Element("s2", "A1").SourceStart);
    }

    [Fact]
    public void Case_5_other_media_or_speed_against_a_slip_or_trim_is_a_question()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("a").At(1.0), Shot("b")).Identified();
        var replaced = o.Change("b", e => Media(e, "B007"));
        var faster = o.Change("a", e => e with { Duration = F(50), Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromDouble(2) }] });

        Assert.Equal(ConflictKind.Meaning, Assert.Single(Merge(o, replaced, Slip(o, "b", 15)).Conflicts).Kind);
        Assert.Equal(ConflictKind.Meaning, Assert.Single(Merge(o, faster, Tail(o, "a", -10)).Conflicts).Kind);
        var both = Answer(o, faster, Tail(o, "a", -10), Choice.Both).Merged;
        Assert.Equal("a[0,40) b[40,140)", both.Layout("V1"));
        var ours = Answer(o, faster, Tail(o, "a", -10), Choice.Ours).Merged;
        Assert.Equal("a[0,50) b[50,150)", ours.Layout("V1"));
        var theirs = Answer(o, faster, Tail(o, "a", -10), Choice.Theirs).Merged;
        Assert.Equal("a[0,90) b[90,190)", theirs.Layout("V1"));
        Assert.Equal("1.0", theirs.Element("a").Effects[0].TimeScalar?.Lexeme);
    }

    [Fact]
    public void Case_6_a_clip_over_a_shot_that_was_taken_out_is_a_question_over_one_that_was_lifted_it_is_not()
    {
        var o = Base();
        var title = o.Element("title");
        var overlay = Rows(o, r => [title with { Id = new ElementId(7, 1), Name = "br", Lead = Space.Of(F(130)), Duration = F(30) }, r[0] with { Lead = Space.Of(F(120)) }], "V2");
        var lifted = Rows(o, r => [r[0], r[2] with { Lead = Space.Of(F(100)) }], "V1", "A1");

        Assert.Equal(ConflictKind.Orphan, Assert.Single(Merge(o, Title(Without(o, "s2", "V1", "A1"), -100), overlay).Conflicts).Kind);
        Assert.Equal("br[130,160) title[280,300)", Merge(o, lifted, overlay).Merged.Layout("V2"));
    }

    [Fact]
    public void Case_7_a_dissolve_is_kept_only_where_its_cut_and_handles_are()
    {
        var o = Base();
        var v1 = o.Track("V1");
        var dissolve = Cuts.Sequence(24).Video("V1", Shot("s1"), Cuts.Dissolve(8, 8), Shot("s2")).Build().Tracks[0].EditPoints[0] with
        {
            Id = new ElementId(8, 1),
            Left = v1.Elements[0].Id,
            Right = v1.Elements[1].Id,
        };
        var a = o.ChangeTracks(t => t.Name == "V1" ? t with { EditPoints = [dissolve] } : t);
        var rolled = Tail(o, "s1", 4).Change("s2", e => e with { SourceStart = e.SourceStart + F(4), Duration = e.Duration - F(4) });

        Assert.Equal(ConflictKind.Transition, Assert.Single(Merge(o, a, Insert(o, 1, "n", 24, 9)).Conflicts).Kind);
        Assert.Equal(ConflictKind.Transition, Assert.Single(Merge(o, a, Title(Without(o, "s2", "V1", "A1"), -100)).Conflicts).Kind);
        var shortened = Answer(o, a, Title(Tail(o, "s2", -94), -94), Choice.Both).Merged;
        Assert.Equal(F(6), shortened.Track("V1").EditPoints[0].OutOffset);
        foreach (var clean in (MergeResult[])[Merge(o, a, rolled), Merge(o, a, Slip(o, "s2", 20))])
        {
            Assert.Empty(clean.Conflicts);
            Assert.Equal(dissolve, Assert.Single(clean.Merged.Track("V1").EditPoints));
        }
    }

    [Fact]
    public void Case_8_two_inserts_at_one_cut_are_ordered_by_a_person_and_everything_after_follows()
    {
        var o = Base();
        var (a, b) = (Title(Insert(o, 1, "p", 24, 8), 24), Title(Insert(o, 1, "q", 48, 9), 48));

        var open = Merge(o, a, b);

        Assert.Equal(ConflictKind.Insert, Assert.Single(open.Conflicts).Kind);
        Assert.Equal("s1[0,100) s2[100,200) s3[200,300)", open.Merged.Layout("V1"));
        var both = Answer(o, a, b, Choice.Both).Merged;
        Assert.Equal("s1[0,100) p[100,124) q[124,172) s2[172,272) s3[272,372)", both.Layout("V1"));
        Assert.Equal("s1[0,100) p[100,124) q[124,172) s2[172,272) s3[272,372)", both.Layout("A1"));
        Assert.Equal("title[352,372)", both.Layout("V2"));
        Assert.Equal("s1[0,100) q[100,148) s2[148,248) s3[248,348)", Answer(o, a, b, Choice.Theirs).Merged.Layout("V1"));
        var apart = Merge(o, a, Title(Insert(o, 2, "q", 48, 9), 48));
        Assert.Empty(apart.Conflicts);
        Assert.Equal("title[352,372)", apart.Merged.Layout("V2"));
    }

    [Fact]
    public void Case_9_the_same_removal_takes_the_time_out_once_and_a_lift_against_it_is_a_question()
    {
        var o = Base();
        var removed = Title(Without(o, "s2", "V1", "A1"), -100);
        var lifted = Rows(o, r => [r[0], r[2] with { Lead = Space.Of(F(100)) }], "V1", "A1");

        var same = Merge(o, removed, removed.Change("s1", e => e with { Enabled = false }));
        Assert.Empty(same.Conflicts);
        Assert.Equal("s1[0,100) s3[100,200)", same.Merged.Layout("V1"));
        Assert.Equal("title[180,200)", same.Merged.Layout("V2"));
        Assert.Equal(ConflictKind.Delete, Assert.Single(Merge(o, removed, lifted).Conflicts).Kind);
        var closed = Answer(o, removed, lifted, Choice.Ours).Merged;
        Assert.Equal(("s1[0,100) s3[100,200)", "title[180,200)"), (closed.Layout("V1"), closed.Layout("V2")));
        var left = Answer(o, removed, lifted, Choice.Theirs).Merged;
        Assert.Equal(("s1[0,100) s3[200,300)", "title[280,300)"), (left.Layout("V1"), left.Layout("V2")));
    }

    [Fact]
    public void Trims_of_both_ends_and_a_slip_with_a_tail_trim_compose()
    {
        var o = Base();
        var head = o.Change("s2", e => e with { SourceStart = e.SourceStart + F(5), Duration = e.Duration - F(5) });
        var both = Merge(o, Title(head, -5), Title(Tail(o, "s2", -7), -7));
        var slipped = Merge(o, Slip(o, "s2", 5), Title(Tail(o, "s2", -7), -7));

        Assert.Empty(both.Conflicts);
        Assert.Equal(("s1[0,100) s2[100,188) s3[188,288)", "title[268,288)"), (both.Merged.Layout("V1"), both.Merged.Layout("V2")));
        Assert.Empty(slipped.Conflicts);
        Assert.Equal(F(55), slipped.Merged.Element("s2").SourceStart);
    }

    [Fact]
    public void Two_values_for_one_thing_are_told_in_an_editors_words_once_for_picture_and_sound()
    {
        var o = Base();
        var (a, b) = (Title(Tail(o, "s2", -9), -9), Slip(Title(Tail(o, "s2", -4), -4), "s2", 11));
        var conflict = Assert.Single(Merge(o, a, b).Conflicts);

        Assert.Equal(ConflictKind.Value, conflict.Kind);
        Assert.StartsWith("main trimmed the tail of s2 by 9 frames; rough-cut ", conflict.Sentence, StringComparison.Ordinal);
        Assert.Equal(["V1", "A1"], conflict.Tracks);
        Assert.Equal("s1[0,100) s2[100,191) s3[191,291)", Answer(o, a, b, Choice.Ours).Merged.Layout("V1"));
        Assert.Equal("title[271,291)", Answer(o, a, b, Choice.Ours).Merged.Layout("V2"));
        Assert.Equal(o.Layout("V1"), Merge(o, a, b).Merged.Layout("V1"));
    }

    [Fact]
    public void A_conflict_keeps_its_id_when_the_same_cuts_are_merged_again()
    {
        var o = Base();
        var (a, b) = (o.Change("s1", e => e with { Name = "x" }), o.Change("s1", e => e with { Name = "y" }));

        Assert.Equal(Merge(o, a, b).Conflicts[0].Id, Merge(o, a, b).Conflicts[0].Id);
        Assert.NotEqual(Merge(o, a, b).Conflicts[0].Id, Merge(o, b, a).Conflicts[0].Id);
        Assert.Equal(16, Merge(o, a, b).Conflicts[0].Id.Value.Length);
    }

    [Fact]
    public void Two_clips_on_one_stretch_of_a_track_are_a_question()
    {
        var o = Base();
        var title = o.Element("title");
        Sequence Place(long at, ulong birth) => Rows(
            o, r => [title with { Id = new ElementId(birth, 1), Name = "b" + birth, Lead = Space.Of(F(at)), Duration = F(30) }, r[0] with { Lead = Space.Of(F(280 - at - 30)) }], "V2");

        var open = Merge(o, Place(100, 8), Place(120, 9));

        Assert.Equal(ConflictKind.Occupied, Assert.Single(open.Conflicts).Kind);
        Assert.Equal("title[280,300)", open.Merged.Layout("V2"));
        Assert.Equal("b9[120,150) title[280,300)", Answer(o, Place(100, 8), Place(120, 9), Choice.Theirs).Merged.Layout("V2"));
        Assert.Equal("b8[100,130) b9[140,170) title[280,300)", Merge(o, Place(100, 8), Place(140, 9)).Merged.Layout("V2"));
    }

    [Fact]
    public void A_removed_track_that_the_other_side_worked_on_is_a_question()
    {
        var o = Base();
        var removed = o with { Tracks = [o.Tracks[0], o.Tracks[2]] };
        var renamed = o.Change("title", e => e with { Name = "TITLE" });

        Assert.Equal(["V1", "A1"], Merge(o, removed, o).Merged.Tracks.Select(t => t.Name));
        Assert.Equal(ConflictKind.Track, Assert.Single(Merge(o, removed, renamed).Conflicts).Kind);
        Assert.Equal("TITLE[280,300)", Answer(o, removed, renamed, Choice.Theirs).Merged.Layout("V2"));
        Assert.Equal(2, Answer(o, removed, renamed, Choice.Ours).Merged.Tracks.Length);
    }

    [Fact]
    public void Different_metadata_keys_of_one_clip_compose()
    {
        var o = Base();
        static Element Note(Element e, string key) => e with { Node = e.Node.With("metadata", OtioObject.Map((key, "x"))) };
        var merged = Merge(o, o.Change("title", e => Note(e, "a")), o.Change("title", e => Note(e, "b")));

        Assert.Empty(merged.Conflicts);
        Assert.Equal(["a", "b"], merged.Merged.Element("title").Node.Child("metadata")?.Fields.Select(f => f.Name));
    }

    [Fact]
    public void A_track_with_nothing_on_it_follows_the_ripple_that_the_others_show()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("s1"), Shot("s2")).Video("V2").Audio("A1", Shot("s1"), Shot("s2")).Identified();
        var title = Cuts.Sequence(24).Video("V2", Cuts.Gap(150), Cuts.Shot("t", "t", 0, 20)).Identified(7).Element("t");
        var titled = Rows(o, _ => [title], "V2");
        var longer = Rows(o, r => [.. r, r[0] with { Id = new ElementId(9, r[0].Id.Ordinal), Name = "s3", Link = "s3" }], "V1", "A1");

        Assert.Equal("t[138,158)", Merge(o, Tail(o, "s1", -12), titled).Merged.Layout("V2"));
        Assert.Equal("t[150,170)", Merge(o, Tail(o, "s2", -12), titled).Merged.Layout("V2"));
        Assert.Equal("s1[0,100) s2[100,188) s3[188,288)", Merge(o, Tail(o, "s2", -12), longer).Merged.Layout("V1"));
    }
}
