using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

public sealed class CorpusRoundTripTests
{
    /// <summary>JSON, but no OTIO object: a dictionary that OpenTimelineIO's FCP 7 adapter tests with.</summary>
    const string NotOtio = "premiere_example_filter.json";

    [Fact]
    public void Every_file_comes_back_with_the_same_fields_strings_and_digits()
    {
        foreach (var (file, text) in Files())
        {
            var document = OtioReader.Read(text, new DiagnosticBag());
            Named(file, () => TimelineAssert.SameText(text, TimelineAssert.Utf8(document)));
        }
    }

    [Fact]
    public void Every_file_has_one_canonical_form_that_reads_back_equal()
    {
        foreach (var (file, text) in Files())
        {
            var document = OtioReader.Read(text, new DiagnosticBag());
            var canonical = OtioTexts.Canonical(document);
            var again = OtioTexts.Read(canonical);
            Assert.True(document.Equals(again), file);
            Assert.Equal(canonical, OtioTexts.Canonical(again));
            Assert.Equal(CanonicalForm.Hash(document), CanonicalForm.Hash(again));
        }
    }

    [Fact]
    public void A_json_file_that_is_no_otio_is_refused_with_its_place()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var file = Assert.Single(Corpus.Files("otio"), f => f.EndsWith(NotOtio, StringComparison.Ordinal));
        var refusal = Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(Corpus.Read(file)));
        Assert.Equal("line 1, column 1", refusal.Location);
    }

    static IEnumerable<(string File, byte[] Text)> Files()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var files = Corpus.Files("otio").Concat(Corpus.Expected("otio")).Where(f => !f.EndsWith(NotOtio, StringComparison.Ordinal));
        Assert.True(files.Count() > 40, "the corpus has more files than this");
        return files.Select(f => (f, Corpus.Read(f)));
    }

    static void Named(string file, Action check)
    {
        try
        {
            check();
        }
        catch (TimelineMismatchException mismatch)
        {
            throw new TimelineMismatchException($"{file}: {mismatch.Message}");
        }
    }
}
