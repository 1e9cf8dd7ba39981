using System.Buffers.Binary;

namespace CineGit.Timeline.Objects;

/// <summary>Reads what <see cref="ByteWriter"/> wrote; every impossible length or value is a <see cref="CorruptObjectException"/>.</summary>
ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _bytes.Length;

    public byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw Short();

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                // One spelling per number, or equal content could have two hashes.
                return next == 0 && shift > 0 ? throw new CorruptObjectException("a number is spelled with needless bytes") : value;
            }
        }

        throw new CorruptObjectException("a number has more than 64 bits");
    }

    public long Signed() => UnZigZag(Unsigned());

    public static long UnZigZag(ulong value) => unchecked((long)(value >> 1) ^ -(long)(value & 1));

    /// <summary>A number of things of which each takes at least <paramref name="leastBytes"/> of what is left.</summary>
    public int Count(int leastBytes = 1)
    {
        var count = Unsigned();
        return count <= (ulong)((_bytes.Length - Position) / leastBytes) ? (int)count : throw Short();
    }

    /// <summary>A number that must be below <paramref name="limit"/>.</summary>
    public int Below(long limit)
    {
        var value = Unsigned();
        return value < (ulong)limit ? (int)value : throw new CorruptObjectException($"{value} is beyond its limit of {limit}");
    }

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public ushort Fixed16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _bytes.Length - Position) throw Short();
        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    public ReadOnlySpan<byte> Counted() => Bytes(Count());

    static CorruptObjectException Short() => new("it ends too early");
}

/// <summary>Bytes from a store or from the wire that are no sound object or pack. Nothing of them was taken.</summary>
public sealed class CorruptObjectException(string reason) : FormatException($"A stored object cannot be read: {reason}.");
