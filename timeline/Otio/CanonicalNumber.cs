using System.Text;

namespace CineGit.Timeline.Otio;

/// <summary>Writes <see cref="OtioNumber.CanonicalLexeme"/>; most numbers in files are spelled that way, which is seen without parsing them.</summary>
static class CanonicalNumber
{
    /// <summary>A decimal of so many digits is the shortest text of the double nearest to it, unless it ends in zeros.</summary>
    const int SafeDigits = 15;

    /// <summary>Smaller numbers are spelled with an exponent.</summary>
    const int MostLeadingZeros = 3;

    public static void Write(ReadOnlySpan<byte> lexeme, PooledOutput output)
    {
        if (IsCanonical(lexeme)) output.Add(lexeme);
        else output.Add(Encoding.ASCII.GetBytes(OtioNumber.FromLexeme(Encoding.ASCII.GetString(lexeme)).CanonicalLexeme()));
    }

    /// <summary>False also when only parsing can tell.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> lexeme)
    {
        var first = lexeme.StartsWith("-"u8) ? 1 : 0;
        var point = JsonScan.DigitStop(lexeme, first);
        if (point == first) return false;
        if (point == lexeme.Length) return !lexeme.SequenceEqual("-0"u8);
        if (lexeme[point] != '.' || lexeme.Length - first > SafeDigits + 1) return false;
        var fraction = lexeme[(point + 1)..];
        if (fraction.IsEmpty || JsonScan.DigitStop(fraction, 0) != fraction.Length) return false;
        if (fraction[^1] == '0') return fraction.Length == 1;
        return lexeme[first] != '0' || fraction.IndexOfAnyExcept((byte)'0') <= MostLeadingZeros;
    }
}
