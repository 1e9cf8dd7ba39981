using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Folding;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>What is told and merged with the quiet stretches folded is what looking at every element tells and merges.</summary>
public sealed class FoldedMergeTests
{
    const int Pairs = 200;

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence LongFilm(Random random)
    {
        var shots = new List<Piece>();
        var sound = new List<Piece>();
        var (titles, music, titled, time) = (new List<Piece>(), new List<Piece>(), 0, 0);
        var count = random.Next(60, 140);
        for (var i = 0; i < count; i++)
        {
            var frames = random.Next(20, 120);
            if (random.Next(12) == 0)
            {
                shots.Add(Cuts.Gap(15));
                sound.Add(Cuts.Gap(15));
                time += 15;
            }
            else if (i > 0 && random.Next(10) == 0)
            {
                shots.Add(Cuts.Dissolve(3, 3));
            }

            var shot = Cuts.Shot($"s{i}", $"M{i}", 100, frames).Linked($"L{i}");
            if (random.Next(8) == 0) shot = shot.With("Blur", "amount", i).Marked("look", 110);
            shots.Add(shot);
            sound.Add(shot with { Effects = [], Markers = [] });
            if (random.Next(random.Next(2) == 0 ? 4 : 25) == 0 && time >= titled)
            {
                titles.Add(Cuts.Gap(time + 5 - titled));
                titles.Add(Cuts.Shot($"t{i}", "titles", 0, 20));
                titled = time + 25;
            }

            if (i % 20 == 3) music.Add(Cuts.Shot($"m{i}", "music", i, 1200));
            time += frames;
        }

        return Cuts.Sequence(24).Video("V1", [.. shots]).Video("V2", [.. titles]).Audio("A1", [.. sound]).Audio("A2", [.. music])
            .Marker("half", time / 2).Identified();
    }

    /// <summary>One edit of what somebody does, or of what a damaged file does; not always the same on picture and sound.</summary>
    static Sequence Edit(Sequence cut, Random random, ulong birth)
    {
        var count = cut.Track("V1").Elements.Length;
        var at = random.Next(count - 8);
        var length = random.Next(1, 7);
        var frames = F(random.Next(1, 15));
        var away = random.Next(count - 8);
        var sound = random.Next(5) > 0 && cut.Track("A1").Elements.Length == count;
        Sequence On(Func<ImmutableArray<Element>, ImmutableArray<Element>> change) =>
            cut.ChangeTracks(t => t.Name == "V1" || (sound && t.Name == "A1") ? WithoutLost(t with { Elements = change(t.Elements) }) : t);
        return random.Next(16) switch
        {
            0 => Ripple(On(r => r.SetItem(at, r[at] with { Duration = r[at].Duration - frames })), cut, at, -frames, random),
            1 => Ripple(On(r => r.SetItem(at, r[at] with { Duration = r[at].Duration - frames, SourceStart = r[at].SourceStart + frames })), cut, at, -frames, random),
            2 => On(r => r.SetItem(at, r[at] with { SourceStart = r[at].SourceStart + frames })),
            3 => Ripple(On(r => r.RemoveAt(at)), cut, at, -cut.Track("V1").Elements[at].Duration, random),
            4 => On(r => r.SetItem(at + 1, r[at + 1] with { Lead = Space.Of(r[at].Lead.Duration + r[at].Duration + r[at + 1].Lead.Duration) }).RemoveAt(at)),
            5 => Ripple(On(r => r.Insert(at, New(r[at], birth, frames, random))), cut, at, frames, random),
            6 => On(r => Moved(r, at, 1, Math.Min(away, count - 2))),
            7 => On(r => Moved(r, at, length, Math.Min(away, count - 9))),
            8 => On(r => r.SetItem(at, r[at] with { Lead = Space.Of(r[at].Lead.Duration + frames) })),
            9 => Pushed(cut, random, frames),
            10 => On(r => r.SetItem(at, r[at] with { Duration = r[at].Duration - frames }).SetItem(at + 1, r[at + 1] with { Duration = r[at + 1].Duration + frames, SourceStart = r[at + 1].SourceStart - frames })),
            11 => On(r => r.SetItem(at, r[at] with { Name = r[at].Name + "x" })),
            12 => On(r => r.SetItem(at, r[at] with { Color = $"C{random.Next(3)}" })),
            13 => cut.ChangeTracks(t => t.Name == "V1" && !t.EditPoints.IsEmpty ? t with { EditPoints = t.EditPoints.RemoveAt(random.Next(t.EditPoints.Length)) } : t),
            14 => cut.ChangeTracks(t => t.Name == "V1" && !t.EditPoints.IsEmpty ? t with { EditPoints = t.EditPoints.SetItem(0, t.EditPoints[0] with { OutOffset = frames }) } : t),
            _ => random.Next(4) switch
            {
                0 => cut.ChangeTracks(t => t.Name == "A2" && t.Elements.Length > 1 ? t with { Elements = t.Elements.RemoveAt(random.Next(t.Elements.Length)) } : t),
                1 => cut with { Tracks = cut.Tracks.RemoveAll(t => t.Name == "A2") },
                2 => cut with { Tracks = [.. cut.Tracks.Where(t => t.Name == "A1"), .. cut.Tracks.Where(t => t.Name != "A1")] },
                _ => cut.ChangeTracks(t => t.Name == "A2" ? t with { Elements = t.Elements.Add(New(t.Elements.IsEmpty ? cut.Tracks[0].Elements[0] : t.Elements[0], birth, frames, random)) } : t),
            },
        };
    }

    static Element New(Element like, ulong birth, Flicks duration, Random random) => like with
    {
        Id = new(birth + like.Id.Ordinal, (uint)random.Next(1, int.MaxValue)),
        Name = $"n{birth}",
        Lead = Space.None,
        Duration = duration,
        Link = random.Next(4) == 0 ? like.Link : null,
        Effects = [],
        Markers = [],
    };

    static ImmutableArray<Element> Moved(ImmutableArray<Element> row, int at, int length, int to)
    {
        var block = row.Slice(at, length);
        return row.RemoveRange(at, length).InsertRange(Math.Min(to, row.Length - length), block);
    }

    /// <summary>What stands later on the titles' track goes along, mostly.</summary>
    static Sequence Ripple(Sequence edited, Sequence before, int at, Flicks by, Random random)
    {
        if (random.Next(4) == 0) return edited;
        var from = Placement.Of(before).Tracks[before.Tracks.IndexOf(before.Track("V1"))][at].End;
        return edited.ChangeTracks(t =>
        {
            if (t.Name != "V2") return t;
            var next = Placement.Of(before).On(t.Id).FirstOrDefault(p => p.Start >= from);
            if (next is null || next.Element.Lead.Duration + by < Flicks.Zero) return t;
            return t with { Elements = t.Elements.SetItem(next.Index, next.Element with { Lead = Space.Of(next.Element.Lead.Duration + by) }) };
        });
    }

    /// <summary>A stretch of titles pushed along its track; the room comes from the gap behind it.</summary>
    static Sequence Pushed(Sequence cut, Random random, Flicks by) => cut.ChangeTracks(t =>
    {
        if (t.Name != "V2" || t.Elements.Length < 3) return t;
        var first = random.Next(t.Elements.Length - 1);
        var last = random.Next(first + 1, t.Elements.Length);
        if (t.Elements[last].Lead.Duration < by) return t;
        return t with
        {
            Elements = t.Elements
                .SetItem(first, t.Elements[first] with { Lead = Space.Of(t.Elements[first].Lead.Duration + by) })
                .SetItem(last, t.Elements[last] with { Lead = Space.Of(t.Elements[last].Lead.Duration - by) }),
        };
    });

    /// <summary>An editing program takes transitions out whose cut is gone.</summary>
    static Track WithoutLost(Track track)
    {
        var places = track.Elements.Select((e, i) => (e.Id, i)).ToDictionary(p => p.Id, p => p.i);
        return track with
        {
            EditPoints = [.. track.EditPoints.Where(p =>
                p.Right is { } r && places.TryGetValue(r, out var right)
                && (p.Left is not { } l || (places.TryGetValue(l, out var left) && left + 1 == right && track.Elements[right].Lead.Duration.IsZero)))],
        };
    }

    static (Sequence Origin, Sequence Ours, Sequence Theirs) Pair(int seed)
    {
        var random = new Random(seed);
        var origin = Saved(LongFilm(random));
        return (origin, Side(origin, random, 100_000), Side(origin, random, 200_000));
    }

    static Sequence Side(Sequence origin, Random random, ulong birth)
    {
        var cut = origin;
        for (var n = random.Next(1, 5); n > 0; n--) cut = Edit(cut, random, birth + ((ulong)n * 1000));
        return cut.ChangeTracks(t => WithoutLost(t with { Elements = t.Elements.RemoveAll(e => e.Duration <= Flicks.Zero) }));
    }

    /// <summary>The same by value, with no part of it shared: as read from another file.</summary>
    static Sequence Apart(Sequence cut) => cut.ChangeTracks(t => t with
    {
        Elements = [.. t.Elements.Select(e => e with { Effects = [.. e.Effects.Select(f => f with { })], Markers = [.. e.Markers.Select(m => m with { })] })],
        EditPoints = [.. t.EditPoints.Select(p => p with { })],
    });

    static Sequence Saved(Sequence cut) =>
        CutReader.Read(OtioReader.Read(TimelineAssert.Utf8(CutWriter.Write(cut)), new DiagnosticBag()), new DiagnosticBag());

    static List<string> Told(EditList list) => [$"{list.Shifted} shifted", .. list.Edits.Select(Told)];

    static string Told(Edit e) =>
        $"{e.Kind} {e.Sentence} {e.At} {e.Duration} {e.Amount} {e.Ripple} {e.Before} {e.After} [{string.Join(' ', e.Elements)}] {{{string.Join("; ", e.Children.Select(Told))}}}";

    static List<string> Told(MergeResult result) =>
    [
        .. result.Conflicts.Select(c =>
            $"{c.Id} {c.Kind} {c.Sentence} {c.At} {c.Base} {c.Ours} {c.Theirs} {string.Join(' ', c.Elements)} {string.Join(' ', c.Tracks)} {string.Join(' ', c.Offered)} {c.Chosen}"),
        .. result.Notes.Select(n => $"{n.Sentence} {n.At} {string.Join(' ', n.Elements)}"),
    ];

    static void AssertSame(int seed, List<string> expected, List<string> actual)
    {
        var first = expected.Zip(actual).TakeWhile(p => p.First == p.Second).Count();
        Assert.True(
            expected.SequenceEqual(actual),
            $"seed {seed}: {expected.ElementAtOrDefault(first)} | {actual.ElementAtOrDefault(first)}");
    }

    static void AssertSame(int seed, Sequence expected, Sequence actual)
    {
        Assert.Equal(expected.Tracks.Select(t => (t.Id, t.Name, t.Tail)), actual.Tracks.Select(t => (t.Id, t.Name, t.Tail)));
        Assert.Equal(expected.Markers.AsEnumerable(), actual.Markers);
        foreach (var (one, other) in expected.Tracks.Zip(actual.Tracks))
        {
            Assert.Equal(one.EditPoints.AsEnumerable(), other.EditPoints);
            Assert.Equal(one.Elements.Length, other.Elements.Length);
            foreach (var (e, f) in one.Elements.Zip(other.Elements))
                Assert.True(e.Id == f.Id && Sameness.Between(e, f) == Change.None, $"seed {seed}: {e.Name} on {one.Name}");
        }
    }

    static bool IsFolded(params ImmutableArray<Sequence> cuts) => FoldedCuts.Of(cuts) is not null;

    [Fact]
    public void A_folded_comparison_tells_what_a_whole_one_tells()
    {
        var folded = 0;
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (origin, ours, theirs) = Pair(seed);
            foreach (var (before, after) in ((Sequence, Sequence)[])[(origin, ours), (origin, Apart(theirs)), (ours, Saved(theirs)), (origin, Apart(origin)), (origin, Saved(ours))])
            {
                if (IsFolded(before, after)) folded++;
                AssertSame(seed, Told(SequenceDiff.CompareWhole(before, after)), Told(SequenceDiff.Compare(before, after)));
            }
        }

        Assert.True(folded > Pairs, $"{folded} of {5 * Pairs} comparisons had something to fold");
    }

    [Fact]
    public void A_folded_merge_asks_and_merges_what_a_whole_one_does()
    {
        var (folded, conflicts) = (0, 0);
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (origin, ours, theirs) = Pair(seed);
            if (IsFolded(origin, ours, theirs)) folded++;
            var request = new MergeRequest(origin, seed % 2 == 0 ? ours : Saved(ours), Apart(theirs));
            for (var round = 0; round < 3; round++)
            {
                var (whole, result) = (ThreeWayMerge.MergeWhole(request), ThreeWayMerge.Merge(request));
                AssertSame(seed, Told(whole), Told(result));
                AssertSame(seed, whole.Merged, result.Merged);
                conflicts += result.Conflicts.Length;
                var open = result.Conflicts.Where(c => c.Chosen is null).ToList();
                if (open.Count == 0) break;
                request = request with { Resolutions = [.. request.Resolutions, .. open.Select(c => new Resolution(c.Id, c.Offered[seed % c.Offered.Length]))] };
            }
        }

        Assert.True(folded > Pairs / 2 && conflicts > Pairs / 4, $"{folded} of {Pairs} merges had something to fold, {conflicts} conflicts");
    }

    [Fact]
    public void Crossed_histories_are_merged_folded_as_whole()
    {
        for (var seed = 0; seed < Pairs / 4; seed++)
        {
            var (origin, x, y) = Pair(seed);
            var random = new Random(seed);
            var (ours, theirs) = (Side(x, random, 300_000), Side(ThreeWayMerge.MergeWhole(new(origin, y, x)).Merged, random, 400_000));
            var request = new MergeRequest(x, ours, theirs) { OtherBases = [y] };
            var (whole, result) = (ThreeWayMerge.MergeWhole(request), ThreeWayMerge.Merge(request));

            AssertSame(seed, Told(whole), Told(result));
            AssertSame(seed, whole.Merged, result.Merged);
        }
    }

    [Fact]
    public void An_element_is_the_same_as_another_only_when_nobody_changed_it_since_it_was_read()
    {
        var element = Saved(LongFilm(new(1))).Tracks[0].Elements[3];
        var again = Saved(LongFilm(new(1))).Tracks[0].Elements[3];

        Assert.True(element.IsAsRead && again.IsAsRead && !(element with { }).IsAsRead);
        Assert.Equal(Change.None, Sameness.Between(element, again));
        Assert.Equal(Change.None, Sameness.Between(element, again with { }));
        Assert.Equal(element with { }, element);
        foreach (var changed in (Element[])[again with { Name = "x" }, again with { Duration = F(1) }, again with { SourceStart = F(1) }, again with { Enabled = false }, again with { Color = "RED" }, again with { Link = "x" }, (Clip)again with { Media = ((Clip)again).Media with { Key = "x" } }])
            Assert.Equal(Change.Content, Sameness.Between(element, changed));
        Assert.Equal(Change.Before, Sameness.Between(element, again with { Lead = Space.Of(F(3)) }));
    }

    [Fact]
    public void A_cut_whose_tracks_are_all_gone_is_compared_and_merged()
    {
        var film = LongFilm(new Random(1));
        var empty = film with { Tracks = [] };

        Assert.NotEmpty(SequenceDiff.Compare(film, empty).Edits);
        Assert.Empty(ThreeWayMerge.Merge(new(film, empty, film)).Merged.Tracks);
        Assert.Empty(ThreeWayMerge.Merge(new(film, film, empty)).Merged.Tracks);
    }
}
