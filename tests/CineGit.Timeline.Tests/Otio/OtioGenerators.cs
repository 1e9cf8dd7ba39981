using System.Collections.Immutable;
using CineGit.Timeline.Otio;
using FsCheck;
using FsCheck.Fluent;

namespace CineGit.Timeline.Tests.Otio;

/// <summary>Documents with everything JSON can hold and OTIO might.</summary>
static class OtioGenerators
{
    static readonly string[] OddLexemes =
    [
        "0", "-0", "0.0", "-0.0", "24", "24.0", "1e5", "1E+05", "9223372036854775808", "-123456789012345678901234567890",
        "1.0422463765160779", "0.10000000000000001", "0.1000000000000000055511151231257827", "1e400", "-1e-400", "5e-324", "NaN",
        "Infinity", "-Infinity", "1.7976931348623157e308", "2.2250738585072011e-308", "100000000000000000000.5",
    ];

    static readonly char[] OddCharacters =
        ['a', 'Z', '0', ' ', '"', '\\', '/', '\0', '\n', '\t', '\u001f', '\u007f', 'ä', '\u2028', '\ud83c', '\udfac', '\ud800', '\udfff', '\ue000', '\uffff'];

    static readonly Gen<string> Texts = Gen.Elements(OddCharacters).ArrayOf().Select(c => new string(c));

    static readonly Gen<OtioNumber> Numbers = Gen.OneOf(
        Gen.Elements(OddLexemes).Select(OtioNumber.FromLexeme),
        ArbMap.Default.GeneratorFor<double>().Select(OtioNumber.FromDouble),
        ArbMap.Default.GeneratorFor<long>().Select(OtioNumber.FromInteger));

    public static Arbitrary<OtioDocument> Documents() => Gen.Sized(size => Objects(Math.Min(size, 40)))
        .Select(o => new OtioDocument(o.With(OtioSchema.Key, "Test.1")))
        .ToArbitrary();

    public static Arbitrary<double> Doubles() => ArbMap.Default.GeneratorFor<double>().ToArbitrary();

    static Gen<OtioValue> Values(int size) => size <= 0
        ? Scalars()
        : Gen.OneOf(
            Scalars(),
            Objects(size / 2).Select(o => (OtioValue)o),
            Values(size / 3).ListOf().Select(items => (OtioValue)new OtioArray([.. items.Take(6)])));

    static Gen<OtioValue> Scalars() => Gen.OneOf(
        Texts.Select(t => (OtioValue)new OtioString(t)),
        Numbers.Select(n => (OtioValue)n),
        Gen.Elements<OtioValue>(OtioNull.Value, OtioBool.True, OtioBool.False));

    static Gen<OtioObject> Objects(int size) =>
        from names in Texts.ListOf()
        let distinct = names.Distinct().Take(8).ToImmutableArray()
        from values in Values(size / 2).ListOf(distinct.Length)
        select new OtioObject([.. distinct.Zip(values, (name, value) => new OtioField(name, value))]);
}
