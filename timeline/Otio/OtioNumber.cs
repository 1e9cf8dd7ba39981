using System.Globalization;

namespace CineGit.Timeline.Otio;

/// <summary>
/// A JSON number with the digits it was written with, so that 2^63, thirty digits and the last bit of a double survive.
/// <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> (which OTIO's own writer emits) are lexemes too.
/// </summary>
public sealed record OtioNumber : OtioValue
{
    OtioNumber(string lexeme) => Lexeme = lexeme;

    /// <summary>The characters as read, or the shortest that read back as the same value.</summary>
    public string Lexeme { get; }

    public static OtioNumber FromLexeme(string lexeme) => new(lexeme);

    public static OtioNumber FromInteger(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Always with a decimal point or exponent, as OTIO writes doubles: 24 becomes <c>24.0</c>.</summary>
    public static OtioNumber FromDouble(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var isPlainInteger = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is -1
            || (text[0] == '-' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') is -1);
        return new(isPlainInteger ? text + ".0" : text.Replace('E', 'e'));
    }

    public double ToDouble() => Lexeme switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(Lexeme, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
