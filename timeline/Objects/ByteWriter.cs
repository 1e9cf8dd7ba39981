using System.Buffers.Binary;

namespace CineGit.Timeline.Objects;

/// <summary>A growing buffer with the few codings that objects and packs are made of.</summary>
sealed class ByteWriter(int capacity)
{
    byte[] _bytes = new byte[Math.Max(capacity, 16)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => Length = 0;

    public void Byte(byte value) => Take(1)[0] = value;

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that more follow.</summary>
    public void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value & 0x7F | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Count(int value) => Unsigned((ulong)value);

    /// <summary>Small numbers of either sign in few bytes: 0, -1, 1, -2… become 0, 1, 2, 3….</summary>
    public void Signed(long value) => Unsigned(ZigZag(value));

    public void Fixed(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Fixed(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Counted(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        Bytes(bytes);
    }

    /// <summary>The next bytes, to be filled by the caller.</summary>
    public Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var taken = _bytes.AsSpan(Length, count);
        Length += count;
        return taken;
    }

    public static ulong ZigZag(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));
}
