using CineGit.Timeline.Otio;
using FsCheck;
using FsCheck.Fluent;

namespace CineGit.Timeline.Tests.Otio;

public sealed class CanonicalFormTests
{
    [Fact]
    public void What_is_written_reads_back_the_same_to_the_digit() => Check.QuickThrowOnFailure(Prop.ForAll(
        OtioGenerators.Documents(),
        document => OtioTexts.Write(OtioTexts.Read(OtioTexts.Write(document))) == OtioTexts.Write(document)
            && OtioTexts.Read(OtioTexts.Write(document)).Equals(document)));

    [Fact]
    public void The_canonical_form_reads_back_equal_and_is_its_own_canonical_form() => Check.QuickThrowOnFailure(Prop.ForAll(
        OtioGenerators.Documents(),
        document => OtioTexts.Canonical(document) is var canonical
            && OtioTexts.Read(canonical).Equals(document)
            && OtioTexts.Canonical(OtioTexts.Read(canonical)) == canonical));

    [Fact]
    public void The_order_of_fields_changes_neither_equality_nor_the_hash() => Check.QuickThrowOnFailure(Prop.ForAll(
        OtioGenerators.Documents(),
        document => Reversed(document.Root) is var reversed
            && reversed.Equals(document.Root)
            && reversed.GetHashCode() == document.Root.GetHashCode()
            && CanonicalForm.Hash(reversed) == CanonicalForm.Hash(document)));

    [Fact]
    public void Equal_hashes_and_equal_documents_are_the_same_thing() => Check.QuickThrowOnFailure(Prop.ForAll(
        OtioGenerators.Documents(),
        OtioGenerators.Documents(),
        (a, b) => a.Equals(b) == (CanonicalForm.Hash(a) == CanonicalForm.Hash(b))));

    [Fact]
    public void Every_double_is_written_so_that_it_reads_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        OtioGenerators.Doubles(),
        value => OtioNumber.FromDouble(value) is var number
            && number.ToDouble().Equals(value)
            && !number.IsInteger
            && number.CanonicalLexeme() == number.Lexeme));

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("24", "24")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("24.0", "24.0")]
    [InlineData("24.000", "24.0")]
    [InlineData("2.4e1", "24.0")]
    [InlineData("240E-1", "24.0")]
    [InlineData("1e22", "1e+22")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0e9", "0.0")]
    [InlineData("1.0422463765160779", "1.0422463765160779")]
    [InlineData("0.10000000000000001", "0.1")]
    [InlineData("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827")]
    [InlineData("1e400", "1e400")]
    [InlineData("1e-400", "1e-400")]
    [InlineData("Inf", "Infinity")]
    [InlineData("-Inf", "-Infinity")]
    [InlineData("-NaN", "NaN")]
    public void A_number_has_one_canonical_spelling(string lexeme, string canonical) =>
        Assert.Equal(canonical, OtioNumber.FromLexeme(lexeme).CanonicalLexeme());

    [Fact]
    public void An_integer_is_not_a_double_and_small_changes_change_the_hash()
    {
        string[] texts = ["24", "24.0", "24.000000000000004", "\"24\"", "[24]", "null", "[]", "{}", "\"\"", "{\"a\":null}", "\"a\\u0000\"", "\"a\""];
        var hashes = texts.Select(t => CanonicalForm.Hash(OtioTexts.Document(OtioTexts.ReadValue(t)))).ToHashSet();
        Assert.Equal(texts.Length, hashes.Count);
    }

    [Fact]
    public void Bytes_are_as_documented()
    {
        var document = OtioTexts.Read(
            "{ \"b\" : [ 1.50 , true ] , \"\\ud83c\\udfac\": 1, \"\\uffff\" : 2, \"OTIO_SCHEMA\" : \"T.1\", \"a\" : \"\\/\\u001F\\u00e4\\uD800\" }");
        Assert.Equal(
            "{\"OTIO_SCHEMA\":\"T.1\",\"a\":\"/\\u001fä\\ud800\",\"b\":[1.5,true],\"\uffff\":2,\"\U0001F3AC\":1}",
            OtioTexts.Canonical(document));
    }

    static OtioObject Reversed(OtioObject node) => new([.. node.Fields.Reverse().Select(f => f with { Value = Reversed(f.Value) })]);

    static OtioValue Reversed(OtioValue value) => value switch
    {
        OtioObject node => Reversed(node),
        OtioArray list => new OtioArray([.. list.Items.Select(Reversed)]),
        _ => value,
    };
}
