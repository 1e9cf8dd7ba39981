using CineGit.Hub.Platform.Database;
using CineGit.Timeline.Model;
using Microsoft.Extensions.Caching.Memory;

namespace CineGit.Hub.Features.Versions;

/// <summary>
/// Cuts that were read lately. A cut is found by the hash of its bytes and never changes, so nothing here goes stale.
/// The project is part of the key: who may not read the object may not find it here.
/// </summary>
public sealed class CutCache : IDisposable
{
    /// <summary>Canonical bytes of all cuts held; their parsed form takes a few times as much memory.</summary>
    const long Capacity = 128L << 20;

    readonly MemoryCache _cuts = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <returns>Null when the project has no such object.</returns>
    public async Task<CutReading?> ReadAsync(ProjectTransaction tx, string hash, CancellationToken ct)
    {
        if (_cuts.TryGetValue<CutReading.Readable>((tx.Project, hash), out var held)) return held;
        await using var stored = await VersionObjectStore.ReadAsync(tx, hash, ct);
        if (stored is null) return null;
        if (stored.Size > ObjectIntake.CutLimit)
        {
            return new CutReading.Unreadable($"it has {stored.Size:N0} bytes; a cut may have {ObjectIntake.CutLimit:N0}.");
        }

        var reading = CutRules.Read(await stored.ToArrayAsync(ct));
        if (reading is CutReading.Readable readable)
        {
            _cuts.Set((tx.Project, hash), readable, new MemoryCacheEntryOptions { Size = readable.Bytes });
        }

        return reading;
    }

    /// <summary>The cut of a version that the hub has taken, which therefore was readable.</summary>
    public async Task<Sequence> OfVersionAsync(ProjectTransaction tx, StoredVersion version, CancellationToken ct) =>
        await ReadAsync(tx, version.Cut, ct) switch
        {
            CutReading.Readable readable => readable.Sequence,
            CutReading.Unreadable unreadable => throw new InvalidOperationException(
                $"The cut of version {version.Id} was taken, but cannot be read: {unreadable.Why}"),
            _ => throw new InvalidOperationException($"The cut of version {version.Id} is not in the database."),
        };

    public void Dispose() => _cuts.Dispose();
}
