namespace CineGit.Timeline.Objects;

/// <summary>
/// A committed file as objects, byte for byte. It is cut where its content says so, so that an insertion changes the chunks it
/// touches and no others.
/// </summary>
public static class FileObjects
{
    const int ShortestChunk = 16 * 1024;
    const int LongestChunk = 256 * 1024;

    /// <summary>
    /// Thirteen bits: after the shortest length, a chunk of varied bytes ends every 8 KiB on average. Timelines repeat
    /// themselves, and only one window in ten is new there, so theirs end every 80 KiB.
    /// </summary>
    const ulong EndMask = 0xFFF8_0000_0000_0000;

    /// <summary>One random number per byte value, the same everywhere.</summary>
    static readonly ulong[] Gear = [.. Enumerable.Range(0, 256).Select(i => Fnv.Mix(0x9e3779b97f4a7c15UL + (ulong)i))];

    public static VersionObject Encode(ReadOnlyMemory<byte> file)
    {
        var chunks = new List<ItemTree.Run>();
        for (var rest = file; !rest.IsEmpty;)
        {
            var length = ChunkLength(rest.Span);
            var chunk = new VersionObject(ObjectKind.Chunk, [], rest[..length]);
            chunks.Add(new(chunk, Fnv.Of(rest.Span[Math.Max(0, length - 64)..length]), length));
            rest = rest[length..];
        }

        var body = new ByteWriter(8);
        body.Unsigned((ulong)file.Length);
        return new(ObjectKind.File, chunks.Count == 0 ? [] : [ItemTree.RootOf(chunks)], body.ToArray());
    }

    /// <exception cref="CorruptObjectException">The object is no file.</exception>
    public static long LengthOf(VersionObject file)
    {
        if (file.Kind != ObjectKind.File) throw new CorruptObjectException($"a {file.Kind} stands where a file is needed");
        var input = new ByteReader(file.Body.Span);
        var length = input.Unsigned();
        return length <= long.MaxValue ? (long)length : throw new CorruptObjectException("a file is impossibly long");
    }

    /// <summary>The file's bytes, chunk by chunk.</summary>
    /// <exception cref="CorruptObjectException">The object is no file, or its chunks are not as long as it says.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Decode(VersionObject file)
    {
        var left = LengthOf(file);
        foreach (var chunk in file.Links.SelectMany(Chunks))
        {
            left -= chunk.Body.Length;
            yield return chunk.Body;
        }

        if (left != 0) throw new CorruptObjectException("a file is not as long as it says");
    }

    static IEnumerable<VersionObject> Chunks(VersionObject tree) => tree.Kind switch
    {
        ObjectKind.Chunk => [tree],
        ObjectKind.Node => tree.Links.SelectMany(Chunks),
        _ => throw new CorruptObjectException($"a {tree.Kind} stands where bytes are needed"),
    };

    static int ChunkLength(ReadOnlySpan<byte> rest)
    {
        if (rest.Length <= ShortestChunk) return rest.Length;
        var longest = Math.Min(rest.Length, LongestChunk);
        var hash = 0UL;
        unchecked
        {
            for (var i = ShortestChunk - 64; i < longest; i++)
            {
                hash = (hash << 1) + Gear[rest[i]];
                if (i >= ShortestChunk && (hash & EndMask) == 0) return i + 1;
            }
        }

        return longest;
    }
}
