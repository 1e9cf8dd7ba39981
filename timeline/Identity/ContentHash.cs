using System.Buffers;
using System.Security.Cryptography;

namespace CineGit.Timeline.Identity;

/// <summary>SHA-256 of canonical bytes, written as 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentHash
{
    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    readonly string? _hex;

    ContentHash(string hex) => _hex = hex;

    public string Hex => _hex ?? throw new InvalidOperationException("This content hash was never computed.");

    public static ContentHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>From the 32 bytes of a SHA-256 that was computed elsewhere.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static ContentHash OfDigest(ReadOnlySpan<byte> sha256) => sha256.Length == SHA256.HashSizeInBytes
        ? new(Convert.ToHexStringLower(sha256))
        : throw new ArgumentException($"A SHA-256 has {SHA256.HashSizeInBytes} bytes, not {sha256.Length}.", nameof(sha256));

    public static bool TryParse(string? text, out ContentHash hash)
    {
        hash = default;
        if (text is null || text.Length != 64 || text.AsSpan().ContainsAnyExcept(HexDigits)) return false;
        hash = new(text);
        return true;
    }

    public override string ToString() => _hex ?? "";
}
