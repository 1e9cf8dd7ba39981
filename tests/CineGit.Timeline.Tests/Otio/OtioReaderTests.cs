using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

public sealed class OtioReaderTests
{
    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551615")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1.0422463765160779")]
    [InlineData("24")]
    [InlineData("24.0")]
    [InlineData("24.00")]
    [InlineData("-0")]
    [InlineData("1E+5")]
    [InlineData("1e400")]
    [InlineData("0.1000000000000000055511151231257827")]
    public void A_number_keeps_the_digits_it_was_written_with(string lexeme)
    {
        var number = Assert.IsType<OtioNumber>(OtioTexts.ReadValue(lexeme));
        Assert.Equal(lexeme, number.Lexeme);
        Assert.Contains($": {lexeme}\n", OtioTexts.Write(OtioTexts.Document(number)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("Inf", double.PositiveInfinity)]
    [InlineData("-Inf", double.NegativeInfinity)]
    public void What_is_no_finite_number_is_kept_and_reported(string lexeme, double value)
    {
        var diagnostics = new DiagnosticBag();
        var text = "{\"OTIO_SCHEMA\": \"T.1\",\n \"v\": " + lexeme + "}";
        var document = OtioReader.Read(System.Text.Encoding.UTF8.GetBytes(text), diagnostics);
        Assert.Equal(value, document.Root.Number("v"));
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Write(document)));
        var report = Assert.Single(diagnostics.ToImmutable());
        Assert.Equal((DiagnosticCodes.OtioNotANumber, Severity.Warning, "line 2, column 7"), (report.Code, report.Severity, report.Location));
    }

    [Theory]
    [InlineData("\"a\\u0000b\"", "a\0b")]
    [InlineData("\"\\ud83c\\udfac\"", "\U0001F3AC")]
    [InlineData("\"🎬 ä\\u00e4\"", "\U0001F3AC ää")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"\u2028 \\u007f\"", "\u2028 \u007f")]
    public void A_string_survives_whatever_it_holds(string json, string text)
    {
        var value = Assert.IsType<OtioString>(OtioTexts.ReadValue(json));
        Assert.Equal(text, value.Value);
        var document = OtioTexts.Document(value);
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Write(document)));
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Canonical(document)));
    }

    [Fact]
    public void Lone_surrogates_survive()
    {
        var value = Assert.IsType<OtioString>(OtioTexts.ReadValue("\"\\ud800x\\udc00y\\ud83c\""));
        Assert.Equal([0xD800, 'x', 0xDC00, 'y', 0xD83C], value.Value.Select(c => (int)c));
        var document = OtioTexts.Document(value);
        Assert.Contains("\"\\ud800x\\udc00y\\ud83c\"", OtioTexts.Write(document), StringComparison.Ordinal);
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Write(document)));
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Canonical(document)));
    }

    [Fact]
    public void Of_a_field_that_is_named_twice_the_first_is_kept_and_the_second_reported_with_its_place()
    {
        var diagnostics = new DiagnosticBag();
        var document = OtioReader.Read("{\"OTIO_SCHEMA\":\"T.1\",\n\"a\":1,\n \"a\":2}"u8.ToArray(), diagnostics);
        Assert.Equal(1, document.Root.Number("a"));
        var report = Assert.Single(diagnostics.ToImmutable());
        Assert.Equal((DiagnosticCodes.OtioDuplicateField, "line 3, column 2"), (report.Code, report.Location));
        Assert.Contains("\"a\"", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_twin_field_is_found_among_many()
    {
        var diagnostics = new DiagnosticBag();
        var fields = string.Concat(Enumerable.Range(0, 200).Select(i => $",\"f{i}\":{i}"));
        var document = OtioReader.Read(
            System.Text.Encoding.UTF8.GetBytes($$"""{"OTIO_SCHEMA":"T.1"{{fields}},"f3":-1,"f150":-1}"""), diagnostics);
        Assert.Equal(201, document.Root.Fields.Length);
        Assert.Equal(3, document.Root.Number("f3"));
        Assert.Equal(150, document.Root.Number("f150"));
        Assert.Equal(2, diagnostics.ToImmutable().Length);
    }

    [Fact]
    public void A_flood_of_reports_is_counted_and_costs_no_time()
    {
        var diagnostics = new DiagnosticBag();
        var many = string.Join(',', Enumerable.Repeat("NaN", 100_000));
        OtioReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"OTIO_SCHEMA":"T.1","v":[{{many}}]}"""), diagnostics);
        var reports = diagnostics.ToImmutable();
        Assert.Equal(101, reports.Length);
        Assert.Contains("99,900", reports[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_objects_are_equal_in_any_order()
    {
        OtioField[] fields = [.. Enumerable.Range(0, 50_000).Select(i => new OtioField($"f{i}", i))];
        var ordered = new OtioObject([.. fields]);
        var reversed = new OtioObject([.. fields.Reverse()]);
        Assert.Equal(ordered, reversed);
        Assert.NotEqual(ordered, reversed.With("f7", -1));
        Assert.NotEqual(ordered, new OtioObject([.. fields.Reverse().Select(f => f.Name == "f7" ? f with { Name = "other" } : f)]));
    }

    [Fact]
    public void A_raw_control_character_in_a_string_is_kept_and_reported()
    {
        var diagnostics = new DiagnosticBag();
        var document = OtioReader.Read("{\"OTIO_SCHEMA\":\"T.1\",\"v\":\"a\tb\"}"u8.ToArray(), diagnostics);
        Assert.Equal("a\tb", document.Root.Text("v"));
        Assert.Equal(DiagnosticCodes.OtioRawControlCharacter, Assert.Single(diagnostics.ToImmutable()).Code);
    }

    [Fact]
    public void A_byte_order_mark_is_no_content()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "{\"OTIO_SCHEMA\":\"T.1\"}"u8];
        Assert.Equal(OtioTexts.Read("{\"OTIO_SCHEMA\":\"T.1\"}"), OtioTexts.Read(marked));
    }

    [Fact]
    public void Text_is_laid_out_as_OpenTimelineIO_does()
    {
        var document = OtioTexts.Read("""{"OTIO_SCHEMA":"T.1","b":{},"a":[],"c":[1,{"d":null}],"e":true}""");
        Assert.Equal(
            """
            {
                "OTIO_SCHEMA": "T.1",
                "b": {},
                "a": [],
                "c": [
                    1,
                    {
                        "d": null
                    }
                ],
                "e": true
            }

            """,
            OtioTexts.Write(document));
    }

    [Fact]
    public void A_text_longer_than_any_buffer_is_written_whole()
    {
        var document = OtioTexts.Document(new OtioString(new string('ä', 300_000) + "\n" + new string('\u0001', 20_000)));
        Assert.Equal(document, OtioTexts.Read(OtioTexts.Write(document)));
        Assert.Equal(CanonicalForm.Hash(document), ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(OtioTexts.Canonical(document))));
    }
}
