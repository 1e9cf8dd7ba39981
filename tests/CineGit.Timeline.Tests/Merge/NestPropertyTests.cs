using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Identity.NestCuts;
using static CineGit.Timeline.Tests.Merge.TwoEditorsTests;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Random edits inside a sequence that is used three times, once of them a level further down; every cut goes through OTIO text.</summary>
public sealed class NestPropertyTests
{
    const int Pairs = 40;

    static Sequence Around(Film film)
    {
        var empty = Nest("FILM", (0, 500));
        var cut = First(Cut(Track("V1", Clip("x", 0, 50), empty, Clip("y", 0, 50), empty, Nest("OUTER", null, Track("V1", Clip("z", 0, 9), empty)))));
        Sequence Filled(Sequence c) => NestInside.Map(c, n => n.Name == "FILM"
            ? NestInside.With(n, film.ToSequence()) with { Definition = "film" }
            : NestInside.With(n, Filled(Inside(c, "OUTER"))));
        return Saved(Filled(cut));
    }

    static List<Nest> Films(Sequence cut) => [.. Uses(cut, "FILM"), .. Uses(Inside(cut, "OUTER"), "FILM")];

    static ContentHash Hash(Sequence cut) => CanonicalForm.Hash(CutWriter.Write(cut));

    static (Film Film, Film Ours, Film Theirs, Film Both) Pair(int seed)
    {
        var random = new Random(seed);
        var film = RandomFilm(random);
        var (ours, theirs) = RandomEdits(random);
        return (film, Apply(film, ours), Apply(film, theirs), Apply(Apply(film, ours), theirs));
    }

    [Fact]
    public void Disjoint_edits_inside_merge_to_what_one_after_the_other_gives_in_every_use()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (film, ours, theirs, both) = Pair(seed);
            var expected = both.ToSequence();

            var result = ThreeWayMerge.Merge(new(Around(film), Around(ours), Around(theirs)));
            var merged = Saved(result.Merged);

            Assert.True(result.Conflicts.IsEmpty, $"seed {seed}: {string.Join(' ', result.Conflicts.Select(c => c.Sentence))}");
            Assert.Equal(Hash(result.Merged), Hash(merged));
            foreach (var use in Films(merged))
            {
                var inside = NestInside.Identified(use, merged.Rate);
                Assert.NotNull(inside);
                foreach (var track in (string[])["V1", "V2", "A1"]) Assert.Equal(expected.Layout(track), inside.Layout(track));
            }

            Assert.Single(Films(merged).Select(NestInside.HashOf).Distinct());
            var differences = SequenceDiff.Compare(Around(both), merged).Edits;
            Assert.True(differences.IsEmpty, $"seed {seed}: {string.Join(' ', differences.Select(e => e.Sentence))}");
        }
    }

    [Fact]
    public void Merging_with_an_unchanged_side_gives_the_changed_one_to_the_last_byte()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (film, ours, _, _) = Pair(seed);
            var (o, a) = (Around(film), Around(ours));
            foreach (var result in (MergeResult[])[ThreeWayMerge.Merge(new(o, a, o)), ThreeWayMerge.Merge(new(o, o, a)), ThreeWayMerge.Merge(new(o, a, Around(ours)))])
            {
                Assert.Empty(result.Conflicts);
                Assert.Equal(Hash(a), Hash(result.Merged));
            }
        }
    }

    [Fact]
    public void Edits_of_both_on_one_shot_are_merged_or_asked_and_every_question_can_be_answered()
    {
        var asked = 0;
        for (var seed = 0; seed < Pairs; seed++)
        {
            var film = RandomFilm(new(seed));
            var (o, a, b) = (Around(film), Around(Apply(film, RandomEdits(new(seed + 1000)).Ours)), Around(Apply(film, RandomEdits(new(seed + 2000)).Theirs)));
            var answers = new List<Resolution>();
            var result = ThreeWayMerge.Merge(new(o, a, b));
            for (var round = 0; round < 20 && !result.IsClean; round++)
            {
                Assert.All(result.Conflicts, c => Assert.StartsWith("Inside ", c.Sentence, StringComparison.Ordinal));
                answers.AddRange(result.Conflicts.Where(c => c.Chosen is null).Select(c => new Resolution(c.Id, c.Offered[seed % c.Offered.Length])));
                result = ThreeWayMerge.Merge(new(o, a, b) { Resolutions = [.. answers] });
            }

            asked += answers.Count;
            Assert.True(result.IsClean, $"seed {seed}");
            Assert.Single(Films(result.Merged).Select(NestInside.HashOf).Distinct());
        }

        Assert.True(asked > Pairs / 3, $"only {asked} questions in {Pairs} pairs");
    }

    [Fact]
    public void Every_edit_inside_is_told_once_and_known_again_in_an_export_without_ids()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (film, ours, _, _) = Pair(seed);
            var (o, a) = (Around(film), Around(ours));
            var inside = SequenceDiff.Compare(film.ToSequence(), ours.ToSequence()).Edits;

            var told = SequenceDiff.Compare(o, a).Edits;

            Assert.Equal(2 * inside.Length, told.Length);
            Assert.All(told, e => Assert.Equal(EditKind.NestChange, e.Kind));
            Assert.Empty(SequenceDiff.Compare(a, Next(Exported(a), a)).Edits);
        }
    }

    [Fact]
    public void A_cut_with_nests_survives_storage()
    {
        for (var seed = 0; seed < Pairs / 5; seed++)
        {
            var document = CutWriter.Write(Around(Pair(seed).Ours));
            var root = CutObjects.Encode(document);

            Assert.Equal(document, CutObjects.Decode(root));
            Assert.Equal(root.Hash, CutObjects.Encode(CutWriter.Write(Saved(CutObjects.Decode(root)))).Hash);
        }
    }
}
