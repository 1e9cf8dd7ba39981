using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Tests.Fcpxml;

public sealed class FcpxmlCorpusTests
{
    public static TheoryData<string> Files => FcpxmlFiles.Corpus;

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_real_file_reads_without_an_error(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);

        var read = FcpxmlFiles.Read(Corpus.Read(file));

        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == Severity.Error);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_real_file_says_the_same_when_it_is_written_from_the_document_alone(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var document = FcpxmlFiles.Read(Corpus.Read(file)).Document;

        var written = FcpxmlFiles.Write(document, out var diagnostics);

        FcpxmlFiles.AssertSame(Corpus.Read(file), written);
        Assert.Empty(diagnostics);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_real_file_says_the_same_after_being_a_version(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var document = FcpxmlFiles.ThroughOtio(FcpxmlFiles.ThroughCut(FcpxmlFiles.Read(Corpus.Read(file)).Document));

        FcpxmlFiles.AssertSame(Corpus.Read(file), FcpxmlFiles.Write(document));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_real_file_comes_back_to_the_byte_with_the_original_at_hand(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var document = FcpxmlFiles.ThroughCut(FcpxmlFiles.Read(Corpus.Read(file)).Document);

        Assert.Equal(Corpus.Read(file), FcpxmlFiles.Write(document, Corpus.Read(file)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_real_file_reads_the_same_from_what_was_written(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var first = FcpxmlFiles.Read(Corpus.Read(file)).Document;

        var second = FcpxmlFiles.Read(FcpxmlFiles.Write(first)).Document;

        TimelineAssert.SameDocument(first, second);
    }
}
