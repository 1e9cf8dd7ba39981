using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>Trees of versions that are kept here. The last few stay open: a version's children are packed against them.</summary>
internal sealed class VersionTrees(PackFiles packs)
{
    const int Kept = 16;

    /// <summary>Last used last.</summary>
    readonly List<(PackId Id, StoredTree Tree)> _open = [];

    /// <exception cref="LocalStateException">Something that it is made of is missing or damaged.</exception>
    public Task<StoredTree> CutAsync(KnownVersion version, CancellationToken ct) =>
        OpenAsync(version, PackId.OfCut(IdOf(version)), version.Record.Cut, ct);

    /// <summary>Null when no file was committed.</summary>
    /// <exception cref="LocalStateException">Something that it is made of is missing or damaged.</exception>
    public async Task<StoredTree?> NativeAsync(KnownVersion version, CancellationToken ct) =>
        version.Record.Native is { } native ? await OpenAsync(version, PackId.OfNative(IdOf(version)), native, ct) : null;

    public void Keep(PackId id, StoredTree tree)
    {
        _open.RemoveAll(o => o.Id == id);
        if (_open.Count == Kept) _open.RemoveAt(0);
        _open.Add((id, tree));
    }

    async Task<StoredTree> OpenAsync(KnownVersion version, PackId id, string root, CancellationToken ct)
    {
        var tree = _open.Find(o => o.Id == id).Tree ?? await ReadAsync(version, id, root, ct);
        Keep(id, tree);
        return tree;
    }

    async Task<StoredTree> ReadAsync(KnownVersion version, PackId id, string root, CancellationToken ct)
    {
        try
        {
            if (!ContentHash.TryParse(root, out var hash)) throw new CorruptObjectException($"it names “{root}”, which is no content hash");
            return await TreeReader.OpenAsync(packs, id, hash, _open.Where(o => IsSamePart(o.Id, id)).Select(o => o.Tree), ct);
        }
        catch (CorruptObjectException e)
        {
            throw Damaged(version, e);
        }
    }

    /// <summary>Trees of the other part would only make the search for what is open longer.</summary>
    static bool IsSamePart(PackId one, PackId other) => ((one.Value ^ other.Value) & 1) == 0;

    static ContentHash IdOf(KnownVersion version) => ContentHash.TryParse(version.Id, out var id)
        ? id
        : throw new ArgumentException($"“{version.Id}” is no version's id.", nameof(version));

    /// <summary>What a person is told when a version's packs are not as they were.</summary>
    public static LocalStateException Damaged(KnownVersion version, CorruptObjectException why) =>
        new(LocalProblem.Damaged, $"{why.Message} The version {WorkingCopy.Short(version.Id)} needs it; run: cinegit pull, which fetches what is missing again from the hub.");
}
