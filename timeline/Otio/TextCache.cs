using System.Buffers.Binary;
using System.Text;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Gives the same string or number for the same short ASCII bytes: field names, schema names and rates repeat thousands of
/// times in one file. Direct-mapped, so a clash only costs an allocation. Threads may share it: an entry never changes, and a
/// slot that two of them fill at once holds either.
/// </summary>
/// <param name="slots">A power of two.</param>
sealed class TextCache(int slots)
{
    const int LongestText = 48;

    readonly Entry?[] _texts = new Entry?[slots];
    readonly Entry?[] _numbers = new Entry?[slots];

    /// <param name="ascii">Without escapes.</param>
    /// <returns>Null when the bytes are too long to be worth keeping.</returns>
    public OtioString? Text(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length > LongestText) return null;
        ref var slot = ref _texts[Slot(ascii)];
        if (slot is { Value: OtioString known } entry && ascii.SequenceEqual(entry.Utf8)) return known;
        var text = new OtioString(Encoding.ASCII.GetString(ascii));
        slot = new(ascii.ToArray(), text);
        return text;
    }

    public OtioNumber Number(ReadOnlySpan<byte> lexeme)
    {
        if (lexeme.Length > LongestText) return OtioNumber.FromLexeme(Encoding.ASCII.GetString(lexeme));
        ref var slot = ref _numbers[Slot(lexeme)];
        if (slot is { Value: OtioNumber known } entry && lexeme.SequenceEqual(entry.Utf8)) return known;
        var number = OtioNumber.FromLexeme(Encoding.ASCII.GetString(lexeme));
        slot = new(lexeme.ToArray(), number);
        return number;
    }

    int Slot(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            const ulong spread = 0x9E3779B97F4A7C15;
            ulong hash;
            if (bytes.Length >= sizeof(ulong))
            {
                hash = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ (ulong)bytes.Length;
                hash = (hash * spread) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
            }
            else
            {
                hash = (ulong)bytes.Length;
                foreach (var unit in bytes) hash = (hash << 8) | unit;
            }

            hash *= spread;
            return (int)((hash ^ (hash >> 32)) & (ulong)(slots - 1));
        }
    }

    sealed record Entry(byte[] Utf8, OtioValue Value);
}
