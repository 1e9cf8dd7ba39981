using System.Buffers.Binary;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>
/// Packs in files: <c>packs/ab/ab12…</c>. A file is SHA-256 over the rest, the id of the pack that this one continues (the same
/// part of its version's first parent; zero for none), and the pack. So a spoilt file is told before it is used, and what a
/// version is made of is found without asking for it pack by pack.
/// </summary>
internal sealed class PackFiles(string folder) : IPackStore
{
    const int HeadLength = ContentHash.Size + sizeof(ulong);

    /// <summary>As many as differences may lie between an object and a whole one; more would be read for nothing.</summary>
    const int MostEarlier = 128;

    const int MostEarlierBytes = 1024 * 1024;

    public bool Contains(PackId id) => File.Exists(PathOf(id));

    /// <summary>The pack's length; 0 when it is not here.</summary>
    public long LengthOf(PackId id) => new FileInfo(PathOf(id)) is { Exists: true } file ? Math.Max(0, file.Length - HeadLength) : 0;

    /// <summary>Keeps a pack for good. One that is there already is checked, and written again if the disk has spoilt it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="pack">Its bytes.</param>
    /// <param name="continues">The pack of the same part of the first parent; null when it builds on none.</param>
    /// <param name="ct">Stops before anything is kept.</param>
    /// <exception cref="LocalStateException">Another pack has this id.</exception>
    public async Task AddAsync(PackId id, ReadOnlyMemory<byte> pack, PackId? continues, CancellationToken ct)
    {
        var path = PathOf(id);
        if (File.Exists(path) && TryOpen(await File.ReadAllBytesAsync(path, ct), out var present))
        {
            if (present.Bytes.Span.SequenceEqual(pack.Span)) return;
            throw new LocalStateException(LocalProblem.Damaged, $"{path} is the pack of another version that has the same first digits; nothing was changed. Clone the project again into another folder.");
        }

        var parent = Path.GetDirectoryName(path) ?? folder;
        if (!Directory.Exists(parent))
        {
            Directory.CreateDirectory(parent);
            DirectoryFlush.Flush(folder);
        }

        await AtomicFile.WriteAsync(path, Sealed(pack, continues), ct);
    }

    /// <summary>The pack's bytes as they were added.</summary>
    /// <exception cref="CorruptObjectException">It is not here, or the disk has spoilt it.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(PackId id, CancellationToken ct) => await TryReadAsync(id, ct) is { } file
        ? file.Bytes
        : throw new CorruptObjectException($"the pack {PathOf(id)} is missing");

    /// <summary>With the packs that they continue, as far as that helps and is bounded.</summary>
    /// <exception cref="CorruptObjectException">One of the wanted is spoilt; the message names its file and what to do with it.</exception>
    public async Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct)
    {
        var packs = new Dictionary<PackId, Pack>();
        var earlier = new Queue<PackId>();
        foreach (var id in wanted)
        {
            if (await TryReadAsync(id, ct) is not { } file) continue;
            packs[id] = Parse(id, file.Bytes);
            if (file.Continues is { } next) earlier.Enqueue(next);
        }

        await AddEarlierAsync(packs, earlier, ct);
        return [.. packs.Values];
    }

    /// <summary>One that is spoilt is left out: should it be wanted, that is told then.</summary>
    async Task AddEarlierAsync(Dictionary<PackId, Pack> packs, Queue<PackId> earlier, CancellationToken ct)
    {
        var room = MostEarlierBytes;
        for (var count = 0; count < MostEarlier && room > 0 && earlier.TryDequeue(out var id); count++)
        {
            if (packs.ContainsKey(id) || LengthOf(id) > room || !File.Exists(PathOf(id))) continue;
            if (!TryOpen(await File.ReadAllBytesAsync(PathOf(id), ct), out var file)) continue;
            packs[id] = Parse(id, file.Bytes);
            room -= file.Bytes.Length;
            if (file.Continues is { } next) earlier.Enqueue(next);
        }
    }

    /// <summary>Null when it is not here.</summary>
    async Task<PackFile?> TryReadAsync(PackId id, CancellationToken ct)
    {
        var path = PathOf(id);
        if (!File.Exists(path)) return null;
        return TryOpen(await File.ReadAllBytesAsync(path, ct), out var file)
            ? file
            : throw new CorruptObjectException($"the pack {path} is damaged, for its bytes do not have the hash that it begins with; delete that file");
    }

    Pack Parse(PackId id, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Pack.Read(id, bytes);
        }
        catch (CorruptObjectException)
        {
            throw new CorruptObjectException($"the pack {PathOf(id)} is as it was written, but not understood here; update cinegit on this machine");
        }
    }

    static byte[] Sealed(ReadOnlyMemory<byte> pack, PackId? continues)
    {
        var file = new byte[HeadLength + pack.Length];
        BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(ContentHash.Size), continues?.Value ?? 0);
        pack.CopyTo(file.AsMemory(HeadLength));
        ContentHash.Of(file.AsSpan(ContentHash.Size)).WriteTo(file);
        return file;
    }

    static bool TryOpen(ReadOnlyMemory<byte> bytes, out PackFile file)
    {
        file = default;
        if (bytes.Length < HeadLength) return false;
        var rest = bytes[ContentHash.Size..];
        if (ContentHash.Of(rest.Span) != ContentHash.OfDigest(bytes.Span[..ContentHash.Size])) return false;
        var continues = BinaryPrimitives.ReadUInt64BigEndian(rest.Span);
        file = new(continues == 0 ? null : new PackId(continues), rest[sizeof(ulong)..]);
        return true;
    }

    string PathOf(PackId id) => Path.Combine(folder, id.ToString()[..2], id.ToString());

    readonly record struct PackFile(PackId? Continues, ReadOnlyMemory<byte> Bytes);
}
