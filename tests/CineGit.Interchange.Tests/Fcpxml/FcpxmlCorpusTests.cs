using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

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
    public void What_hangs_on_a_conformed_clip_stands_on_frames_of_the_sequence(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var cut = CutReader.Read(FcpxmlFiles.Read(Corpus.Read(file)).Document, new());

        foreach (var holder in Placement.Of(cut).All.Where(IsConformed))
        {
            foreach (var hanging in Placement.Of(cut).All.Where(p => p.Track != holder.Track && p.Track.Kind == TrackKind.Video && p.Start > holder.Start && p.End < holder.End))
            {
                Assert.True(hanging.Start.IsWholeAt(cut.Rate), $"{hanging.Element.Name} on {holder.Element.Name} at {hanging.Start}");
            }
        }
    }

    static bool IsConformed(Placed place) => place.Element.Effects.Any(e => e.Node.Child("metadata")?.Child("fcpx")?["conform-rate"] is not null);

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
