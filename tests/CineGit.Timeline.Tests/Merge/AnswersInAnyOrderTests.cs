using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Two editors in one small scene, and a person who answers whatever is asked, one conflict after the other.</summary>
public sealed class AnswersInAnyOrderTests
{
    const int Pairs = 400;

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Scene() => Cuts.Sequence(24)
        .Video("V1", [.. Enumerable.Range(0, 6).SelectMany(Shot)])
        .Video("V2", Cuts.Gap(130), Cuts.Shot("t0", "t", 0, 30), Cuts.Gap(200), Cuts.Shot("t1", "t", 50, 40))
        .Audio("A1", [.. Enumerable.Range(0, 6).SelectMany(Shot).Where(piece => piece is Shot)])
        .Identified();

    /// <summary>The third shot has a speed, and a dissolve leads into it.</summary>
    static IEnumerable<Piece> Shot(int i)
    {
        var shot = Cuts.Shot($"s{i}", $"M{i}", 100, 100).Linked($"L{i}");
        return i == 2 ? [Cuts.Dissolve(6, 6), shot.At(1.0)] : [shot];
    }

    static Sequence Linked(Sequence cut, Func<List<Element>, IEnumerable<Element>> change) =>
        cut.ChangeTracks(t => t.Name is "V1" or "A1" ? t with { Elements = [.. change([.. t.Elements])] } : t);

    static Sequence Titles(Sequence cut, Func<List<Element>, IEnumerable<Element>> change) =>
        cut.ChangeTracks(t => t.Name == "V2" ? t with { Elements = [.. change([.. t.Elements])] } : t);

    static Sequence Edit(Sequence cut, Random random, ulong birth)
    {
        var count = cut.Track("V1").Elements.Length;
        var i = random.Next(1, Math.Min(count, 4));
        var frames = F(random.Next(1, 40));
        return random.Next(12) switch
        {
            0 => Linked(cut, r => [.. r[..i], r[i] with { Duration = r[i].Duration - frames }, .. r[(i + 1)..]]),
            1 => Linked(cut, r => [.. r[..i], r[i] with { Duration = r[i].Duration - frames, SourceStart = r[i].SourceStart + frames }, .. r[(i + 1)..]]),
            2 => Linked(cut, r => [.. r[..i], r[i] with { SourceStart = r[i].SourceStart + frames }, .. r[(i + 1)..]]),
            3 when count > 3 => Linked(cut, r => [.. r[..i], .. r[(i + 1)..]]),
            4 => Linked(cut, r => [.. r[..i], r[i] with { Id = new(birth + r[i].Id.Ordinal, r[i].Id.Ordinal), Name = $"n{birth}", Lead = Space.None, Duration = frames, Link = $"n{birth}" }, .. r[i..]]),
            5 => Linked(cut, r => [.. r.Where((_, n) => n != i).Take(count - 2), r[i], r.Where((_, n) => n != i).Last()]),
            6 => Titles(cut, r => [r[0] with { Duration = r[0].Duration + frames }, .. r[1..]]),
            7 => Titles(cut, r => [r[0] with { Id = new(birth, 7), Name = $"b{birth}", Lead = Space.Of(frames), Duration = F(60), Link = null }, r[0] with { Lead = Space.Of(F(130 - 60) - frames) }, .. r[1..]]),
            8 => cut.Change("s2", e => e with { Duration = F(50), Effects = [.. e.Effects.Select(f => f with { TimeScalar = OtioNumber.FromDouble(2) })] }),
            9 => cut.ChangeTracks(t => t.Name == "V1" ? t with { EditPoints = [.. t.EditPoints, Dissolve(t, i, birth)] } : t),
            10 => cut.ChangeTracks(t => t.Name == "V1" ? t with { EditPoints = [.. t.EditPoints.Select(p => p with { InOffset = frames, OutOffset = frames })] } : t),
            _ => cut.Change($"s{i}", e => e with { Name = e.Name, Color = $"C{random.Next(3)}" }),
        };
    }

    static EditPoint Dissolve(Track track, int right, ulong birth) => Scene().Tracks[0].EditPoints[0] with
    {
        Id = new(birth, 99),
        Left = track.Elements[right - 1].Id,
        Right = track.Elements[right].Id,
    };

    /// <summary>A program keeps a transition only where its cut and enough of its clips are.</summary>
    static Sequence Tidy(Sequence cut) => cut.ChangeTracks(t => t with
    {
        EditPoints = [.. t.EditPoints.DistinctBy(p => (p.Left, p.Right)).Where(p => Enumerable.Range(1, Math.Max(t.Elements.Length - 1, 0)).Any(i => IsAt(p, t.Elements[i - 1], t.Elements[i])))],
    });

    static bool IsAt(EditPoint point, Element left, Element right) =>
        point.Left == left.Id && point.Right == right.Id && right.Lead.Duration.IsZero && left.Duration >= point.InOffset && right.Duration >= point.OutOffset;

    static MergeRequest Pair(int seed)
    {
        var random = new Random(seed);
        var origin = Scene();
        Sequence Side(ulong birth)
        {
            var cut = origin;
            var hasTitle = false;
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                var edited = Tidy(Edit(cut, random, birth + (ulong)n * 1000));
                var titles = edited.Track("V2").Elements.Length;
                if ((titles > 2 && hasTitle) || !IsSound(edited)) continue;
                hasTitle |= titles > 2;
                cut = edited;
            }

            return cut;
        }

        return new(origin, Side(100_000), Side(200_000));
    }

    static bool IsSound(Sequence cut) => cut.Tracks.All(t => t.Elements.All(e => e.Duration > Flicks.Zero && !e.Lead.Duration.IsNegative));

    /// <summary>What a person of some mind answers to a conflict, whenever it is asked.</summary>
    static Resolution AnswerOf(Conflict conflict, int mind)
    {
        var turn = new Random(HashCode(conflict.Id.Value) ^ mind);
        var offer = conflict.Offers[turn.Next(conflict.Offers.Length)];
        return new(conflict.Id, offer.Choice, offer.Entry?.Kind switch
        {
            null => null,
            EntryKind.Frames => Math.Clamp(turn.Next(-20, 20), offer.Entry.Least, offer.Entry.Most).ToString(System.Globalization.CultureInfo.InvariantCulture),
            EntryKind.Color => "RED",
            _ => "7",
        });
    }

    static int HashCode(string text) => text.Aggregate(17, (hash, c) => unchecked(hash * 31 + c));

    static MergeResult AnswerOneByOne(MergeRequest request, int mind, Random order, out MergeRequest answered)
    {
        answered = request;
        for (var asked = 0; asked < 40; asked++)
        {
            var result = ThreeWayMerge.Merge(answered);
            var open = result.Conflicts.Where(c => c.Chosen is null).ToList();
            if (open.Count == 0) return result;
            foreach (var earlier in answered.Resolutions)
                Assert.True(result.Conflicts.All(c => c.Id != earlier.Conflict || c.Chosen == earlier.Choice), "an answer was dropped");
            answered = answered with { Resolutions = answered.Resolutions.Add(AnswerOf(open[order.Next(open.Count)], mind)) };
        }

        Assert.Fail("the questions do not end");
        return ThreeWayMerge.Merge(answered);
    }

    static string Print(Sequence cut) => string.Join('\n', cut.Tracks.Select(t => $"{t.Name} {t.Id}: {cut.Layout(t.Name)} {string.Join(' ', t.EditPoints.Select(p => $"{p.Id}@{p.Right}+{p.InOffset.Value}+{p.OutOffset.Value}"))} {string.Join(' ', t.Elements.Select(e => $"{e.Id}+{e.SourceStart.Value}{e.Color}"))}"));

    [Fact]
    public void Any_answers_to_any_conflicts_end_in_a_finished_cut_that_keeps_the_rules()
    {
        var whole = 0;
        for (var seed = 0; seed < Pairs; seed++)
        {
            var request = Pair(seed);
            try
            {
                Assert.True(IsSound(request.Ours) && IsSound(request.Theirs));
                var result = AnswerOneByOne(request, seed, new Random(seed), out _);
                Assert.True(result.IsClean && IsSound(result.Merged));
                if (result.Conflicts.Any(c => c.Sentence.EndsWith("take one cut whole.", StringComparison.Ordinal))) whole++;
            }
            catch (Exception e) when (e is InvalidOperationException or Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {e.Message}");
            }
        }

        // Picture that was kept against sound that was deleted, and the like: answers that do not go together.
        Assert.True(whole <= Pairs / 20, $"{whole} of {Pairs} pairs ended in the choice of a whole cut");
    }

    [Fact]
    public void The_order_in_which_answers_are_given_does_not_matter()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var result = AnswerOneByOne(Pair(seed), seed, new Random(seed), out var answered);
            var shuffled = answered.Resolutions.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.True(Print(result.Merged) == Print(ThreeWayMerge.Merge(answered with { Resolutions = [.. shuffled] }).Merged), $"seed {seed}");

            var other = AnswerOneByOne(Pair(seed), seed, new Random(seed + 1), out var answeredOtherwise);
            if (!answered.Resolutions.ToHashSet().SetEquals(answeredOtherwise.Resolutions)) continue;
            Assert.True(Print(result.Merged) == Print(other.Merged), $"seed {seed}, another order");
        }
    }

    [Fact]
    public void What_an_answer_brings_up_says_so_and_what_was_there_before_does_not()
    {
        for (var seed = 0; seed < Pairs; seed++)
        {
            var request = Pair(seed);
            var first = ThreeWayMerge.Merge(request).Conflicts.Select(c => c.Id).ToHashSet();
            var result = AnswerOneByOne(request, seed, new Random(seed), out var answered);
            foreach (var conflict in result.Conflicts)
            {
                Assert.True(first.Contains(conflict.Id) == conflict.DependsOn.IsEmpty, $"seed {seed}: {conflict.Sentence}");
                Assert.All(conflict.DependsOn, id => Assert.Contains(answered.Resolutions, r => r.Conflict == id));
            }
        }
    }
}
