using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Identity.NestCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Nested sequences as other programs write them.</summary>
public sealed class RealNestsTests
{
    static IEnumerable<(string File, Sequence Cut)> Real()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        foreach (var file in Corpus.Files("otio").Concat(Corpus.Expected("aaf")).Concat(Corpus.Expected("fcp7xml")).Concat(Corpus.Expected("fcpxml")))
        {
            if (!file.EndsWith(".otio", StringComparison.Ordinal)) continue;
            var document = OtioReader.Read(Corpus.Read(file), new DiagnosticBag());
            if (document.FirstTimeline() is null) continue;
            var cut = First(CutReader.Read(document, new DiagnosticBag()));
            if (Nests(cut).Any()) yield return (file, cut);
        }
    }

    static IEnumerable<Nest> Nests(Sequence cut) => cut.Tracks.SelectMany(t => t.Elements).OfType<Nest>();

    [Fact]
    public void An_export_without_ids_is_known_again_inside_and_out()
    {
        var files = 0;
        foreach (var (file, cut) in Real())
        {
            files++;
            var again = Next(Exported(cut), cut);
            var edits = SequenceDiff.Compare(cut, again).Edits;

            Assert.True(edits.IsEmpty, $"{file}: {string.Join(' ', edits.Select(e => e.Sentence))}");
            Assert.Equal(Nests(cut).Select(n => n.Definition), Nests(again).Select(n => n.Definition));
            Assert.All(Nests(cut).Zip(Nests(again)), p => Assert.True(NestInside.SameInside(p.First, p.Second), file));
            Assert.All(Nests(cut), n => Assert.NotNull(NestInside.Identified(n, cut.Rate)));
        }

        Assert.True(files > 20, $"only {files} files with nests");
    }

    [Fact]
    public void Edits_inside_on_both_sides_meet_and_are_told_with_the_nest()
    {
        var merged = 0;
        foreach (var (file, cut) in Real())
        {
            if (Nests(cut).FirstOrDefault(n => Elements(n, cut).Count > 1) is not { } nest) continue;
            merged++;
            var (first, last) = (Elements(nest, cut)[0].Id, Elements(nest, cut)[^1].Id);
            var ours = Saved(EditAll(cut, nest, c => Change(c, first, e => e with { Name = e.Name + " renamed" })));
            var theirs = Saved(EditAll(cut, nest, c => Change(c, last, e => e with { Enabled = !e.Enabled })));
            var both = EditAll(ours, nest, c => Change(c, last, e => e with { Enabled = !e.Enabled }));

            var result = ThreeWayMerge.Merge(new(cut, ours, theirs));

            Assert.True(result.Conflicts.IsEmpty, $"{file}: {string.Join(' ', result.Conflicts.Select(c => c.Sentence))}");
            Assert.Equal(CanonicalForm.Hash(CutWriter.Write(both)), CanonicalForm.Hash(CutWriter.Write(result.Merged)));
            Assert.StartsWith("Inside ", Assert.Single(SequenceDiff.Compare(cut, ours).Edits).Sentence, StringComparison.Ordinal);
        }

        Assert.True(merged > 10, $"only {merged} files with something in their nests");
    }

    static List<Element> Elements(Nest nest, Sequence cut) => [.. NestInside.Identified(nest, cut.Rate)?.Tracks.SelectMany(t => t.Elements) ?? []];

    static Sequence EditAll(Sequence cut, Nest nest, Func<Sequence, Sequence> edit) => NestInside.Map(cut, n =>
        n.Definition == nest.Definition && NestInside.Identified(n, cut.Rate) is { } inside ? NestInside.With(n, edit(inside)) : n);

    static Sequence Change(Sequence cut, ElementId id, Func<Element, Element> change) =>
        cut.ChangeTracks(t => t with { Elements = [.. t.Elements.Select(e => e.Id == id ? change(e) : e)] });
}
