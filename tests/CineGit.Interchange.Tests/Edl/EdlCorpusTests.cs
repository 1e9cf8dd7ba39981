using CineGit.Interchange.Otio;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

public sealed class EdlCorpusTests
{
    public static TheoryData<string> Lists => Corpus.IsAbsent ? [""] : [.. Corpus.Files("edl")];

    public static TheoryData<string> ExpectedLists => Corpus.IsAbsent ? [""] : [.. Corpus.Expected("edl")];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_real_list_reads_without_an_error(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var read = EdlFiles.Read(Corpus.Read(file));

        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == Severity.Error);
        Assert.NotEmpty(EdlFiles.Tracks(read.Document).SelectMany(t => t.Objects("children")));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_real_list_comes_back_equal_from_writing_and_reading_it_again(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var first = EdlFiles.Read(Corpus.Read(file)).Document;

        var second = EdlFiles.Read(EdlFiles.WriteBytes(first), EdlFiles.RateOf(first)).Document;

        TimelineAssert.SameDocument(first, second);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_real_list_comes_back_equal_from_otio(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var document = EdlFiles.Read(Corpus.Read(file)).Document;
        using var stream = new MemoryStream();
        var otio = new OtioFormat();
        otio.Write(document, stream, WriteOptions.Alone);
        stream.Position = 0;

        var back = otio.Read(stream, new ReadOptions(null, "list.otio"));

        Assert.Empty(back.Diagnostics);
        Assert.Equal(document, back.Document);
    }

    [Theory]
    [MemberData(nameof(ExpectedLists))]
    public void Every_real_list_has_the_names_order_and_times_that_OpenTimelineIO_reads(string expectedFile)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var expected = OtioReader.Read(Corpus.Read(expectedFile), new DiagnosticBag());
        var file = expectedFile["expected/".Length..^".otio".Length];

        var actual = EdlFiles.Read(Corpus.Read(file), FirstRate(expected)).Document;

        Assert.Empty(EdlExpectation.Differences(expected, actual));
    }

    static FrameRate FirstRate(OtioDocument document)
    {
        var clip = EdlFiles.Tracks(document).SelectMany(t => t.Objects("children")).First(c => c.SchemaName == OtioSchema.Clip);
        Assert.True(FrameRate.TryFromDouble(clip.Child("source_range")?.Child("duration")?.Number("rate") ?? 0, out var rate));
        return rate;
    }
}
