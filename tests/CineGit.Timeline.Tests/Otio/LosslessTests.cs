using System.Buffers;
using System.Text;
using System.Text.Json;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

/// <summary>What was read is what is written, told by a judge that parses both texts itself.</summary>
public sealed class LosslessTests
{
    const int Generated = 200;

    [Fact]
    public void Every_corpus_file_is_written_with_every_lexeme_of_its_source()
    {
        foreach (var (name, source) in CorpusFiles()) JudgeLayouts(name, source, Read(source));
    }

    [Fact]
    public void Every_corpus_file_comes_through_the_cut_with_every_lexeme_of_its_source()
    {
        var shown = 0;
        foreach (var (name, source) in CorpusFiles())
        {
            var document = Read(source);
            if (document.FirstTimeline() is null && document.Root.SchemaName is not (OtioSchema.Stack or OtioSchema.Track or OtioSchema.Clip)) continue;
            shown++;
            Judge(name, source, Write(ThroughTheCut(document)));
        }

        Assert.True(shown > 30, $"{shown} shown");
    }

    [Fact]
    public void Every_generated_text_is_written_with_every_lexeme_of_its_source()
    {
        for (var seed = 0; seed < Generated; seed++)
        {
            var source = new HostileTexts(seed).Timeline();
            var document = Read(source);
            JudgeLayouts($"seed {seed}", source, document);
            Judge($"seed {seed}, written twice", source, Write(Read(Write(document, OtioLayout.OneLine))));
        }
    }

    [Fact]
    public void Every_generated_text_comes_through_the_cut_with_every_lexeme_of_its_source()
    {
        for (var seed = 0; seed < Generated; seed++)
        {
            var source = new HostileTexts(seed).Timeline();
            Judge($"seed {seed}", source, Write(ThroughTheCut(Read(source))));
        }
    }

    [Fact]
    public void Metadata_as_deep_as_is_read_comes_through_the_cut()
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var depth = OtioReader.MaxDepth - 2;
            var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1.10" + string.Concat(Enumerable.Repeat(close, depth));
            var source = Encoding.UTF8.GetBytes($$$"""{"OTIO_SCHEMA":"Timeline.1","metadata":{"deep":{{{deep}}}},"tracks":{"OTIO_SCHEMA":"Stack.1","children":[]}}""");
            Judge(open, source, Write(Read(source)));
            Judge(open, source, Write(ThroughTheCut(Read(source))));
        }
    }

    [Fact]
    public void Another_reader_finds_the_same_numbers_and_names_in_what_is_written()
    {
        for (var seed = 0; seed < Generated; seed++)
        {
            var source = new HostileTexts(seed) { AllowsLeniency = false }.Timeline();
            var written = Write(Read(source));
            Assert.Equal(Lexemes(JsonLexemes.Parse(written)), Lexemes(written));
        }
    }

    [Fact]
    public void The_judge_sees_every_kind_of_difference()
    {
        (string Source, string Written)[] different =
        [
            ("1.0", "1"), ("1.0", "1.00"), ("1e5", "1E5"), ("\"a\"", "\"b\""), ("\"\\ud800\"", "\"\\ud801\""), ("\"a\\u0000b\"", "\"a\""), ("[1]", "[1,1]"),
            ("{\"a\":1}", "{}"), ("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"), ("{\"a\":1,\"a\":2}", "{\"a\":2}"), ("null", "false"), ("NaN", "null"), ("-0", "0"),
        ];
        foreach (var (source, written) in different)
        {
            Assert.Throws<TimelineMismatchException>(() => JsonLexemes.Same(Encoding.UTF8.GetBytes(source), Encoding.UTF8.GetBytes(written)));
        }

        JsonLexemes.Same("{\"a\":\"\\u00e9\\/\",\"b\":[1.50,null],\"a\":2}"u8, "{\"a\" : \"é/\", \"b\":[ 1.50, null]}"u8);
    }

    static OtioDocument Read(byte[] text) => OtioReader.Read(text, new DiagnosticBag());

    static OtioDocument ThroughTheCut(OtioDocument document) => CutWriter.Write(CutReader.Read(document, new DiagnosticBag()));

    static byte[] Write(OtioDocument document, OtioLayout layout = OtioLayout.Lines)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer, layout: layout);
        return buffer.WrittenSpan.ToArray();
    }

    static void JudgeLayouts(string name, byte[] source, OtioDocument document)
    {
        Judge(name, source, Write(document));
        var line = Write(document, OtioLayout.OneLine);
        Assert.DoesNotContain((byte)'\n', line);
        Judge($"{name}, in one line", source, line);
    }

    static void Judge(string name, byte[] source, byte[] written)
    {
        try
        {
            JsonLexemes.Same(source, written);
        }
        catch (TimelineMismatchException mismatch)
        {
            throw new TimelineMismatchException($"{name}: {mismatch.Message}");
        }
    }

    static List<(string Name, byte[] Text)> CorpusFiles()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var files = Corpus.Files("otio").Concat(Corpus.Expected("otio")).Select(f => (Name: f, Text: Corpus.Read(f))).Where(f => IsOtio(f.Text)).ToList();
        Assert.True(files.Count > 40, $"{files.Count} files");
        return files;
    }

    /// <summary>One file of the corpus is a dictionary that OpenTimelineIO's own tests read; it has no schema at its root.</summary>
    static bool IsOtio(byte[] text) =>
        JsonLexemes.Parse(text) is JsonLexeme.Object root && root.Fields.Any(f => f.Name == OtioSchema.Key);

    /// <summary>Names and numbers in order of the text.</summary>
    static IEnumerable<string> Lexemes(JsonLexeme value) => value switch
    {
        JsonLexeme.Object o => o.Fields.SelectMany(f => Lexemes(f.Value).Prepend("name")),
        JsonLexeme.List l => l.Items.SelectMany(Lexemes),
        JsonLexeme.Word { Lexeme: not ("true" or "false" or "null") } number => [number.Lexeme],
        JsonLexeme.Word word => [word.Lexeme],
        _ => ["text"],
    };

    /// <summary>The same, by System.Text.Json.</summary>
    static List<string> Lexemes(byte[] text)
    {
        List<string> found = [];
        var reader = new Utf8JsonReader(text, new() { MaxDepth = 1024 });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName) found.Add("name");
            else if (reader.TokenType is JsonTokenType.String) found.Add("text");
            else if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null) found.Add(Encoding.UTF8.GetString(reader.ValueSpan));
        }

        return found;
    }
}
