using System.Globalization;

namespace CineGit.Timeline.Otio;

/// <summary>
/// A JSON number with the digits it was written with, so that 2^63, thirty digits and the last bit of a double survive.
/// <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> (which OTIO's own writer emits) are lexemes too.
/// Two numbers are equal when their <see cref="CanonicalLexeme"/>s are: 1.50 is 1.5, but the integer 24 is not the double 24.0.
/// </summary>
public sealed record OtioNumber : OtioValue
{
    /// <summary>Any decimal of up to 17 digits says no more than the double nearest to it.</summary>
    const int DoubleDigits = 17;

    /// <summary>Below this a double loses digits.</summary>
    const double SmallestNormal = 2.2250738585072014e-308;

    string? _canonical;

    OtioNumber(string lexeme) => Lexeme = lexeme;

    /// <summary>The characters as read, or the shortest that read back as the same value.</summary>
    public string Lexeme { get; }

    /// <summary>Without point or exponent: OTIO holds it as an integer.</summary>
    public bool IsInteger => Lexeme.AsSpan().IndexOfAnyExceptInRange('0', '9') is var odd
        && (odd < 0 || (odd == 0 && Lexeme[0] == '-' && Lexeme.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0));

    /// <summary>False for NaN and the infinities; a lexeme beyond the range of doubles is a finite number.</summary>
    public bool IsFinite => char.IsAsciiDigit(Lexeme[^1]);

    public static OtioNumber FromLexeme(string lexeme) => new(lexeme);

    public static OtioNumber FromInteger(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Always with a decimal point or exponent, as OTIO writes doubles: 24 becomes <c>24.0</c>.</summary>
    public static OtioNumber FromDouble(double value)
    {
        var number = new OtioNumber(value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'));
        return number.IsInteger ? new(number.Lexeme + ".0") : number;
    }

    /// <summary>The nearest double; infinite when the lexeme is beyond the range of doubles.</summary>
    public double ToDouble() => Lexeme switch
    {
        "NaN" or "-NaN" => double.NaN,
        "Infinity" or "Inf" => double.PositiveInfinity,
        "-Infinity" or "-Inf" => double.NegativeInfinity,
        _ => double.Parse(Lexeme, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// One spelling per value. An integer stays as it is, with -0 as 0. Any other number of up to 17 significant digits in
    /// the normal range of doubles becomes the shortest text that reads back as the same double. A number that says more
    /// than a double can stays as it is.
    /// </summary>
    public string CanonicalLexeme() => _canonical ??= ComputeCanonicalLexeme();

    public bool Equals(OtioNumber? other) =>
        other is not null && (Lexeme == other.Lexeme || CanonicalLexeme() == other.CanonicalLexeme());

    public override int GetHashCode() => ToDouble().GetHashCode();

    string ComputeCanonicalLexeme()
    {
        if (IsInteger) return Lexeme == "-0" ? "0" : Lexeme;
        var value = ToDouble();
        if (!IsFinite) return value.ToString(CultureInfo.InvariantCulture);
        var digits = SignificantDigits(Lexeme);
        var saysNoMore = digits == 0
            || (digits <= DoubleDigits && double.IsFinite(value) && Math.Abs(value) >= SmallestNormal);
        return saysNoMore ? FromDouble(value).Lexeme : Lexeme;
    }

    /// <summary>Digits between the first and the last that are not zero.</summary>
    static int SignificantDigits(ReadOnlySpan<char> lexeme)
    {
        var exponent = lexeme.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? lexeme : lexeme[..exponent];
        var count = 0;
        var zeros = 0;
        foreach (var digit in mantissa)
        {
            if (digit is '-' or '.') continue;
            if (digit == '0')
            {
                if (count > 0) zeros++;
                continue;
            }

            count += zeros + 1;
            zeros = 0;
        }

        return count;
    }
}
