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
    public void Every_timeline_comes_back_untouched_from_the_cut()
    {
        var shown = 0;
        foreach (var (file, text) in Files())
        {
            var document = OtioReader.Read(text, new DiagnosticBag());
            if (!IsShown(document)) continue;
            shown++;
            Named(file, () => TimelineAssert.SameDocument(document, CutWriter.Write(CutReader.Read(document, new DiagnosticBag()))));
        }

        Assert.True(shown > 30, "the corpus holds more timelines than this");
    }

    [Fact]
    public void A_schema_that_is_no_timeline_is_refused_by_name()
    {
        foreach (var (file, text) in Files())
        {
            var document = OtioReader.Read(text, new DiagnosticBag());
            if (IsShown(document)) continue;
            var refusal = Assert.Throws<InterchangeFormatException>(() => CutReader.Read(document, new DiagnosticBag()));
            Assert.True(refusal.Message.Contains(document.Root.Schema, StringComparison.Ordinal), file);
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

    static bool IsShown(OtioDocument document) =>
        document.FirstTimeline() is not null || document.Root.SchemaName is OtioSchema.Stack or OtioSchema.Track or OtioSchema.Clip;

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
