using System.Collections.Concurrent;
using CineGit.Timeline.Objects;

namespace CineGit.TestKit.Objects;

/// <summary>Packs in memory, each with the version it is of.</summary>
public sealed class MemoryPackStore : IPackStore
{
    readonly ConcurrentDictionary<PackId, (string Version, ReadOnlyMemory<byte> Bytes)> _packs = [];

    /// <exception cref="InvalidOperationException">Another version's pack has this id.</exception>
    public void Add(PackId id, string version, ReadOnlyMemory<byte> bytes)
    {
        if (_packs.GetOrAdd(id, (version, bytes)).Version != version)
        {
            throw new InvalidOperationException($"The pack {id} of another version than {version} is there already.");
        }
    }

    /// <summary>What a disk that lies does.</summary>
    public void Overwrite(PackId id, ReadOnlyMemory<byte> bytes) => _packs[id] = _packs[id] with { Bytes = bytes };

    public Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Pack>>(
            [.. wanted.Where(_packs.ContainsKey).Select(id => Pack.Read(id, _packs[id].Bytes))]);
    }
}
