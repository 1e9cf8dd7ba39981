using System.Text;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Gives the same string or number for the same short ASCII bytes: field names, schema names and rates repeat thousands of
/// times in one file. Direct-mapped, so a clash only costs an allocation.
/// </summary>
sealed class TextCache
{
    const int Slots = 1024;
    const int LongestText = 48;

    readonly string?[] _texts = new string?[Slots];
    readonly OtioNumber?[] _numbers = new OtioNumber?[Slots];

    /// <summary>Null when the bytes are not ASCII or too long to be worth keeping.</summary>
    public string? Text(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length > LongestText) return null;
        ref var slot = ref _texts[Slot(ascii)];
        if (slot is not null && Ascii.Equals(ascii, slot)) return slot;
        if (!Ascii.IsValid(ascii)) return null;
        return slot = Encoding.ASCII.GetString(ascii);
    }

    public OtioNumber Number(ReadOnlySpan<byte> lexeme)
    {
        if (lexeme.Length > LongestText) return OtioNumber.FromLexeme(Encoding.ASCII.GetString(lexeme));
        ref var slot = ref _numbers[Slot(lexeme)];
        if (slot is not null && Ascii.Equals(lexeme, slot.Lexeme)) return slot;
        return slot = OtioNumber.FromLexeme(Encoding.ASCII.GetString(lexeme));
    }

    static int Slot(ReadOnlySpan<byte> bytes)
    {
        var hash = (uint)bytes.Length;
        unchecked
        {
            foreach (var unit in bytes) hash = hash * 31 + unit;
        }

        return (int)((hash ^ (hash >> 10)) % Slots);
    }
}
