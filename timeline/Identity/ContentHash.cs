using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CineGit.Timeline.Identity;

/// <summary>SHA-256 of canonical bytes, written as 64 lower-case hexadecimal digits. The default value was never computed.</summary>
public readonly record struct ContentHash
{
    public const int Size = SHA256.HashSizeInBytes;

    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    readonly ulong _first;
    readonly ulong _second;
    readonly ulong _third;
    readonly ulong _fourth;

    ContentHash(ReadOnlySpan<byte> digest)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _second = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    public bool IsComputed => (_first | _second | _third | _fourth) != 0;

    public string Hex
    {
        get
        {
            if (!IsComputed) throw new InvalidOperationException("This content hash was never computed.");
            Span<byte> digest = stackalloc byte[Size];
            WriteTo(digest);
            return Convert.ToHexStringLower(digest);
        }
    }

    public static ContentHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(bytes, digest);
        return new(digest);
    }

    /// <summary>From the 32 bytes of a SHA-256 that was computed elsewhere.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static ContentHash OfDigest(ReadOnlySpan<byte> sha256) => sha256.Length == Size
        ? new(sha256)
        : throw new ArgumentException($"A SHA-256 has {Size} bytes, not {sha256.Length}.", nameof(sha256));

    public static bool TryParse(string? text, out ContentHash hash)
    {
        hash = default;
        if (text is null || text.Length != Size * 2 || text.AsSpan().ContainsAnyExcept(HexDigits)) return false;
        hash = new(Convert.FromHexString(text));
        return true;
    }

    /// <summary>The 32 bytes of the SHA-256.</summary>
    public void WriteTo(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt64BigEndian(digest, _first);
        BinaryPrimitives.WriteUInt64BigEndian(digest[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(digest[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(digest[24..], _fourth);
    }

    public override string ToString() => IsComputed ? Hex : "";
}
