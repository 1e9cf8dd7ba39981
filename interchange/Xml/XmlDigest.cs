using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CineGit.Interchange.Xml;

/// <summary>64-bit digests that hold within this process only: the key is drawn at its start, so no file can be made to collide.</summary>
internal static class XmlDigest
{
    const ulong Spread = 0x9E3779B97F4A7C15;

    static readonly ulong Key = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public static ulong OfText(ReadOnlySpan<byte> text)
    {
        unchecked
        {
            var digest = Key ^ ((ulong)text.Length * Spread);
            while (text.Length >= sizeof(ulong))
            {
                digest = Mix(digest ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
                text = text[sizeof(ulong)..];
            }

            ulong rest = 0;
            foreach (var unit in text) rest = (rest << 8) | unit;
            return Mix(digest ^ rest);
        }
    }

    public static ulong Of(ulong first, ulong second) => unchecked(Mix((first ^ Key) + (Mix(second) * Spread)));

    static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93;
            value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93;
            return value ^ (value >> 32);
        }
    }
}
