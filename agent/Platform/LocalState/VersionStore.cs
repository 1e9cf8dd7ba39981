using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>A version as it is kept here.</summary>
/// <param name="Record">What its id is the hash of.</param>
/// <param name="Generation">1 for a first version, else one more than its highest parent's.</param>
internal sealed record StoredVersion(VersionRecord Record, int Generation);

/// <summary>A version with its id.</summary>
internal sealed record KnownVersion(string Id, VersionRecord Record, int Generation);

/// <summary>Versions by id: <c>versions/ID.json</c>. What is read has the id it was asked by.</summary>
internal sealed class VersionStore(string folder)
{
    public const int ShortestPrefix = 6;

    public bool Contains(string id) => File.Exists(PathOf(id));

    /// <summary>Keeps a version whose parents are all here.</summary>
    public async Task<KnownVersion> PutAsync(VersionRecord record, CancellationToken ct)
    {
        var id = VersionIdentity.IdOf(record);
        var generation = 1;
        foreach (var parent in record.Parents)
            generation = Math.Max(generation, (await GetAsync(parent, ct)).Generation + 1);
        if (!Contains(id))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(new StoredVersion(record, generation), LocalJson.Default.StoredVersion);
            await AtomicFile.WriteAsync(PathOf(id), bytes, ct);
        }

        return new(id, record, generation);
    }

    /// <exception cref="LocalStateException">It is not here, or it was altered.</exception>
    public async Task<KnownVersion> GetAsync(string id, CancellationToken ct)
    {
        var path = PathOf(id);
        if (!File.Exists(path))
            throw new LocalStateException(LocalProblem.Damaged, $"The version {id} is missing from {folder}; run: cinegit pull, which fetches it again from the hub.");
        var stored = LocalJson.Read(path, await File.ReadAllBytesAsync(path, ct), LocalJson.Default.StoredVersion);
        if (VersionIdentity.IdOf(stored.Record) != id)
            throw new LocalStateException(LocalProblem.Damaged, $"The version file {path} is damaged (its content does not have the id in its name); delete that file and run: cinegit pull, which fetches it again from the hub.");
        return new(id, stored.Record, stored.Generation);
    }

    /// <summary>Every id that starts with these hexadecimal digits, in order.</summary>
    public IReadOnlyList<string> StartingWith(string prefix)
    {
        if (prefix.Length is < ShortestPrefix or > 64 || !prefix.All(char.IsAsciiHexDigit)) return [];
        return
        [
            .. Directory.EnumerateFiles(folder, prefix.ToLowerInvariant() + "*.json")
                .Select(f => Path.GetFileNameWithoutExtension(f))
                .Where(id => ContentHash.TryParse(id, out _))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Every version that is kept here, in no order.</summary>
    public async IAsyncEnumerable<KnownVersion> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            if (ContentHash.TryParse(id, out _)) yield return await GetAsync(id, ct);
        }
    }

    string PathOf(string id) => Path.Combine(folder, id + ".json");
}
