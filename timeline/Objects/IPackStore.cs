using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Objects;

/// <summary>Where packs are kept: files on a bay, rows on the hub. Packs are never changed, and adding one twice is adding it once.</summary>
public interface IPackStore
{
    /// <summary>The packs of these ids, and any others that will probably be wanted with them; what is not there is left out.</summary>
    Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct);
}

/// <summary>Opens trees from a store.</summary>
public static class TreeReader
{
    /// <param name="store">Where the packs are.</param>
    /// <param name="root">Whose root is wanted.</param>
    /// <param name="hash">What the root must be.</param>
    /// <param name="open">Trees that are open already, such as the parents'.</param>
    /// <exception cref="CorruptObjectException">A pack is missing or damaged, or the root is another one.</exception>
    public static async Task<StoredTree> OpenAsync(
        IPackStore store, PackId root, ContentHash hash, IEnumerable<StoredTree> open, CancellationToken ct)
    {
        var load = new TreeLoad(root, open);
        while (load.Tree is null)
        {
            var wanted = load.Missing.ToList();
            load.Supply(await store.FetchAsync(wanted, ct));
            if (load.Tree is null && wanted.Exists(load.Missing.Contains))
            {
                var lost = wanted.First(load.Missing.Contains);
                throw new CorruptObjectException($"pack {lost} is not in the store");
            }
        }

        return Checked(load.Tree, hash);
    }

    /// <summary>Takes in a pack from elsewhere, trusting nothing: it may name only what the parents' trees have.</summary>
    /// <exception cref="CorruptObjectException">It is unsound, names something else, or its root is another one.</exception>
    public static StoredTree Receive(Pack pack, ContentHash hash, params IEnumerable<StoredTree> parents) =>
        Receive(pack, hash, long.MaxValue, parents);

    /// <param name="pack">What arrived.</param>
    /// <param name="hash">What its root must be.</param>
    /// <param name="largest">How much memory may be taken for what it brings.</param>
    /// <param name="parents">The trees it builds on.</param>
    /// <exception cref="CorruptObjectException">It is unsound or too large, names something else, or its root is another one.</exception>
    public static StoredTree Receive(Pack pack, ContentHash hash, long largest, params IEnumerable<StoredTree> parents)
    {
        var load = new TreeLoad(pack.Id, parents) { IsReceived = true, Largest = Math.Min(largest, TreeLoad.LargestTree) };
        load.Supply(pack);
        return load.Tree is { } tree
            ? Checked(tree, hash)
            : throw new CorruptObjectException($"pack {pack.Id} builds on pack {load.Missing.First()}, which its parents do not");
    }

    static StoredTree Checked(StoredTree tree, ContentHash hash) => tree.Root.Hash == hash
        ? tree
        : throw new CorruptObjectException($"its content has the hash {tree.Root.Hash}, where {hash} was promised");
}
