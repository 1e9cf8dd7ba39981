using CineGit.Hub.Platform.Database;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;
using Microsoft.Extensions.Caching.Memory;

namespace CineGit.Hub.Features.Versions;

/// <summary>
/// Opens the trees of versions and keeps those opened lately. Versions never change, so nothing here goes stale. Organization and
/// project are part of the key: who may not read a version may not find it here.
/// </summary>
public sealed class TreeCache : IDisposable
{
    /// <summary>Bytes of all trees held, each counted whole although neighbours share most of theirs.</summary>
    const long Capacity = 512L << 20;

    /// <summary>A clip's hundred bytes become thousands once they are read, and stay with the tree.</summary>
    const int ReadOut = 20;

    /// <summary>What comes when all is full is not held; so much is made free then.</summary>
    const double MadeFree = 0.25;

    const int ObjectCost = 256;

    readonly MemoryCache _trees = new(new MemoryCacheOptions { SizeLimit = Capacity, CompactionPercentage = MadeFree });

    /// <exception cref="CorruptObjectException">The database is damaged.</exception>
    public Task<StoredTree> CutAsync(ProjectTransaction tx, StoredVersion version, CancellationToken ct) =>
        OpenAsync(tx, version, version.CutPack, version.Cut, isNative: false, ct);

    /// <returns>Null when the version has no file of its own.</returns>
    /// <exception cref="CorruptObjectException">The database is damaged.</exception>
    public async Task<StoredTree?> NativeAsync(ProjectTransaction tx, StoredVersion version, CancellationToken ct) =>
        version.Native is { } native ? await OpenAsync(tx, version, version.NativePack, native, isNative: true, ct) : null;

    /// <summary>Holds trees of a version that is stored, as if they had been opened.</summary>
    public void Keep(ProjectTransaction tx, string version, StoredTree cut, StoredTree? native)
    {
        Keep(KeyOf(tx, version, isNative: false), cut);
        if (native is not null) Keep(KeyOf(tx, version, isNative: true), native);
    }

    public void Dispose() => _trees.Dispose();

    async Task<StoredTree> OpenAsync(
        ProjectTransaction tx, StoredVersion version, PackId root, string hash, bool isNative, CancellationToken ct)
    {
        var key = KeyOf(tx, version.Id, isNative);
        if (_trees.TryGetValue<StoredTree>(key, out var held) && held is not null) return held;
        var open = version.Parents.Select(parent => _trees.Get<StoredTree>(KeyOf(tx, parent, isNative))).OfType<StoredTree>();
        var tree = await TreeReader.OpenAsync(new PackStore(tx), root, VersionHash.Of(hash), open, ct);
        Keep(key, tree);
        return tree;
    }

    void Keep(Key key, StoredTree tree) => _trees.Set(key, tree, new MemoryCacheEntryOptions { Size = SizeOf(tree) });

    static long SizeOf(StoredTree tree) => tree.Root.Walk().Sum(item => (long)item.Body.Length * (item.Kind == ObjectKind.Chunk ? 1 : ReadOut) + ObjectCost);

    static Key KeyOf(ProjectTransaction tx, string version, bool isNative) => new(tx.Organization, tx.Project, version, isNative);

    sealed record Key(Guid Organization, Guid Project, string Version, bool IsNative);
}

/// <summary>Ids and hashes as the wire has them.</summary>
public static class VersionHash
{
    /// <param name="hex">Known to be 64 hexadecimal digits.</param>
    public static ContentHash Of(string hex) =>
        ContentHash.TryParse(hex, out var hash) ? hash : throw new ArgumentException($"'{hex}' is no hash.", nameof(hex));
}
