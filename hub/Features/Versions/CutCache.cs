using CineGit.Hub.Platform.Database;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using Microsoft.Extensions.Caching.Memory;

namespace CineGit.Hub.Features.Versions;

/// <summary>
/// Cuts that were read lately. Versions never change, so nothing here goes stale. Organization and project are part of the key:
/// who may not read a version may not find its cut here.
/// </summary>
public sealed class CutCache(TreeCache trees) : IDisposable
{
    /// <summary>Bytes of the objects of all cuts held; read, they take many times as much memory.</summary>
    const long Capacity = 16L << 20;

    /// <summary>What comes when all is full is not held; so much is made free then.</summary>
    const double MadeFree = 0.25;

    readonly MemoryCache _cuts = new(new MemoryCacheOptions { SizeLimit = Capacity, CompactionPercentage = MadeFree });

    /// <summary>The cut of a version that the hub has taken, which therefore was readable.</summary>
    public async Task<Sequence> OfVersionAsync(ProjectTransaction tx, StoredVersion version, CancellationToken ct)
    {
        var key = KeyOf(tx, version.Id);
        if (_cuts.TryGetValue<Sequence>(key, out var held) && held is not null) return held;
        var tree = await trees.CutAsync(tx, version, ct);
        if (CutRules.Read(tree.Root) is not CutReading.Readable readable)
        {
            throw new CorruptObjectException($"the cut of version {version.Id} was taken, but is none");
        }

        Keep(tx, version.Id, readable);
        return readable.Sequence;
    }

    /// <summary>Holds the cut of a version that is stored, as if it had been read.</summary>
    public void Keep(ProjectTransaction tx, string version, CutReading.Readable readable) =>
        _cuts.Set(KeyOf(tx, version), readable.Sequence, new MemoryCacheEntryOptions { Size = readable.Bytes });

    public void Dispose() => _cuts.Dispose();

    static (Guid Organization, Guid Project, string Version) KeyOf(ProjectTransaction tx, string version) =>
        (tx.Organization, tx.Project, version);
}
