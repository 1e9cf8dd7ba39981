using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Two editors work on different shots of one film at the same time; the merge is what one after the other gives.</summary>
public sealed class TwoEditorsTests
{
    const int Pairs = 1000;

    internal static Film RandomFilm(Random random)
    {
        var shots = new List<FilmShot>();
        var titles = new List<FilmTitle>();
        var time = 0;
        for (var i = 0u; i < 24; i++)
        {
            var frames = random.Next(100, 200);
            shots.Add(new(i + 1, $"SC{i + 1:D2}", random.Next(100, 500), frames) { Blur = i % 5 == 0 ? 3 : null });
            if (i % 3 == 1) titles.Add(new(i + 1, $"T{i + 1:D2}", time + 30, 30));
            time += frames;
        }

        return new([.. shots], [.. titles]);
    }

    static Func<Film, Film> RandomEdit(Random random, uint uid, uint fresh) => random.Next(8) switch
    {
        0 => Trim(random.Next(1, 20), uid, tail: true),
        1 => Trim(random.Next(1, 20), uid, tail: false),
        2 => Insert(new(fresh, $"NEW{fresh}", random.Next(0, 50), random.Next(10, 60)), uid),
        3 when uid % 3 != 2 => film => film.Delete(uid),
        4 => film => film.Change(uid, s => s with { Name = s.Name + "x" }),
        5 => Slip(random.Next(1, 30), uid),
        6 => film => film.Change(uid, s => s with { Markers = s.Markers.Add(s.Source + 20) }),
        _ => film => film.Change(uid, s => s with { Blur = s.Blur is null ? null : s.Blur + 4, Name = s.Name + "y" }),
    };

    static Func<Film, Film> Trim(int frames, uint uid, bool tail) => film => tail ? film.TrimTail(uid, frames) : film.TrimHead(uid, frames);

    static Func<Film, Film> Insert(FilmShot shot, uint uid) => film => film.InsertAfter(uid, shot);

    static Func<Film, Film> Slip(int frames, uint uid) => film => film.Change(uid, s => s with { Source = s.Source + frames });

    internal static (List<Func<Film, Film>> Ours, List<Func<Film, Film>> Theirs) RandomEdits(Random random)
    {
        var (ours, theirs) = (new List<Func<Film, Film>>(), new List<Func<Film, Film>>());
        var fresh = 100u;
        for (var uid = 1u; uid <= 24; uid += (uint)random.Next(2, 5))
        {
            (random.Next(2) == 0 ? ours : theirs).Add(RandomEdit(random, uid, ++fresh));
        }

        return (ours, theirs);
    }

    internal static Film Apply(Film film, IEnumerable<Func<Film, Film>> edits) => edits.Aggregate(film, (f, edit) => edit(f));

    [Fact]
    public void Disjoint_edits_merge_to_what_one_editor_after_the_other_would_make_without_a_frame_of_drift()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var random = new Random(seed);
            var film = RandomFilm(random);
            var (ours, theirs) = RandomEdits(random);
            var origin = film.ToSequence();
            var a = Apply(film, ours).ToSequence();
            var b = Apply(film, theirs).ToSequence();
            var expected = Apply(Apply(film, ours), theirs).ToSequence();

            var result = ThreeWayMerge.Merge(new(origin, a, b));
            var mirrored = ThreeWayMerge.Merge(new(origin, b, a));

            Assert.True(result.Conflicts.IsEmpty, $"seed {seed}: {string.Join(' ', result.Conflicts.Select(c => c.Sentence))}");
            foreach (var track in (string[])["V1", "V2", "A1"])
            {
                Assert.True(expected.Layout(track) == result.Merged.Layout(track), $"seed {seed} {track}\n{expected.Layout(track)}\n{result.Merged.Layout(track)}");
                Assert.Equal(expected.Layout(track), mirrored.Merged.Layout(track));
            }

            var differences = SequenceDiff.Compare(expected, result.Merged).Edits;
            Assert.True(differences.IsEmpty, $"seed {seed}: {string.Join(' ', differences.Select(e => e.Sentence))}");
        }
    }

    [Fact]
    public void Merging_with_an_unchanged_side_gives_the_changed_one_and_the_same_change_counts_once()
    {
        for (var seed = 0; seed < Pairs / 3; seed++)
        {
            var random = new Random(seed);
            var film = RandomFilm(random);
            var (ours, theirs) = RandomEdits(random);
            var (origin, a) = (film.ToSequence(), Apply(Apply(film, ours), theirs).ToSequence());

            AssertEqual(origin, ThreeWayMerge.Merge(new(origin, film.ToSequence(), film.ToSequence())));
            AssertEqual(a, ThreeWayMerge.Merge(new(origin, a, film.ToSequence())));
            AssertEqual(a, ThreeWayMerge.Merge(new(origin, film.ToSequence(), a)));
            AssertEqual(a, ThreeWayMerge.Merge(new(origin, a, Apply(Apply(film, ours), theirs).ToSequence())));
        }
    }

    static void AssertEqual(Timeline.Model.Sequence expected, MergeResult result)
    {
        Assert.Empty(result.Conflicts);
        Assert.Empty(SequenceDiff.Compare(expected, result.Merged).Edits);
        Assert.Equal(expected.Tracks.Select(t => expected.Layout(t.Name)), result.Merged.Tracks.Select(t => result.Merged.Layout(t.Name)));
    }

    [Fact]
    public void Every_edit_is_seen_by_the_comparison()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var random = new Random(seed);
            var film = RandomFilm(random);
            var (ours, _) = RandomEdits(random);
            var edited = Apply(film, ours);
            var list = SequenceDiff.Compare(film.ToSequence(), edited.ToSequence());

            Assert.Equal(Text(edited) == Text(film), list.IsEmpty);
            Assert.True(list.Edits.Length <= 2 * ours.Count, $"seed {seed}: {list.Edits.Length} edits told for {ours.Count} made");
        }
    }

    static string Text(Film film) =>
        string.Join(';', film.Shots.Select(s => $"{s.Uid},{s.Name},{s.Source},{s.Frames},{s.Blur},{string.Join('.', s.Markers)}"))
        + string.Join(';', film.Titles);
}
