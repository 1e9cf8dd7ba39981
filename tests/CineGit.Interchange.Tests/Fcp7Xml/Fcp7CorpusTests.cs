using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcp7Xml;

public sealed class Fcp7CorpusTests
{
    /// <summary>A lone filter, which Final Cut writes as a favourite: XML of this family and no file of it.</summary>
    const string LoneFilter = "premiere_example_filter.xml";

    public static TheoryData<string> Sequences => Corpus.IsAbsent ? [""] : [.. Corpus.Files("fcp7xml").Where(f => !f.EndsWith(LoneFilter, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Every_real_file_reads_without_an_error(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var read = Fcp7Files.Read(Corpus.Read(file));

        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == Severity.Error);
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Every_real_file_is_written_from_its_document_alone_and_says_the_same(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);

        var written = Fcp7Files.Write(Fcp7Files.Read(original).Document, default, out var diagnostics);

        Assert.Null(Fcp7Files.Difference(original, written));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Every_real_file_comes_back_to_the_byte_as_a_cut_with_ids(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);
        var cut = CutReader.Read(Fcp7Files.Read(original).Document, new DiagnosticBag());

        var identified = CutWriter.Write(ElementMatcher.Identify(cut, null, new Birth(1)).Sequence);

        Assert.Equal(original, Fcp7Files.Write(identified, original));
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Every_real_file_comes_back_to_the_byte_beside_its_original(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);

        Assert.Equal(original, Fcp7Files.Write(Fcp7Files.Read(original).Document, original));
    }
}
