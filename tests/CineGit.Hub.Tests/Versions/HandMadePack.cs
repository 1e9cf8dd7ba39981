using System.IO.Compression;
using System.Security.Cryptography;
using CineGit.Timeline.Identity;

namespace CineGit.Hub.Tests.Versions;

/// <summary>A pack as only malice or a bug would write it, byte for byte after the format and not by the product's own code.</summary>
public sealed class HandMadePack
{
    public const byte Leaf = 1;
    public const byte Node = 2;
    public const byte Document = 3;
    public const byte Chunk = 4;
    public const byte File = 5;

    readonly List<byte> objects = [];
    readonly List<ContentHash> hashes = [];

    /// <summary>The last object's hash, which is the root.</summary>
    public ContentHash Root => hashes[^1];

    /// <summary>An object stored whole, which links to earlier ones of this pack.</summary>
    public int Add(byte kind, byte[] body, params int[] links)
    {
        objects.Add(kind);
        objects.AddRange(Number(links.Length));
        foreach (var link in links) objects.AddRange([0, .. Number(link)]);
        objects.AddRange([.. Number(body.Length), .. body]);
        byte[] hashed = [kind, 1, .. Number(links.Length), .. links.SelectMany(link => Convert.FromHexString(hashes[link].Hex)), .. body];
        hashes.Add(ContentHash.OfDigest(SHA256.HashData(hashed)));
        return hashes.Count - 1;
    }

    public byte[] Bytes() => [1, 0, .. Payload()];

    public byte[] Compressed() => Compressed(Payload(), null);

    /// <param name="said">The length that the pack says it has; null for the truth.</param>
    public static byte[] Compressed(byte[] payload, int? said)
    {
        var room = new byte[BrotliEncoder.GetMaxCompressedLength(payload.Length)];
        Assert.True(BrotliEncoder.TryCompress(payload, room, out var written, quality: 5, window: 22));
        return [1, 1, .. Number(said ?? payload.Length), .. room.AsSpan(0, written)];
    }

    /// <summary>A document's body: its shape, then what fills it.</summary>
    public static byte[] DocumentBody(byte[] shape, params byte[] slots) => [.. Number(shape.Length), .. shape, .. slots];

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public static byte[] Number(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value & 0x7F | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    byte[] Payload() => [0, .. Number(hashes.Count), .. objects, 0, .. Number(hashes.Count - 1)];
}
