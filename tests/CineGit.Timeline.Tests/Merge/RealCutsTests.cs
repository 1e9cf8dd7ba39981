using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Identity, comparison and merge on the cuts of other programs.</summary>
public sealed class RealCutsTests
{
    static IEnumerable<(string File, Sequence Cut)> Real()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        foreach (var file in Corpus.Files("otio").Concat(Corpus.Expected("otio")).Where(f => f.EndsWith(".otio", StringComparison.Ordinal)))
        {
            var document = OtioReader.Read(Corpus.Read(file), new DiagnosticBag());
            if (document.FirstTimeline() is not null) yield return (file, CutReader.Read(document, new DiagnosticBag()));
        }
    }

    [Fact]
    public void An_export_without_ids_is_known_again_and_equal()
    {
        foreach (var (file, cut) in Real())
        {
            var first = ElementMatcher.Identify(cut, null, new Birth(1)).Sequence;
            var again = ElementMatcher.Identify(cut.WithoutIds(), first, new Birth(2)).Sequence;
            var edits = SequenceDiff.Compare(first, again).Edits;

            Assert.True(edits.IsEmpty, $"{file}: {string.Join(' ', edits.Select(e => e.Sentence))}");
        }
    }

    [Fact]
    public void A_merge_is_written_and_read_back_as_it_was()
    {
        foreach (var (file, cut) in Real())
        {
            var origin = ElementMatcher.Identify(cut, null, new Birth(1)).Sequence;
            if (!origin.Tracks.Any(t => t.Elements.Length > 1)) continue;
            var row = origin.Tracks.First(t => t.Elements.Length > 1).Elements;
            var ours = Saved(Changed(origin, row[0].Id, e => e with { Name = e.Name + " renamed" }));
            var theirs = Saved(Changed(origin, row[^1].Id, e => e with { Enabled = !e.Enabled }));

            var result = ThreeWayMerge.Merge(new(origin, ours, theirs));
            var expected = Changed(ours, row[^1].Id, e => e with { Enabled = !e.Enabled });

            Assert.True(result.Conflicts.IsEmpty, $"{file}: {string.Join(' ', result.Conflicts.Select(c => c.Sentence))}");
            AssertEqual(file, expected, result.Merged);
            AssertEqual(file, result.Merged, Saved(result.Merged));
        }
    }

    static Sequence Saved(Sequence cut) =>
        CutReader.Read(OtioReader.Read(TimelineAssert.Utf8(CutWriter.Write(cut)), new DiagnosticBag()), new DiagnosticBag());

    static void AssertEqual(string file, Sequence expected, Sequence actual)
    {
        var edits = SequenceDiff.Compare(expected, actual).Edits;
        Assert.True(edits.IsEmpty, $"{file}: {string.Join(' ', edits.Select(e => e.Sentence))}");
    }

    static Sequence Changed(Sequence cut, ElementId id, Func<Element, Element> change) =>
        cut.ChangeTracks(t => t with { Elements = [.. t.Elements.Select(e => e.Id == id ? change(e) : e)] });
}
