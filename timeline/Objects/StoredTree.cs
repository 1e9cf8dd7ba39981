using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Objects;

/// <summary>An object and where it is stored.</summary>
/// <param name="Object">Itself.</param>
/// <param name="Place">Where.</param>
/// <param name="LinkPlaces">Where each of its links is.</param>
/// <param name="Chain">How many differences must be applied to read it; 0 when it is stored whole.</param>
sealed record StoredObject(VersionObject Object, ObjectPlace Place, ImmutableArray<ObjectPlace> LinkPlaces, int Chain);

/// <summary>A root and everything under it, each with its place: what the next version is packed against.</summary>
public sealed class StoredTree
{
    readonly Dictionary<ContentHash, StoredObject> _byHash = [];

    internal StoredTree(StoredObject root, Func<ObjectPlace, StoredObject> at)
    {
        Stored = root;
        Collect(root, at);
    }

    public VersionObject Root => Stored.Object;

    internal StoredObject Stored { get; }

    internal IEnumerable<StoredObject> Objects => _byHash.Values;

    internal bool TryFind(ContentHash hash, [NotNullWhen(true)] out StoredObject? stored) => _byHash.TryGetValue(hash, out stored);

    void Collect(StoredObject stored, Func<ObjectPlace, StoredObject> at)
    {
        if (!_byHash.TryAdd(stored.Object.Hash, stored)) return;
        foreach (var link in stored.LinkPlaces) Collect(at(link), at);
    }
}
