using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>
/// Whole versions: what a version brought is on disk before the version itself, and its parents before it, so whoever sees a
/// version can open it.
/// </summary>
internal sealed class VersionShelf(VersionStore versions, PackFiles packs, VersionTrees trees)
{
    /// <summary>Packs what the parents do not have, and keeps the version.</summary>
    /// <param name="record">Its parents are here; it names the roots of the trees.</param>
    /// <param name="cut">The cut.</param>
    /// <param name="native">The committed file; null for a merge.</param>
    /// <param name="ct">Stops before the version is kept.</param>
    public async Task<KnownVersion> AddAsync(VersionRecord record, VersionObject cut, VersionObject? native, CancellationToken ct)
    {
        var (cutId, nativeId) = PacksOf(VersionIdentity.IdOf(record));
        var parents = await ParentsAsync(record, ct);
        await KeepAsync(PackWriter.Write(cutId, cut, [.. parents.Select(p => p.Cut)]), CutBefore(record), ct);
        if (native is not null)
        {
            await KeepAsync(
                PackWriter.Write(nativeId, native, [.. parents.Select(p => p.Native).OfType<StoredTree>()]), await NativeBeforeAsync(record, ct), ct);
        }

        return await versions.PutAsync(record, ct);
    }

    /// <summary>Takes in a version from elsewhere, trusting nothing. False when it was here already.</summary>
    /// <exception cref="CorruptObjectException">It is not what its record says, or builds on what its parents do not have.</exception>
    public async Task<bool> ReceiveAsync(PackedVersion version, CancellationToken ct)
    {
        var record = version.Version;
        var id = VersionIdentity.IdOf(record);
        if (versions.Contains(id) && HasPacks(id, record)) return false;
        if (record.Parents.FirstOrDefault(p => !versions.Contains(p)) is { } lost)
            throw new CorruptObjectException($"the version {WorkingCopy.Short(id)} came before its parent {WorkingCopy.Short(lost)}");

        var (cutId, nativeId) = PacksOf(id);
        var parents = await ParentsAsync(record, ct);
        var cut = Received(cutId, version.CutPack, record.Cut, parents.Select(p => p.Cut));
        var native = record.Native is { } hash
            ? Received(nativeId, version.NativePack, hash, parents.Select(p => p.Native).OfType<StoredTree>())
            : null;
        await KeepAsync(cut, CutBefore(record), ct);
        if (native is not null) await KeepAsync(native, await NativeBeforeAsync(record, ct), ct);
        await versions.PutAsync(record, ct);
        return true;
    }

    /// <summary>The version as it is sent.</summary>
    /// <exception cref="LocalStateException">Something of it is missing or damaged.</exception>
    public async Task<PackedVersion> ReadAsync(KnownVersion version, CancellationToken ct)
    {
        var (cut, native) = PacksOf(version.Id);
        try
        {
            return new(
                version.Record,
                await packs.ReadAsync(cut, ct),
                version.Record.Native is null ? ReadOnlyMemory<byte>.Empty : await packs.ReadAsync(native, ct));
        }
        catch (CorruptObjectException e)
        {
            throw VersionTrees.Damaged(version, e);
        }
    }

    /// <summary>About how many bytes it takes to send.</summary>
    public long LengthOf(KnownVersion version)
    {
        var (cut, native) = PacksOf(version.Id);
        return packs.LengthOf(cut) + packs.LengthOf(native);
    }

    /// <summary>True when what this version brought is here; its parents are another question.</summary>
    public bool HasPacks(string id, VersionRecord record)
    {
        var (cut, native) = PacksOf(id);
        return packs.Contains(cut) && (record.Native is null || packs.Contains(native));
    }

    async Task KeepAsync(WrittenPack pack, PackId? continues, CancellationToken ct)
    {
        await packs.AddAsync(pack.Id, pack.Bytes, continues, ct);
        trees.Keep(pack.Id, pack.Tree);
    }

    async Task<IReadOnlyList<(StoredTree Cut, StoredTree? Native)>> ParentsAsync(VersionRecord record, CancellationToken ct)
    {
        List<(StoredTree, StoredTree?)> parents = [];
        foreach (var id in record.Parents)
        {
            var parent = await versions.GetAsync(id, ct);
            parents.Add((await trees.CutAsync(parent, ct), await trees.NativeAsync(parent, ct)));
        }

        return parents;
    }

    static WrittenPack Received(PackId id, ReadOnlyMemory<byte> bytes, string root, IEnumerable<StoredTree> parents) =>
        ContentHash.TryParse(root, out var hash)
            ? new(id, bytes, TreeReader.Receive(Pack.Read(id, bytes), hash, parents))
            : throw new CorruptObjectException($"the version names “{root}”, which is no content hash");

    static PackId? CutBefore(VersionRecord record) => record.Parents is [var first, ..] ? PacksOf(first).Cut : null;

    /// <summary>A merge has no file; what is committed after it builds on none, or on the other parent's.</summary>
    async Task<PackId?> NativeBeforeAsync(VersionRecord record, CancellationToken ct)
    {
        foreach (var parent in record.Parents)
        {
            if ((await versions.GetAsync(parent, ct)).Record.Native is not null) return PacksOf(parent).Native;
        }

        return null;
    }

    static (PackId Cut, PackId Native) PacksOf(string version) => ContentHash.TryParse(version, out var id)
        ? (PackId.OfCut(id), PackId.OfNative(id))
        : throw new CorruptObjectException($"“{version}” is no version's id");
}
