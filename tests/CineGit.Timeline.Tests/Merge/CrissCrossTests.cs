using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Case 11: both sides merged the same two versions and went on from there, so both of those are bases.</summary>
public sealed class CrissCrossTests
{
    const int Histories = 300;

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Base() => Gain(Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2").With("Volume", "gain", 0), Shot("s3"))
        .Video("V2", Cuts.Gap(280), Cuts.Shot("title", "title", 0, 20))
        .Identified(), 0);

    static Shot Shot(string name) => Cuts.Shot(name, "M" + name, 50, 100, mediaFrames: 500);

    static Sequence Gain(Sequence cut, long gain) => cut.Change(cut.Tracks[0].Elements[1].Name, e => e with
    {
        Effects = [e.Effects[0] with { Node = e.Effects[0].Node.With("metadata", OtioObject.Map(("gain", OtioNumber.FromInteger(gain)))) }],
    });

    static long GainOf(Sequence cut) =>
        (long)((OtioNumber)cut.Tracks[0].Elements[1].Effects[0].Node.Child("metadata")!.Fields[0].Value).ToDouble();

    static Sequence Named(Sequence cut, string name) => cut.ChangeTracks(t => t.Name == "V1" ? t with { Elements = t.Elements.SetItem(1, t.Elements[1] with { Name = name }) } : t);

    static Sequence Tail(Sequence cut, int index, long by) => cut
        .ChangeTracks(t => t.Name == "V1" ? t with { Elements = t.Elements.SetItem(index, t.Elements[index] with { Duration = t.Elements[index].Duration - F(by) }) } : t)
        .Change("title", e => e with { Lead = Space.Of(e.Lead.Duration - F(by)) });

    static MergeResult Merge(ImmutableArray<Sequence> bases, Sequence ours, Sequence theirs, params Resolution[] resolutions) =>
        ThreeWayMerge.Merge(new(bases[0], ours, theirs) { OtherBases = bases[1..], Resolutions = [.. resolutions], OursName = "main", TheirsName = "mix" });

    /// <summary>Clean, and the same however sides and bases are ordered.</summary>
    static Sequence Clean(Sequence x, Sequence y, Sequence ours, Sequence theirs)
    {
        var merged = Merge([x, y], ours, theirs);
        foreach (var result in (MergeResult[])[merged, Merge([x, y], theirs, ours), Merge([y, x], ours, theirs), Merge([y, x], theirs, ours)])
        {
            Assert.Empty(result.Conflicts);
            Assert.Empty(SequenceDiff.Compare(merged.Merged, result.Merged).Edits);
            Assert.Equal(merged.Merged.Tracks.Select(t => merged.Merged.Layout(t.Name)), result.Merged.Tracks.Select(t => result.Merged.Layout(t.Name)));
        }

        return merged.Merged;
    }

    static (Sequence X, Sequence Y, Sequence M1, Sequence M2) Crossed()
    {
        var o = Base();
        var (x, y) = (Gain(o, -3), Named(o, "night"));
        return (x, y, Merge([o], x, y).Merged, Merge([o], y, x).Merged);
    }

    [Fact]
    public void A_further_change_of_what_one_base_changed_is_no_conflict_with_the_merge_of_it()
    {
        var (x, y, m1, m2) = Crossed();
        Assert.Equal((-3, "night", -3, "night"), (GainOf(m1), m1.Tracks[0].Elements[1].Name, GainOf(m2), m2.Tracks[0].Elements[1].Name));

        var merged = Clean(x, y, Gain(m1, -6), Tail(m2, 1, 20));

        Assert.Equal(-6, GainOf(merged));
        Assert.Equal("s1[0,100) night[100,180) s3[180,280)", merged.Layout("V1"));
        Assert.Equal("title[260,280)", merged.Layout("V2"));
    }

    [Fact]
    public void Two_new_values_that_no_base_has_are_a_conflict()
    {
        var (x, y, m1, m2) = Crossed();
        var (a, b) = (Gain(m1, -4), Gain(m2, -5));
        foreach (var bases in (ImmutableArray<Sequence>[])[[x, y], [y, x]])
        {
            var conflict = Assert.Single(Merge(bases, a, b).Conflicts);

            Assert.Equal(ConflictKind.Value, conflict.Kind);
            Assert.Contains("-4", conflict.Ours.Words, StringComparison.Ordinal);
            Assert.Contains("-5", conflict.Theirs.Words, StringComparison.Ordinal);
            Assert.Equal(-4, GainOf(Merge(bases, a, b, new Resolution(conflict.Id, Choice.Ours)).Merged));
            Assert.Equal(-5, GainOf(Merge(bases, a, b, new Resolution(conflict.Id, Choice.Theirs)).Merged));
        }
    }

    [Fact]
    public void Going_back_to_one_base_where_the_other_side_has_the_other_is_a_question()
    {
        var (x, y, m1, m2) = Crossed();
        var back = Gain(m1, 0);

        var conflict = Assert.Single(Merge([x, y], back, m2).Conflicts);
        var ours = Merge([x, y], back, m2, new Resolution(conflict.Id, Choice.Ours));
        var theirs = Merge([x, y], back, m2, new Resolution(conflict.Id, Choice.Theirs));

        Assert.Equal(ConflictKind.Value, conflict.Kind);
        Assert.Single(Merge([y, x], m2, back).Conflicts);
        Assert.Equal((true, 0), (ours.IsClean, GainOf(ours.Merged)));
        Assert.Equal((true, -3), (theirs.IsClean, GainOf(theirs.Merged)));
    }

    [Fact]
    public void A_further_trim_of_what_one_base_trimmed_ripples_once()
    {
        var o = Base();
        var (x, y) = (Tail(o, 0, 12), Tail(o, 1, 12));
        var m = Merge([o], x, y).Merged;

        var merged = Clean(x, y, Tail(m, 1, 8), Tail(m, 0, 5));

        Assert.Equal("s1[0,83) s2[83,163) s3[163,263)", merged.Layout("V1"));
        Assert.Equal("title[243,263)", merged.Layout("V2"));
    }

    [Fact]
    public void What_one_base_deleted_and_the_other_inserted_is_done_once()
    {
        var o = Base();
        var x = o.ChangeTracks(t => t.Name == "V1" ? t with { Elements = t.Elements.RemoveAt(0) } : t)
            .Change("title", e => e with { Lead = Space.Of(e.Lead.Duration - F(100)) });
        var y = o.ChangeTracks(t => t.Name == "V1" ? t with { Elements = t.Elements.Insert(2, t.Elements[0] with { Id = new(5, 1), Name = "n", Duration = F(24) }) } : t)
            .Change("title", e => e with { Lead = Space.Of(e.Lead.Duration + F(24)) });
        var m = Merge([o], x, y).Merged;
        Assert.Equal(("s2[0,100) n[100,124) s3[124,224)", "title[204,224)"), (m.Layout("V1"), m.Layout("V2")));

        var merged = Clean(x, y, Tail(m, 1, 10), Tail(m, 0, 5));

        Assert.Equal("s2[0,95) n[95,109) s3[109,209)", merged.Layout("V1"));
        Assert.Equal("title[189,209)", merged.Layout("V2"));
    }

    static Func<Film, Film> Edit(Random random, uint uid, uint fresh)
    {
        var frames = random.Next(1, 15);
        return random.Next(6) switch
        {
            0 => film => film.TrimTail(uid, frames),
            1 => film => film.TrimHead(uid, frames),
            2 => film => film.InsertAfter(uid, new(fresh, $"NEW{fresh}", 10, frames)),
            3 => film => film.Change(uid, s => s with { Source = s.Source + frames }),
            4 => film => film.Change(uid, s => s with { Blur = s.Blur is null ? null : s.Blur + frames }),
            _ => film => film.Change(uid, s => s with { Name = s.Name + "x" }),
        };
    }

    /// <summary>Two rows of edits that never meet.</summary>
    static (Film One, Film Other, Film Both) Fork(Film film, Random random, uint fresh)
    {
        var (one, other, both) = (film, film, film);
        for (var uid = 1u; uid <= 16; uid += (uint)random.Next(2, 4))
        {
            var edit = Edit(random, uid, fresh + uid);
            both = edit(both);
            if (random.Next(2) == 0) one = edit(one);
            else other = edit(other);
        }

        return (one, other, both);
    }

    [Fact]
    public void Histories_that_cross_merge_to_what_one_editor_would_have_made_without_a_frame_of_drift()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var random = new Random(seed);
            var shots = Enumerable.Range(1, 16).Select(i => new FilmShot((uint)i, $"SC{i}", 100, 150) { Blur = i % 3 == 0 ? 2 : null });
            var film = new Film([.. shots], [new(1, "T1", 500, 30), new(2, "T2", 1700, 30)]);
            var (x, y, m) = Fork(film, random, 100);
            var (a, b, expected) = Fork(m, random, 200);

            var result = Merge([x.ToSequence(), y.ToSequence()], a.ToSequence(), b.ToSequence());

            Assert.True(result.Conflicts.IsEmpty, $"seed {seed}: {string.Join(' ', result.Conflicts.Select(c => c.Sentence))}");
            var edits = SequenceDiff.Compare(expected.ToSequence(), result.Merged).Edits;
            Assert.True(edits.IsEmpty, $"seed {seed}: {string.Join(' ', edits.Select(e => e.Sentence))}");
        }
    }

    [Fact]
    public void Merges_that_nobody_went_on_from_are_equal_and_give_themselves()
    {
        var (x, y, m1, m2) = Crossed();

        Assert.Empty(SequenceDiff.Compare(m1, Clean(x, y, m1, m2)).Edits);
        Assert.Empty(SequenceDiff.Compare(m1, Clean(x, y, m1, m1)).Edits);
    }
}
