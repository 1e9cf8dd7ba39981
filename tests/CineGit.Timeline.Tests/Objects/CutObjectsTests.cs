using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Tests.Otio;
using FsCheck;
using FsCheck.Fluent;

namespace CineGit.Timeline.Tests.Objects;

public sealed class CutObjectsTests
{
    const int Cases = 10_000;

    [Fact]
    public void Objects_give_back_the_document_they_were_made_from() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Cases),
        Prop.ForAll(ObjectGenerators.Documents(), document =>
        {
            var root = CutObjects.Encode(document);
            var again = CutObjects.Decode(root);
            return again == document && CutObjects.Encode(again).Hash == root.Hash;
        }));

    [Fact]
    public void Anything_that_JSON_can_hold_survives() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Cases),
        Prop.ForAll(OtioGenerators.Documents(), document =>
        {
            var again = CutObjects.Decode(CutObjects.Encode(document));
            return again == document && CanonicalForm.Hash(again) == CanonicalForm.Hash(document);
        }));

    [Fact]
    public void The_order_of_fields_changes_no_hash() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Cases),
        Prop.ForAll(ObjectGenerators.Documents(), document =>
            CutObjects.Encode(new((OtioObject)Reversed(document.Root))).Hash == CutObjects.Encode(document).Hash));

    [Fact]
    public void Every_file_of_the_corpus_comes_back_equal()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var read = 0;
        foreach (var file in Corpus.Files("otio").Concat(Corpus.Expected("otio")))
        {
            OtioDocument document;
            try
            {
                document = OtioReader.Read(Corpus.Read(file), new DiagnosticBag());
            }
            catch (InterchangeFormatException)
            {
                continue;
            }

            read++;
            var root = CutObjects.Encode(document);
            Assert.True(document == CutObjects.Decode(root), file);
            Assert.True(CutObjects.IsCanonical(root, CutObjects.Decode(root)), file);
        }

        Assert.True(read > 40, "the corpus has more files than this");
    }

    [Fact]
    public void Two_spellings_of_one_number_are_one_object_and_two_numbers_are_two()
    {
        var written = CutObjects.Encode(OtioTexts.Document(OtioNumber.FromLexeme("1.50"))).Hash;
        Assert.Equal(CutObjects.Encode(OtioTexts.Document(1.5)).Hash, written);
        Assert.NotEqual(CutObjects.Encode(OtioTexts.Document(OtioNumber.FromLexeme("24"))).Hash, CutObjects.Encode(OtioTexts.Document(24.0)).Hash);
        Assert.NotEqual(CutObjects.Encode(OtioTexts.Document("24")).Hash, CutObjects.Encode(OtioTexts.Document(24)).Hash);
    }

    [Fact]
    public void A_root_of_another_kind_is_refused()
    {
        var file = FileObjects.Encode(new byte[] { 1, 2, 3 });
        Assert.Contains("File", Assert.Throws<CorruptObjectException>(() => CutObjects.Decode(file)).Message, StringComparison.Ordinal);
        var cut = CutObjects.Encode(OtioTexts.Document(1));
        Assert.Throws<CorruptObjectException>(() => FileObjects.Decode(cut).Count());
    }

    static OtioValue Reversed(OtioValue value) => value switch
    {
        OtioObject node => new OtioObject([.. node.Fields.Reverse().Select(f => f with { Value = Reversed(f.Value) })]),
        OtioArray list => OtioArray.Of(list.Items.Select(Reversed)),
        _ => value,
    };
}
