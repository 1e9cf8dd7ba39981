using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

/// <summary>Edits of known number, made on plain elements, against the number of edits told.</summary>
public sealed class RandomEditsTests
{
    const int Shots = 60;

    const int Apart = 12;

    static readonly string[] Names = ["tail", "head", "roll", "slip", "slide", "insert", "delete", "rename", "disable", "replace", "scene"];

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Film(Random random)
    {
        var lengths = Enumerable.Range(0, Shots).Select(_ => random.Next(40, 120)).ToList();
        Piece[] pieces = [.. lengths.Select((n, i) => (Piece)Cuts.Shot($"SC{i:D2}", $"A{i:D3}", 50, n))];
        return Cuts.Sequence(24).Video("V1", pieces).Audio("A1", pieces).Audio("A2", pieces).Identified();
    }

    /// <summary>One edit on the shots around a place, on picture and sound alike.</summary>
    static ImmutableArray<Element> Edit(string name, ImmutableArray<Element> row, int at, int frames, ulong birth) => name switch
    {
        "tail" => row.SetItem(at, Tail(row[at], frames)),
        "head" => row.SetItem(at, Head(row[at], frames)),
        "roll" => row.SetItem(at, Tail(row[at], frames)).SetItem(at + 1, Head(row[at + 1], -frames)),
        "slide" => row.SetItem(at, Tail(row[at], frames)).SetItem(at + 2, Head(row[at + 2], -frames)),
        "slip" => row.SetItem(at, row[at] with { SourceStart = row[at].SourceStart + F(frames) }),
        "insert" => row.Insert(at, New(row[at], birth, 1)),
        "scene" => row.InsertRange(at, Enumerable.Range(1, 5).Select(i => New(row[at], birth, (uint)i))),
        "delete" => row.RemoveAt(at),
        "rename" => row.SetItem(at, row[at] with { Name = $"{row[at].Name}_B" }),
        "disable" => row.SetItem(at, row[at] with { Enabled = false }),
        "replace" => row.SetItem(at, (Clip)row[at] with { Media = ((Clip)row[at]).Media with { Key = $"other{at}", Name = $"other{at}.mov" } }),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such edit."),
    };

    static Element Tail(Element e, int frames) => e with { Duration = e.Duration + F(frames) };

    static Element Head(Element e, int frames) => e with { Duration = e.Duration + F(frames), SourceStart = e.SourceStart - F(frames) };

    static Element New(Element like, ulong birth, uint number) => like with
    {
        Id = new ElementId((birth * 1000) + like.Id.Ordinal, number),
        Link = $"new {birth} {number}",
        Name = $"NEW{number}",
        Duration = F(30 + number),
    };

    static Sequence Apply(Sequence cut, string name, int at, int frames, ulong birth) =>
        cut.ChangeTracks(t => t with { Elements = Edit(name, t.Elements, at, frames, birth) });

    static int Frames(Random random) => random.Next(1, 20) * (random.Next(2) == 0 ? 1 : -1);

    [Fact]
    public void A_cut_compared_with_itself_has_no_edits()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var film = Film(new Random(seed));
            var list = SequenceDiff.Compare(film, film with { Tracks = [.. film.Tracks] });

            Assert.Equal((0, 0), (list.Edits.Length, list.Shifted));
        }
    }

    [Fact]
    public void One_edit_is_told_as_one()
    {
        for (var seed = 0; seed < 220; seed++)
        {
            var random = new Random(seed);
            var film = Film(random);
            var name = Names[seed % Names.Length];
            var edited = Apply(film, name, random.Next(1, Shots - 4), Frames(random), 9);
            var told = SequenceDiff.Compare(film, edited).Edits;

            Assert.True(told.Length == 1, $"seed {seed}, {name}: {string.Join(" | ", told.Select(e => e.Sentence))}");
            Assert.Equal(["V1", "A1", "A2"], told[0].Tracks);
        }
    }

    [Fact]
    public void Five_edits_far_apart_are_told_in_hardly_more_and_what_only_shifted_is_not_among_them()
    {
        var (made, listed) = (0, 0);
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var film = Film(random);
            var edited = film;
            var touched = new HashSet<string>();
            for (var n = 4; n >= 0; n--)
            {
                var at = n * Apart + random.Next(1, Apart - 5);
                touched.UnionWith(film.Tracks[0].Elements.Skip(at).Take(3).Select(e => e.Name));
                edited = Apply(edited, Names[random.Next(Names.Length)], at, Frames(random), (ulong)(n + 10));
            }

            var told = SequenceDiff.Compare(film, edited).Edits;
            made += 5;
            listed += told.Length;
            Assert.All(told, e => Assert.True(
                touched.Contains(e.Subject) || touched.Contains(e.Subject.Replace("_B", "", StringComparison.Ordinal)) || e.Kind == EditKind.Insert,
                $"seed {seed}: {e.Sentence}"));
        }

        Assert.True(listed * 10 <= made * 11, $"{listed} edits told for {made} made");
    }
}
