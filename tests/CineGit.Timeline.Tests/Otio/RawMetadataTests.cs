using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Otio.OtioTrees;

namespace CineGit.Timeline.Tests.Otio;

/// <summary>Metadata stays the bytes it was read from; nobody can tell but by the time it takes.</summary>
public sealed class RawMetadataTests
{
    const int Cases = 10_000;

    [Fact]
    public void Write_then_read_gives_the_same_fields_in_order_with_the_same_digits()
    {
        var texts = new RandomTexts(1);
        for (var i = 0; i < Cases; i++)
        {
            var model = texts.Document();
            var document = OtioTexts.Read(texts.Render(model, shuffle: false));
            var again = OtioTexts.Read(OtioTexts.Write(document));
            Assert.Equal(document, again);
            Assert.Equal(Spelling(model), Spelling(again.Root));
            Assert.Equal(Spelling(model), Spelling(document.Root));
        }
    }

    [Fact]
    public void The_hash_depends_on_neither_field_order_nor_white_space_nor_spelling_and_on_everything_else()
    {
        var texts = new RandomTexts(2);
        for (var i = 0; i < Cases; i++)
        {
            var model = texts.Document();
            var one = OtioTexts.Read(texts.Render(model, shuffle: true));
            var other = OtioTexts.Read(texts.Render(model, shuffle: true));
            Assert.Equal(one, other);
            Assert.Equal(one.Root.Hash, other.Root.Hash);
            Assert.Equal(CanonicalForm.Hash(one), CanonicalForm.Hash(other));
            Assert.Equal(one.GetHashCode(), other.GetHashCode());
            var changed = new OtioDocument((OtioObject)texts.Changed(model));
            Assert.NotEqual(one, changed);
            Assert.NotEqual(one.Root.Hash, changed.Root.Hash);
            Assert.NotEqual(CanonicalForm.Hash(one), CanonicalForm.Hash(changed));
        }
    }

    [Fact]
    public void Raw_text_has_the_canonical_form_and_the_hash_of_the_tree_it_stands_for()
    {
        var texts = new RandomTexts(3);
        for (var i = 0; i < Cases; i++)
        {
            var document = OtioTexts.Read(texts.Render(texts.Document(), shuffle: true));
            var raw = OtioTexts.Canonical(document);
            var hash = document.Root.Hash;
            var tree = new OtioDocument(Rebuilt(document.Root));
            Assert.Equal(OtioTexts.Canonical(tree), raw);
            Assert.Equal(tree.Root.Hash, hash);
            Assert.Equal(tree, document);
            Assert.Equal(document, tree);
        }
    }

    [Fact]
    public void Raw_text_is_laid_out_like_the_tree_it_stands_for_wherever_it_is_put()
    {
        var texts = new RandomTexts(4);
        for (var i = 0; i < Cases / 4; i++)
        {
            var model = texts.Document();
            var laidOut = OtioTexts.Write(new(model));
            var document = OtioTexts.Read(laidOut);
            Assert.Equal(laidOut, OtioTexts.Write(document));
            Assert.Equal(laidOut, OtioTexts.Write(OtioTexts.Read(OtioTexts.Write(document).Replace("\n", "\r\n  ", StringComparison.Ordinal))));
            var metadata = document.Root.Child("metadata") ?? throw new InvalidOperationException();
            foreach (var moved in (OtioValue[])[metadata, new OtioArray([1, metadata]), OtioObject.Map(("a", OtioObject.Map(("b", metadata))))])
            {
                var raw = OtioTexts.Document(moved);
                Assert.Equal(OtioTexts.Write(new(Rebuilt(raw.Root))), OtioTexts.Write(raw));
            }
        }
    }

    /// <summary>The same text with the name changed is read field by field; so what is said about it must be the same.</summary>
    [Fact]
    public void What_is_wrong_or_odd_in_metadata_is_said_as_anywhere_else()
    {
        var texts = new RandomTexts(5);
        var random = new Random(5);
        var (refusals, reports, quiet) = (0, 0, 0);
        for (var i = 0; i < Cases * 2; i++)
        {
            var model = OtioObject.Of("Test.1", ("metadata", texts.Metadata()));
            var text = Mutated(Encoding.UTF8.GetBytes(random.Next(2) == 0 ? texts.Render(model, shuffle: false) : OtioTexts.Write(new(model))), random);
            var (raw, said) = Outcome(text);
            var (tree, saidOfTree) = Outcome(WithoutMetadata(text));
            Assert.Equal(saidOfTree, said);
            if (raw is null || tree is null)
            {
                Assert.True(raw is null && tree is null);
                refusals++;
                continue;
            }

            Assert.Equal(Spelling(tree).Replace("metadatx", "metadata", StringComparison.Ordinal), Spelling(raw));
            if (said.Length > 0) reports++;
            else quiet++;
        }

        Assert.True(refusals > Cases / 4 && reports > Cases / 40 && quiet > Cases / 4, $"{refusals} refusals, {reports} reports, {quiet} quiet");
    }

    [Theory]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData("1.")]
    [InlineData("1.e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("tru")]
    [InlineData("nul")]
    [InlineData("'a'")]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{,}")]
    [InlineData("{\"b\":1,}")]
    [InlineData("{\"b\" 1}")]
    [InlineData("{b:1}")]
    [InlineData("{\"b\":1]")]
    [InlineData("{\"b\":1,\"b\":2}")]
    [InlineData("{\"c\":1,\"b\":1,\"c\":2}")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12G4\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\t\"")]
    [InlineData("NaN")]
    [InlineData("[-Infinity, Inf]")]
    public void An_odd_value_is_judged_in_metadata_as_outside(string value)
    {
        var text = Encoding.UTF8.GetBytes($$$"""{"OTIO_SCHEMA":"T.1","metadata":{"zz":"{{{new string('x', 200)}}}","a":{{{value}}}}}""");
        var (raw, said) = Outcome(text);
        var (tree, saidOfTree) = Outcome(WithoutMetadata(text));
        Assert.NotEmpty(said);
        Assert.Equal(saidOfTree, said);
        Assert.Equal(tree?["metadatx"], raw?["metadata"]);
    }

    [Theory]
    [InlineData(": ", ":")]
    [InlineData(": ", ":  ")]
    [InlineData(": ", " : ")]
    [InlineData(": ", ":\n ")]
    [InlineData(",\n", " ,\n")]
    [InlineData(",\n", ", \n")]
    [InlineData(",\n", "\n,")]
    [InlineData(",\n", ",\n\n")]
    [InlineData("{}", "{ }")]
    [InlineData("[]", "[\n]")]
    [InlineData("[]", "[\n                    ]")]
    [InlineData("{}", "{\n                    }")]
    [InlineData("\n", "\r\n")]
    [InlineData("\n", "\n ")]
    [InlineData("    ", "\t")]
    [InlineData("    ", "  ")]
    [InlineData("1,", "1 ,")]
    [InlineData("1\n", "1 \n")]
    public void Text_that_is_laid_out_otherwise_in_one_way_is_written_as_OpenTimelineIO_does(string ours, string other)
    {
        var model = OtioObject.Of("T.1", ("children", new OtioArray([OtioObject.Of("Clip.2", ("metadata", OtioObject.Map(
            ("pad", new string('x', 200)), ("none", OtioObject.EmptyMap), ("list", OtioArray.Empty),
            ("deep", OtioObject.Map(("n", 1), ("m", new OtioArray([1, "x", OtioObject.Map(("last", 1))])))))))])));
        var text = OtioTexts.Write(new(model));
        Assert.Contains(ours, text, StringComparison.Ordinal);
        Assert.Equal(text, OtioTexts.Write(OtioTexts.Read(text.Replace(ours, other, StringComparison.Ordinal))));
    }

    [Fact]
    public void Numbers_in_raw_text_get_their_canonical_spelling()
    {
        var random = new Random(9);
        var numbers = Enumerable.Range(0, Cases * 2).Select(_ =>
        {
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(10)));
            var whole = random.Next(3) == 0 ? "0" : random.Next(1, 10) + digits[..random.Next(digits.Length)];
            return $"{(random.Next(2) == 0 ? "-" : "")}{whole}.{new string('0', random.Next(6))}{digits[random.Next(digits.Length)..]}";
        }).ToArray();
        var document = OtioTexts.Read($$$"""{"OTIO_SCHEMA":"T.1","metadata":{"n":[{{{string.Join(", ", numbers)}}}]}}""");
        var canonical = string.Join(',', numbers.Select(n => OtioNumber.FromLexeme(n).CanonicalLexeme()));
        Assert.Equal($$$"""{"OTIO_SCHEMA":"T.1","metadata":{"n":[{{{canonical}}}]}}""", OtioTexts.Canonical(document));
    }

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused_with_a_place()
    {
        var model = OtioObject.Of("Test.1", ("metadata", new RandomTexts(6).Metadata()), ("é", 1.5));
        foreach (var whole in (byte[][])[Encoding.UTF8.GetBytes(OtioTexts.Write(new(model)).TrimEnd()), Encoding.UTF8.GetBytes(OtioTexts.Canonical(new(model)))])
        {
            Assert.Equal(model, OtioTexts.Read(whole).Root);
            for (var length = 0; length < whole.Length; length++)
            {
                var refusal = Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(whole[..length]));
                Assert.StartsWith("line ", refusal.Location, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Threads_that_look_at_once_see_the_same()
    {
        var texts = new RandomTexts(7);
        for (var i = 0; i < 200; i++)
        {
            var text = texts.Render(texts.Document(), shuffle: false);
            var document = OtioTexts.Read(text);
            var expected = OtioTexts.Read(text);
            var (spelling, hash) = (Spelling(expected.Root), expected.Root.Hash);
            Parallel.For(0, 4, _ =>
            {
                Assert.Equal(spelling, Spelling(document.Root));
                Assert.Equal(hash, document.Root.Hash);
            });
        }
    }

    [Fact]
    public void Canonical_bytes_are_the_object_they_were_written_from()
    {
        var texts = new RandomTexts(8);
        for (var i = 0; i < Cases / 10; i++)
        {
            var model = texts.Document().With("limits", new OtioArray([OtioNumber.FromDouble(double.NaN), OtioObject.Map(("most", double.PositiveInfinity))]));
            var bytes = Encoding.UTF8.GetBytes(OtioTexts.Canonical(new(model)));
            var stored = Stored(bytes);
            Assert.Equal(OtioTexts.Canonical(new(model)), OtioTexts.Canonical(new(stored)));
            Assert.Equal(OtioTexts.Read(OtioTexts.Write(new(model))), OtioTexts.Read(OtioTexts.Write(new(stored))));
            Assert.Equal("Test.1", stored.Schema);
            Assert.Equal(model, stored);
            Assert.Equal(model.Hash, Stored(bytes).Hash);
            Assert.Equal(model["metadata"], stored["metadata"]);
        }

        Assert.Empty(Stored("{}"u8.ToArray()).Fields);

        static OtioObject Stored(byte[] canonical) => (OtioObject)CanonicalForm.Parse(canonical, new TextCache(64));
    }

    [Theory]
    [InlineData("""{"cinegit": {"id": "a-1"}, "PADDING": 1}""", "a-1")]
    [InlineData("""{"PADDING": 1, "cinegit": {"id": "a-1"}}""", "a-1")]
    [InlineData("""{"PADDING": {"cinegit": {"id": "a-1"}}}""", null)]
    [InlineData("""{"PADDING": "cinegit", "cinegit": "a-1"}""", null)]
    [InlineData("""{"PADDING": 1, "cinegit2": {"id": "a-1"}}""", null)]
    [InlineData("""{"PADDING": 1, "cine\u0067it": {"id": "a-1"}}""", "a-1")]
    public void Our_own_dictionary_is_found_whether_or_not_the_rest_was_read(string metadata, string? id)
    {
        var text = metadata.Replace("PADDING", new string('x', 200), StringComparison.Ordinal);
        var unread = OtioTexts.ReadValueOf("metadata", text);
        Assert.Equal(id, unread.Child("cinegit")?.Text("id"));
        Assert.Equal(unread["cinegit"] is null, unread.Fields.All(f => f.Name != "cinegit"));
        Assert.Equal(unread.Fields.FirstOrDefault(f => f.Name == "cinegit").Value, unread["cinegit"]);
        Assert.Null(unread["no such field"]);
    }

    [Fact]
    public void A_control_character_in_metadata_is_written_escaped()
    {
        var padding = new string('x', 200);
        var document = OtioTexts.Read($$$"""{"OTIO_SCHEMA":"T.1","metadata":{"pad":"{{{padding}}}","a":"{{{"\t\u0001"}}}"}}""");
        Assert.Contains("\"a\": \"\\t\\u0001\"", OtioTexts.Write(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Metadata_nests_as_deep_as_anything_else_and_no_deeper(string open, string close)
    {
        string Nested(int levels) => $$$"""{"OTIO_SCHEMA":"T.1","metadata":{"a":{{{Repeated(open, levels)}}}1{{{Repeated(close, levels)}}}}}""";
        var deepest = OtioTexts.Read(Nested(OtioReader.MaxDepth - 2));
        Assert.Equal(deepest, OtioTexts.Read(OtioTexts.Write(deepest)));
        Assert.Equal(Rebuilt(deepest.Root).Hash, deepest.Root.Hash);
        foreach (var levels in (int[])[OtioReader.MaxDepth - 1, 100_000])
        {
            var refusal = Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(Nested(levels)));
            Assert.Contains("512", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_in_metadata_that_occurs_twice_among_a_thousand_is_found()
    {
        foreach (var count in (int[])[20, 400, 3000])
        {
            var fields = Enumerable.Range(0, count).Select(i => $"\"key{i * 7919 % count:D5}\":{i}").Append("\"key00003\":-1");
            var diagnostics = new DiagnosticBag();
            var text = $$$"""{"OTIO_SCHEMA":"T.1","metadata":{{{{string.Join(',', fields)}}}}}""";
            var document = OtioReader.Read(Encoding.UTF8.GetBytes(text), diagnostics);
            Assert.Equal(DiagnosticCodes.OtioDuplicateField, Assert.Single(diagnostics.ToImmutable()).Code);
            Assert.NotEqual(-1, document.Root.Child("metadata")?.Number("key00003"));
        }
    }

    static string Repeated(string part, int count) => new StringBuilder().Insert(0, part, count).ToString();

    static (OtioObject? Root, string Said) Outcome(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        try
        {
            var root = OtioReader.Read(text, diagnostics).Root;
            return (root, string.Join('\n', diagnostics.ToImmutable()));
        }
        catch (InterchangeFormatException refusal)
        {
            return (null, $"{refusal.Location}: {refusal.Message}\n{string.Join('\n', diagnostics.ToImmutable())}");
        }
    }

    /// <summary>A name as long as <c>metadata</c>, so that places stay what they are.</summary>
    static byte[] WithoutMetadata(byte[] text)
    {
        var changed = text.ToArray();
        var at = changed.AsSpan().IndexOf("\"metadata\""u8);
        if (at >= 0) "\"metadatx\""u8.CopyTo(changed.AsSpan(at));
        return changed;
    }

    static byte[] Mutated(byte[] text, Random random)
    {
        var at = random.Next(30, text.Length);
        byte[] insert = random.Next(12) switch
        {
            0 => [(byte)random.Next(0x20)],
            1 => [(byte)random.Next(0x80, 0x100)],
            2 => "\\"u8.ToArray(),
            3 => "\""u8.ToArray(),
            4 => "NaN"u8.ToArray(),
            5 => [.. random.Next(2) == 0 ? ",\"zz_padding\":"u8 : ",\"zz\\u005fpadding\":"u8, .. random.Next(2) == 0 ? "1"u8 : "-Infinity"u8],
            6 => [(byte)"{}[],:0123456789.eE+-tfnu "[random.Next(26)]],
            7 => [.. "é"u8],
            8 => "\n    "u8.ToArray(),
            _ => [],
        };
        var removed = insert.Length == 0 && random.Next(3) > 0 ? 1 : 0;
        // Half of the insertions go where a value or a field may stand, so that not everything is refused.
        if (insert is [(byte)',', ..] or [(byte)'N', ..] && random.Next(4) > 0)
        {
            var place = text.AsSpan(at).LastIndexOf(insert[0] == ',' ? (byte)'}' : (byte)':');
            if (place >= 0 && insert[0] == ',') at += text.AsSpan(at, place).LastIndexOf((byte)'"') + 1;
            else if (place >= 0) return [.. text[..(at + place + 1)], .. "[NaN,"u8, .. text[(at + place + 1)..^1], .. "]}"u8];
        }

        return [.. text[..at], .. insert, .. text[Math.Min(text.Length, at + removed)..]];
    }
}
