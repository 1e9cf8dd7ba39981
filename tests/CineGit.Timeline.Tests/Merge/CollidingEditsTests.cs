using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Two editors in one small scene, with edits that run into each other: the merge may ask, it may not lose or invent.</summary>
public sealed class CollidingEditsTests
{
    const int Pairs = 2000;

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Scene() => Cuts.Sequence(24)
        .Video("V1", [.. Enumerable.Range(0, 6).Select(i => (Piece)Cuts.Shot($"s{i}", $"M{i}", 100, 100).Linked($"L{i}"))])
        .Video("V2", Cuts.Gap(130), Cuts.Shot("t0", "t", 0, 30), Cuts.Gap(200), Cuts.Shot("t1", "t", 50, 40))
        .Audio("A1", [.. Enumerable.Range(0, 6).Select(i => (Piece)Cuts.Shot($"s{i}", $"M{i}", 100, 100).Linked($"L{i}"))])
        .Identified();

    /// <summary>The elements of some tracks rearranged, alike on picture and sound.</summary>
    static Sequence On(Sequence cut, bool sound, Func<ImmutableArray<Element>, ImmutableArray<Element>> change) =>
        cut.ChangeTracks(t => t.Name == "V1" || (sound && t.Name == "A1") ? t with { Elements = change(t.Elements) } : t);

    static Sequence Edit(Sequence cut, Random random, ulong birth)
    {
        var count = cut.Track("V1").Elements.Length;
        var i = random.Next(count);
        var frames = F(random.Next(1, 30));
        var sound = random.Next(4) > 0 && cut.Track("A1").Elements.Length == count;
        return random.Next(11) switch
        {
            0 => On(cut, sound, r => r.SetItem(i, r[i] with { Duration = r[i].Duration - frames })),
            1 => On(cut, sound, r => r.SetItem(i, r[i] with { Duration = r[i].Duration - frames, SourceStart = r[i].SourceStart + frames })),
            2 => On(cut, sound, r => r.SetItem(i, r[i] with { SourceStart = r[i].SourceStart + frames })),
            3 when count > 2 => On(cut, sound, r => r.RemoveAt(i)),
            4 when count > 2 && i + 1 < count => On(cut, sound, r => r.SetItem(i + 1, r[i + 1] with { Lead = Space.Of(r[i].Lead.Duration + r[i].Duration + r[i + 1].Lead.Duration) }).RemoveAt(i)),
            5 => On(cut, sound, r => r.Insert(i, r[i] with { Id = new(birth + r[i].Id.Ordinal, (uint)random.Next(1, int.MaxValue)), Name = $"n{birth}", Lead = Space.None, Duration = frames, Link = null })),
            6 => On(cut, sound, r => r.RemoveAt(i).Insert(random.Next(count - 1), r[i])),
            7 => On(cut, sound, r => r.SetItem(i, r[i] with { Lead = Space.Of(r[i].Lead.Duration + frames) })),
            8 => cut.Change("t1", e => e with { Lead = Space.Of(e.Lead.Duration - frames), Name = e.Name }),
            9 when i + 1 < count => On(cut, sound, r => r.RemoveAt(i).Insert(i + 1, r[i])),
            _ => cut.Change($"s{i}", e => e with { Color = $"C{random.Next(3)}" }),
        };
    }

    static (Sequence Origin, Sequence Ours, Sequence Theirs) Pair(int seed)
    {
        var random = new Random(seed);
        var origin = Scene();
        Sequence Side(ulong birth)
        {
            var cut = origin;
            for (var n = random.Next(1, 4); n > 0; n--) cut = Edit(cut, random, birth + (ulong)n * 1000);
            return cut with { Tracks = [.. cut.Tracks.Where(t => t.Elements.All(e => e.Duration > Flicks.Zero))] };
        }

        return (origin, Side(100_000), Side(200_000));
    }

    [Fact]
    public void Whatever_runs_into_each_other_merges_or_is_asked_and_every_answer_leads_to_a_finished_cut()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (origin, ours, theirs) = Pair(seed);
            foreach (var pick in (Func<Conflict, Choice>[])[c => c.Offered[0], c => c.Offered[^1]]) AnswerAll(seed, new(origin, ours, theirs), pick);
        }
    }

    /// <summary>Markers on clips, tracks and the sequence that a side put where the other may take everything away.</summary>
    static Sequence Marked(Sequence cut, Random random, ulong birth)
    {
        Marker At(long frame) => Cuts.Sequence(24).Video("V1", Cuts.Shot("x", "x", 0, 1)).Marker($"m{birth}", frame).Build().Markers[0] with { Id = new(birth, (uint)random.Next(1, int.MaxValue)) };
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var name = $"s{random.Next(6)}";
            cut = random.Next(3) switch
            {
                0 => cut with { Markers = cut.Markers.Add(At(random.Next(600))) },
                1 => cut.ChangeTracks(t => t.Name == "V2" ? t with { Markers = t.Markers.Add(At(random.Next(600))) } : t),
                _ => cut.Tracks.Any(t => t.Elements.Any(e => e.Name == name)) ? cut.Change(name, e => e with { Markers = e.Markers.Add(At(random.Next(100, 200))) }, "V1") : cut,
            };
        }

        return cut;
    }

    [Fact]
    public void Markers_over_what_the_other_side_takes_away_are_asked_about_and_every_answer_leads_to_a_finished_cut()
    {
        var orphans = 0;
        for (var seed = 0; seed < Pairs / 2; seed++)
        {
            var (origin, ours, theirs) = Pair(seed);
            var random = new Random(seed + 1);
            var request = new MergeRequest(origin, Marked(ours, random, 300_000), Marked(theirs, random, 400_000));
            foreach (var pick in (Func<Conflict, Choice>[])[c => c.Offered[0], c => c.Offered[seed % c.Offered.Length], c => c.Offered[^1]]) AnswerAll(seed, request, pick);
            orphans += ThreeWayMerge.Merge(request).Conflicts.Count(c => c.Kind == ConflictKind.Orphan);
        }

        Assert.True(orphans > Pairs / 40, $"only {orphans} markers were orphaned");
    }

    [Fact]
    public void Changes_on_locked_tracks_are_asked_about_and_every_answer_leads_to_a_finished_cut()
    {
        var locks = 0;
        for (var seed = 0; seed < Pairs / 2; seed++)
        {
            var (origin, ours, theirs) = Pair(seed);
            var name = ((string[])["V1", "V2", "A1"])[seed % 3];
            Sequence Locked(Sequence cut) => cut.ChangeTracks(t => t.Name == name ? t with { Node = t.Node.With("metadata", OtioObject.Map(("fcp_xml", OtioObject.Map(("locked", new OtioString("TRUE")))))) } : t);
            var request = new MergeRequest(Locked(origin), Locked(ours), Locked(theirs));
            foreach (var pick in (Func<Conflict, Choice>[])[c => c.Offered[0], c => c.Offered[seed % c.Offered.Length], c => c.Offered[^1]]) AnswerAll(seed, request, pick);
            locks += ThreeWayMerge.Merge(request).Conflicts.Count(c => c.Sentence.Contains(" is locked by ", StringComparison.Ordinal));
        }

        Assert.True(locks > Pairs / 4, $"only {locks} locks were broken");
    }

    [Fact]
    public void Whatever_is_typed_in_leads_to_a_finished_cut()
    {
        var typed = 0;
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (origin, ours, theirs) = Pair(seed);
            var request = new MergeRequest(origin, ours, theirs);
            for (var round = 0; round < 20; round++)
            {
                var open = ThreeWayMerge.Merge(request).Conflicts.Where(c => c.Chosen is null).ToList();
                if (open.Count == 0) break;
                Assert.True(round < 19, $"seed {seed}: the questions do not end");
                foreach (var conflict in open)
                {
                    var value = Value(conflict, seed);
                    typed += value is null ? 0 : 1;
                    request = request with { Resolutions = [.. request.Resolutions, value is null ? new(conflict.Id, conflict.Offered[^1]) : new(conflict.Id, Choice.Manual, value)] };
                }
            }
        }

        Assert.True(typed > Pairs / 20, $"only {typed} values were typed in");
    }

    /// <summary>Something that may be typed in as the answer; null where nothing may.</summary>
    static string? Value(Conflict conflict, int seed)
    {
        if (conflict.Offers[^1].Entry is not { } entry) return null;
        var frames = Math.Clamp(seed % 61 - 30, entry.Least, entry.Most);
        string[] candidates = [$"{frames}", $"{100 + seed % 7} {Math.Clamp(40 + seed % 90, 1, entry.Most)}", $"{100 + seed % 7}", $"01:00:{seed % 20:00}:00", "GREEN", "name"];
        return candidates.FirstOrDefault(c => conflict.WhyNot(Choice.Manual, c) is null);
    }

    static void AnswerAll(int seed, MergeRequest request, Func<Conflict, Choice> pick)
    {
        for (var round = 0; round < 20; round++)
        {
            var result = ThreeWayMerge.Merge(request);
            var open = result.Conflicts.Where(c => c.Chosen is null).ToList();
            if (open.Count == 0) return;
            request = request with { Resolutions = [.. request.Resolutions, .. open.Select(c => new Resolution(c.Id, pick(c)))] };
        }

        Assert.Fail($"seed {seed}: the questions do not end");
    }

    [Fact]
    public void An_unchanged_side_never_makes_a_question_however_wild_the_other_is()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (origin, ours, _) = Pair(seed);
            foreach (var result in (MergeResult[])[ThreeWayMerge.Merge(new(origin, ours, Scene())), ThreeWayMerge.Merge(new(origin, Scene(), ours)), ThreeWayMerge.Merge(new(origin, ours, ours))])
            {
                Assert.True(result.Conflicts.IsEmpty, $"seed {seed}: {string.Join(' ', result.Conflicts.Select(c => c.Sentence))}");
                foreach (var track in ours.Tracks)
                    Assert.True(ours.Layout(track.Name) == result.Merged.Layout(track.Name), $"seed {seed} {track.Name}\n{ours.Layout(track.Name)}\n{result.Merged.Layout(track.Name)}");
                Assert.Empty(SequenceDiff.Compare(ours, result.Merged).Edits);
            }
        }
    }

    [Fact]
    public void Swapping_the_sides_asks_as_much_and_merges_alike()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var (origin, ours, theirs) = Pair(seed);
            var (one, other) = (ThreeWayMerge.Merge(new(origin, ours, theirs)), ThreeWayMerge.Merge(new(origin, theirs, ours)));

            Assert.True(one.Conflicts.Length == other.Conflicts.Length, $"seed {seed}");
            if (!one.IsClean) continue;
            foreach (var track in one.Merged.Tracks)
                Assert.True(one.Merged.Layout(track.Name) == other.Merged.Layout(track.Name), $"seed {seed} {track.Name}");
        }
    }
}
