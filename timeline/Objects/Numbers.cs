using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>
/// Numbers by their canonical lexeme, most in one to three bytes. The two lowest bits of the first byte say how: a whole number
/// of a double (<c>24.0</c>), an integer (<c>24</c>), the eight bytes of a double, or the lexeme itself.
/// </summary>
static partial class Numbers
{
    const ulong WholeDouble = 0;
    const ulong Integer = 1;
    const ulong Double = 2;
    const ulong Lexeme = 3;

    /// <summary>Whole doubles up to here are written without an exponent.</summary>
    const long LargestWhole = 999_999_999_999_999;

    const long LargestInteger = long.MaxValue >> 3;

    static readonly OtioNumber[] SmallWholes = [.. Enumerable.Range(0, 2048).Select(n => OtioNumber.FromDouble(n))];

    public static void Write(ByteWriter output, OtioNumber number)
    {
        var lexeme = number.CanonicalLexeme();
        if (TryWhole(lexeme.AsSpan(), ".0", LargestWhole, out var whole))
        {
            output.Unsigned(ByteWriter.ZigZag(whole) << 2 | WholeDouble);
        }
        else if (TryWhole(lexeme.AsSpan(), "", LargestInteger, out var integer))
        {
            output.Unsigned(ByteWriter.ZigZag(integer) << 2 | Integer);
        }
        else if (!number.IsInteger && number.ToDouble() is var value && double.IsFinite(value) && OtioNumber.FromDouble(value).Lexeme == lexeme)
        {
            output.Unsigned(Double);
            BinaryPrimitives.WriteDoubleLittleEndian(output.Take(8), value);
        }
        else
        {
            output.Unsigned((ulong)lexeme.Length << 2 | Lexeme);
            Encoding.ASCII.GetBytes(lexeme, output.Take(lexeme.Length));
        }
    }

    public static OtioNumber Read(ref ByteReader input)
    {
        var head = input.Unsigned();
        var rest = head >> 2;
        switch (head & 3)
        {
            case WholeDouble:
                var whole = ByteReader.UnZigZag(rest);
                if (whole is >= 0 and < 2048) return SmallWholes[whole];
                return OtioNumber.FromLexeme(string.Create(CultureInfo.InvariantCulture, $"{whole}.0"));
            case Integer: return OtioNumber.FromInteger(ByteReader.UnZigZag(rest));
            case Double: return OtioNumber.FromDouble(BinaryPrimitives.ReadDoubleLittleEndian(input.Bytes(8)));
            default:
                var lexeme = Encoding.ASCII.GetString(input.Bytes((int)Math.Min(rest, int.MaxValue)));
                return FromLexeme(lexeme);
        }
    }

    /// <summary>Only what JSON takes for a number, and what OTIO writes besides: the text is written out again as it is.</summary>
    public static OtioNumber FromLexeme(string lexeme) => lexeme is "NaN" or "Infinity" or "-Infinity" || JsonNumber().IsMatch(lexeme)
        ? OtioNumber.FromLexeme(lexeme)
        : throw new CorruptObjectException($"“{lexeme}” is no number");

    static bool TryWhole(ReadOnlySpan<char> lexeme, ReadOnlySpan<char> ending, long largest, out long value)
    {
        value = 0;
        if (!lexeme.EndsWith(ending)) return false;
        var digits = lexeme[..^ending.Length];
        return digits is not "-0"
            && digits.Length <= 19
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= -largest && value <= largest;
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex JsonNumber();

}
