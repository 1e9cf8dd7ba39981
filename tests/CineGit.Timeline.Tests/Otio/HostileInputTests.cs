using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

public sealed class HostileInputTests
{
    public static TheoryData<string, string, string> Refused => new()
    {
        { "", "line 1, column 1", "empty" },
        { " \n ", "line 1, column 1", "empty" },
        { "null", "line 1, column 1", "OTIO_SCHEMA" },
        { "[]", "line 1, column 1", "OTIO_SCHEMA" },
        { "{}", "line 1, column 1", "OTIO_SCHEMA" },
        { """{"OTIO_SCHEMA":7}""", "line 1, column 1", "OTIO_SCHEMA" },
        { "\u007fELF", "line 1, column 1", "not JSON" },
        { "<?xml version=\"1.0\"?>", "line 1, column 1", "'<'" },
        { "{\"OTIO_SCHEMA\":\"T.1\",\n\"a\":[1,2", "line 2, column 9", "cut off" },
        { "{\"OTIO_SCHEMA\":\"T.1\",\n\"ä\":\"x", "line 2, column 5", "cut off" },
        { "{\"OTIO_SCHEMA\":\"T.1\\", "line 1, column 16", "cut off" },
        { "{\"OTIO_SCHEMA\":\"T.1\"", "line 1, column 21", "cut off" },
        { "{\"OTIO_SCHEMA\" \"T.1\"}", "line 1, column 16", "':'" },
        { "{\"OTIO_SCHEMA\":\"T.1\",}", "line 1, column 21", "comma" },
        { "{\"a\":[1,]}", "line 1, column 8", "comma" },
        { "{\"a\":[,1]}", "line 1, column 7", "missing" },
        { "{\"a\":[1 2]}", "line 1, column 9", "',' or ']'" },
        { "{\"a\":1]", "line 1, column 7", "',' or '}'" },
        { "{a:1}", "line 1, column 2", "not JSON" },
        { "{\"a\":01}", "line 1, column 6", "zero" },
        { "{\"a\":1.}", "line 1, column 6", "decimal point" },
        { "{\"a\":1e}", "line 1, column 6", "exponent" },
        { "{\"a\":-}", "line 1, column 6", "not JSON" },
        { "{\"a\":tru}", "line 1, column 6", "not JSON" },
        { "{\"a\":Nope}", "line 1, column 6", "not JSON" },
        { "{\"a\":\"\\x\"}", "line 1, column 7", "escape" },
        { "{\"a\":\"\\u12\"}", "line 1, column 7", "escape" },
        { "{\"a\":\"\\u12G4\"}", "line 1, column 7", "escape" },
        { "{\"OTIO_SCHEMA\":\"T.1\"} {}", "line 1, column 23", "follows" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_text_that_is_no_otio_is_refused_in_one_sentence_with_its_place(string text, string place, string word)
    {
        var refusal = Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(text));
        Assert.Equal(place, refusal.Location);
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_where_they_stand()
    {
        byte[] latin1 = [.. "{\"OTIO_SCHEMA\":\"T.1\",\"a\":\"caf"u8, 0xE9, .. "\"}"u8];
        var refusal = Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(latin1));
        Assert.Equal("line 1, column 30", refusal.Location);
        Assert.Contains("UTF-8", refusal.Message, StringComparison.Ordinal);
        byte[] afterEscape = [.. "{\"OTIO_SCHEMA\":\"T.1\",\"a\":\"\\n"u8, 0xFF, .. "\"}"u8];
        Assert.Equal("line 1, column 29", Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(afterEscape)).Location);
    }

    [Fact]
    public void Utf16_text_is_refused_by_name()
    {
        var refusal = Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read([0xFF, 0xFE, (byte)'{', 0]));
        Assert.Contains("UTF-16", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void A_hundred_thousand_nested_lists_are_refused_and_do_no_harm(string open, string close)
    {
        var text = new StringBuilder("{\"OTIO_SCHEMA\":\"T.1\",\"a\":");
        for (var i = 0; i < 100_000; i++) text.Append(open);
        text.Append('1');
        for (var i = 0; i < 100_000; i++) text.Append(close);
        text.Append('}');
        var refusal = Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(text.ToString()));
        Assert.Contains("512", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_deepest_nesting_that_is_allowed_reads_writes_and_hashes()
    {
        var inner = OtioReader.MaxDepth - 1;
        var text = $$"""{"OTIO_SCHEMA":"T.1","a":{{new string('[', inner)}}{{new string(']', inner)}}}""";
        var document = OtioTexts.Read(text);
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Write(document)));
        Assert.Equal(CanonicalForm.Hash(document), CanonicalForm.Hash(OtioTexts.Read(OtioTexts.Canonical(document))));
        Assert.Throws<InterchangeFormatException>(() => OtioTexts.Read(text.Replace("[]", "[[]]", StringComparison.Ordinal)));
    }

    [Fact]
    public void Small_mutations_of_real_files_give_a_document_or_a_refusal_and_nothing_else()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var random = new Random(20_261_121);
        var documents = 0;
        var refusals = 0;
        foreach (var file in Corpus.Files("otio"))
        {
            var text = Corpus.Read(file);
            for (var round = 0; round < 60; round++)
            {
                var mutated = Mutate(text, random);
                try
                {
                    ReadShowAndWrite(mutated);
                    documents++;
                }
                catch (InterchangeFormatException refusal)
                {
                    Assert.NotEmpty(refusal.Location);
                    refusals++;
                }
            }
        }

        Assert.True(documents > 500 && refusals > 500, $"{documents} documents, {refusals} refusals");
    }

    static void ReadShowAndWrite(byte[] text)
    {
        var document = OtioTexts.Read(text);
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Write(document)));
        var sequence = CutReader.Read(document, new DiagnosticBag());
        Assert.Equal(OtioTexts.Write(document), OtioTexts.Write(CutWriter.Write(sequence)));
    }

    /// <summary>Half of them break the text; half keep it readable, so that what comes after the reader is tried too.</summary>
    static byte[] Mutate(byte[] text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(8) switch
        {
            0 => text[..at],
            1 => [.. text[..at], .. text[Math.Min(text.Length, at + 1 + random.Next(40))..]],
            2 => [.. text[..at], .. text[random.Next(text.Length)..]],
            3 => [.. text[..at], (byte)"0123456789-.eE\"{}[],:\\nN"[random.Next(24)], .. text[at..]],
            4 => WithLine(text, random, _ => []),
            5 => WithLine(text, random, line => [.. line, .. line]),
            6 => WithByte(text, random, char.IsAsciiDigit, (byte)('0' + random.Next(10))),
            _ => WithByte(text, random, char.IsAsciiLetter, (byte)('a' + random.Next(26))),
        };
    }

    static byte[] WithLine(byte[] text, Random random, Func<byte[], byte[]> change)
    {
        var lines = Encoding.Latin1.GetString(text).Split('\n').Select(l => Encoding.Latin1.GetBytes(l + "\n")).ToArray();
        var chosen = random.Next(lines.Length);
        lines[chosen] = change(lines[chosen]);
        return [.. lines.SelectMany(l => l)];
    }

    static byte[] WithByte(byte[] text, Random random, Func<char, bool> isWanted, byte value)
    {
        var changed = text.ToArray();
        var places = Enumerable.Range(0, text.Length).Where(i => isWanted((char)text[i])).ToArray();
        if (places.Length > 0) changed[places[random.Next(places.Length)]] = value;
        return changed;
    }
}
