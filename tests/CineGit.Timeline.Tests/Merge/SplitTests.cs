using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Case 10: one side cuts a clip in pieces while the other changes it.</summary>
public sealed class SplitTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    /// <summary>Three shots of 100 frames with sound; s2 has a blur and a marker; a title that follows ripples.</summary>
    static Sequence Base() => Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2").With("Blur", "amount", 1).Marked("m", 130), Shot("s3"))
        .Video("V2", Cuts.Gap(280), Cuts.Shot("title", "title", 0, 20))
        .Audio("A1", Shot("s1"), Shot("s2"), Shot("s3"))
        .Identified();

    static Shot Shot(string name) => Cuts.Shot(name, "M" + name, 50, 100, mediaFrames: 500).Linked("L" + name);

    /// <summary>s2 cut at its 50th frame, picture and sound; the second piece is new and its effects have new ids.</summary>
    static Sequence Razored(Sequence cut) => cut.ChangeTracks(track => track.Name == "V2" ? track : track with
    {
        Elements = [.. track.Elements.SelectMany<Element, Element>(e => e.Name == "s2" ? Halves(e) : [e])],
    });

    static Element[] Halves(Element e) =>
    [
        e with { Duration = F(50), Markers = [] },
        e with
        {
            Id = new(7, e.Id.Ordinal),
            Link = "L7",
            SourceStart = e.SourceStart + F(50),
            Duration = e.Duration - F(50),
            Effects = [.. e.Effects.Select(f => f with { Id = new(8, f.Id.Ordinal) })],
            Markers = [.. e.Markers.Select(m => m with { Id = new(9, m.Id.Ordinal) })],
        },
    ];

    static MergeResult Merge(Sequence origin, Sequence ours, Sequence theirs, params Resolution[] resolutions) =>
        ThreeWayMerge.Merge(new(origin, ours, theirs) { Resolutions = [.. resolutions], OursName = "main", TheirsName = "grade" });

    /// <summary>Clean, and the same with the sides swapped.</summary>
    static Sequence Clean(Sequence origin, Sequence ours, Sequence theirs)
    {
        var (merged, mirrored) = (Merge(origin, ours, theirs), Merge(origin, theirs, ours));
        Assert.Empty(merged.Conflicts);
        Assert.Empty(mirrored.Conflicts);
        Assert.Empty(SequenceDiff.Compare(merged.Merged, mirrored.Merged).Edits);
        return merged.Merged;
    }

    static Element[] Pieces(Sequence cut, string track = "V1") => [.. cut.Track(track).Elements.Skip(1).Take(2)];

    static Sequence Trim(Sequence cut, long head, long tail) => cut
        .Change("s2", e => e with { SourceStart = e.SourceStart + F(head), Duration = e.Duration - F(head + tail) })
        .Change("title", e => e with { Lead = Space.Of(e.Lead.Duration - F(head + tail)) });

    static Element Regraded(Element e) => e with
    {
        Effects = [.. e.Effects.Select(f => f with { Node = f.Node.With("metadata", OtioObject.Map(("amount", 5))) })],
    };

    [Fact]
    public void A_grade_a_name_and_other_whole_clip_fields_are_on_all_pieces_and_a_note_says_so()
    {
        var o = Base();
        var changed = o.Change("s2", e => Regraded(e) with { Name = "night", Enabled = false, Color = "RED" }, "V1");

        var merged = Clean(o, Razored(o), changed);

        Assert.Equal("s1[0,100) night[100,150) night[150,200) s3[200,300)", merged.Layout("V1"));
        Assert.All(Pieces(merged), piece =>
        {
            Assert.Equal(("RED", false), (piece.Color, piece.Enabled));
            Assert.Equal(OtioObject.Map(("amount", 5)), Assert.Single(piece.Effects).Node.Child("metadata"));
        });
        Assert.Equal([0, 1], Pieces(merged).Select(p => p.Markers.Length));
        Assert.Equal(["L7", "L7"], new[] { "V1", "A1" }.Select(t => Pieces(merged, t)[1].Link));
        var note = Assert.Single(Merge(o, Razored(o), changed).Notes);
        Assert.StartsWith("main split s2, and grade ", note.Sentence, StringComparison.Ordinal);
        Assert.Equal(Pieces(Razored(o)).Select(p => p.Id), note.Elements);
    }

    [Fact]
    public void A_new_effect_gets_an_id_of_its_own_on_every_piece()
    {
        var o = Base();
        var added = o.Change("s2", e => e with { Effects = [.. e.Effects, e.Effects[0] with { Id = new(33, 1), Kind = "Glow" }] }, "V1");

        var merged = Clean(o, Razored(o), added);

        Assert.All(Pieces(merged), piece => Assert.Equal(["Blur", "Glow"], piece.Effects.Select(e => e.Kind)));
        Assert.Equal(4, Pieces(merged).SelectMany(p => p.Effects).Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void A_slip_slips_all_pieces()
    {
        var o = Base();
        var merged = Clean(o, Razored(o), o.Change("s2", e => e with { SourceStart = e.SourceStart + F(5) }));

        Assert.Equal("s1[0,100) s2[100,150) s2[150,200) s3[200,300)", merged.Layout("V1"));
        foreach (var track in (string[])["V1", "A1"]) Assert.Equal([F(55), F(105)], Pieces(merged, track).Select(p => p.SourceStart));
    }

    [Fact]
    public void A_tail_trim_is_the_last_pieces_and_a_head_trim_the_firsts_and_the_rest_follows()
    {
        var o = Base();
        var tail = Clean(o, Razored(o), Trim(o, 0, 20));
        var head = Clean(o, Razored(o), Trim(o, 20, 0));
        var both = Clean(o, Razored(o), Trim(o, 10, -5));

        foreach (var track in (string[])["V1", "A1"])
        {
            Assert.Equal("s1[0,100) s2[100,150) s2[150,180) s3[180,280)", tail.Layout(track));
            Assert.Equal("s1[0,100) s2[100,130) s2[130,180) s3[180,280)", head.Layout(track));
            Assert.Equal("s1[0,100) s2[100,140) s2[140,195) s3[195,295)", both.Layout(track));
        }

        Assert.Equal(["title[260,280)", "title[260,280)", "title[275,295)"], new[] { tail, head, both }.Select(m => m.Layout("V2")));
        Assert.Equal([F(70), F(100)], Pieces(head).Select(p => p.SourceStart));
    }

    [Fact]
    public void A_trim_that_takes_a_whole_piece_away_is_a_question()
    {
        var o = Base();
        var (split, trimmed) = (Razored(o), Trim(o, 0, 60));

        var open = Merge(o, split, trimmed);
        var conflict = Assert.Single(open.Conflicts);

        Assert.Equal(ConflictKind.Value, conflict.Kind);
        Assert.Equal(["V1", "A1"], conflict.Tracks);
        Assert.Equal("main split s2; grade trimmed the tail of s2 by 60 frames.", conflict.Sentence);
        Assert.Equal("s1[0,100) s2[100,150) s2[150,200) s3[200,300)", open.Merged.Layout("V1"));
        AssertAnswer(Choice.Ours, split);
        AssertAnswer(Choice.Theirs, trimmed);

        void AssertAnswer(Choice choice, Sequence expected)
        {
            var answered = Merge(o, split, trimmed, new Resolution(conflict.Id, choice));
            Assert.True(answered.IsClean);
            foreach (var track in expected.Tracks) Assert.Equal(expected.Layout(track.Name), answered.Merged.Layout(track.Name));
        }
    }

    [Fact]
    public void Deleting_a_clip_that_the_other_side_split_is_one_question_about_all_pieces()
    {
        var o = Base();
        var deleted = o.ChangeTracks(t => t with { Elements = [.. t.Elements.Where(e => e.Name != "s2")] })
            .Change("title", e => e with { Lead = Space.Of(e.Lead.Duration - F(100)) });

        var conflict = Assert.Single(Merge(o, Razored(o), deleted).Conflicts);
        var gone = Merge(o, Razored(o), deleted, new Resolution(conflict.Id, Choice.Theirs));
        var kept = Merge(o, Razored(o), deleted, new Resolution(conflict.Id, Choice.Ours));

        Assert.Equal(ConflictKind.Delete, conflict.Kind);
        Assert.Equal(("s1[0,100) s3[100,200)", "title[180,200)"), (gone.Merged.Layout("V1"), gone.Merged.Layout("V2")));
        Assert.Equal(("s1[0,100) s2[100,150) s2[150,200) s3[200,300)", "title[280,300)"), (kept.Merged.Layout("V1"), kept.Merged.Layout("V2")));
    }

    [Fact]
    public void Another_speed_of_a_clip_that_the_other_side_split_is_a_question()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("s1"), Shot("s2").At(1.0), Shot("s3")).Identified();
        var faster = o.Change("s2", e => e with { Duration = F(50), Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromDouble(2) }] });

        var conflict = Assert.Single(Merge(o, Razored(o), faster).Conflicts);
        var fast = Merge(o, Razored(o), faster, new Resolution(conflict.Id, Choice.Theirs)).Merged;
        var split = Merge(o, Razored(o), faster, new Resolution(conflict.Id, Choice.Ours)).Merged;

        Assert.Equal(ConflictKind.Value, conflict.Kind);
        Assert.Equal("s1[0,100) s2[100,125) s2[125,150) s3[150,250)", fast.Layout("V1"));
        Assert.All(Pieces(fast), piece => Assert.Equal(2, piece.Effects[0].TimeScalar?.ToDouble()));
        Assert.Equal("s1[0,100) s2[100,150) s2[150,200) s3[200,300)", split.Layout("V1"));
        Assert.All(Pieces(split), piece => Assert.Equal(1, piece.Effects[0].TimeScalar?.ToDouble()));
    }

    [Fact]
    public void A_head_trim_that_cannot_be_counted_in_the_source_stays_on_one_piece_and_a_note_says_so()
    {
        var o = Cuts.Sequence(24).Video("V1", Shot("s1"), Shot("s2").At(2.0), Shot("s3")).Identified();
        var razored = o.ChangeTracks(t => t with { Elements = [.. t.Elements.SelectMany<Element, Element>(e => e.Name == "s2" ? Halves(e) : [e])] });
        var trimmed = o.Change("s2", e => e with { SourceStart = e.SourceStart + F(20), Duration = F(90) });

        var note = Assert.Single(Merge(o, razored, trimmed).Notes);

        Assert.EndsWith("that is on one of the pieces only.", note.Sentence, StringComparison.Ordinal);
    }

    /// <summary>An insert on V1 ripples V2 too and splits the clip that lies over the cut.</summary>
    [Fact]
    public void A_clip_split_by_a_ripple_keeps_the_other_sides_changes_and_nothing_drifts()
    {
        var o = Cuts.Sequence(24)
            .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"))
            .Video("V2", Cuts.Gap(50), Cuts.Shot("over", "over", 50, 100), Cuts.Gap(130), Cuts.Shot("title", "title", 0, 20))
            .Identified();
        var rippled = o.ChangeTracks(t => t.Name == "V1"
            ? t with { Elements = t.Elements.Insert(1, t.Elements[0] with { Id = new(5, 1), Name = "n", Duration = F(24), Link = null }) }
            : t with
            {
                Elements =
                [
                    t.Elements[0] with { Duration = F(50) },
                    t.Elements[0] with { Id = new(5, 2), Lead = Space.Of(F(24)), SourceStart = F(100), Duration = F(50) },
                    t.Elements[1],
                ],
            });
        var shorter = o.Change("over", e => e with { Name = "fog", Duration = F(90) }).Change("title", e => e with { Lead = Space.Of(F(140)) });
        var closed = o.Change("s3", e => e with { Duration = F(60) }).Change("over", e => e with { Color = "RED" });

        var trimmed = Clean(o, rippled, shorter);
        var colored = Clean(o, rippled, closed);

        Assert.Equal("s1[0,100) n[100,124) s2[124,224) s3[224,324)", trimmed.Layout("V1"));
        Assert.Equal("fog[50,100) fog[124,164) title[304,324)", trimmed.Layout("V2"));
        Assert.Equal("over[50,100) over[124,174) title[304,324)", colored.Layout("V2"));
        Assert.Equal(["RED", "RED"], colored.Track("V2").Elements.Take(2).Select(e => e.Color));
    }

    [Fact]
    public void Pieces_that_the_splitting_side_changed_keep_those_changes_too()
    {
        var o = Base();
        var razored = Razored(o).ChangeTracks(t => t.Name == "V1"
            ? t with { Elements = t.Elements.SetItem(2, t.Elements[2] with { Name = "tail", SourceStart = F(110), Duration = F(40) }) }
            : t);

        var merged = Clean(o, razored, o.Change("s2", e => e with { Color = "RED" }));

        Assert.Equal("s1[0,100) s2[100,150) tail[150,190) s3[190,290)", merged.Layout("V1"));
        Assert.All(Pieces(merged), piece => Assert.Equal("RED", piece.Color));
    }

    [Fact]
    public void A_moved_clip_takes_its_pieces_along()
    {
        var o = Base();
        var moved = o.ChangeTracks(t => t.Name == "V2" ? t : t with { Elements = [t.Elements[0], t.Elements[2], t.Elements[1]] });

        var merged = Clean(o, Razored(o), moved);

        Assert.Equal("s1[0,100) s3[100,200) s2[200,250) s2[250,300)", merged.Layout("V1"));
    }

    [Fact]
    public void A_split_that_nobody_else_touched_needs_no_word_and_one_that_both_made_is_made_once()
    {
        var o = Base();
        var alone = Merge(o, Razored(o), o.Change("s3", e => e with { Name = "s3 graded" }));
        var both = Merge(o, Razored(o), Razored(o));

        foreach (var merged in (MergeResult[])[alone, both, Merge(o, Razored(o), o), Merge(o, o, Razored(o))])
        {
            Assert.Empty(merged.Conflicts);
            Assert.Equal(Razored(o).Track("V1").Elements.Select(e => e.Id), merged.Merged.Track("V1").Elements.Select(e => e.Id));
        }

        Assert.Empty(alone.Notes);
        Assert.Empty(SequenceDiff.Compare(Razored(o), both.Merged).Edits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dissolve_at_the_end_of_a_split_clip_stays_there_whatever_the_other_side_does_to_the_clip(bool rereads)
    {
        var origin = Base().Dissolve("s2", "s3", 8, 91);
        var razored = Razored(origin).ChangeTracks(t => t with
        {
            EditPoints = [.. t.EditPoints.Select(p => p with { Left = t.Elements[2].Id })],
        });
        var slipped = origin.Change("s2", e => e with { SourceStart = e.SourceStart + F(5) });
        if (rereads) razored = razored.ChangeTracks(t => t with { EditPoints = [.. t.EditPoints.Select(p => p with { Id = new(92, 1) })] });

        var dissolve = Assert.Single(Clean(origin, razored, slipped).Track("V1").EditPoints);

        Assert.Equal((razored.Track("V1").Elements[2].Id, origin.Element("s3").Id), (dissolve.Left, dissolve.Right));
    }
}
