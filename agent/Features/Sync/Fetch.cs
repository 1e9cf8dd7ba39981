using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Terminal;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;

namespace CineGit.Agent.Features.Sync;

/// <summary>Brings a branch of the hub here: objects first, then versions oldest first, each checked against its hash.</summary>
internal sealed class Fetch(IHubConnection hub, WorkingCopy copy, Output output)
{
    const int AtOnce = 4;

    /// <summary>The branch's head on the hub, with everything that leads to it here; null while it has none.</summary>
    public async Task<string?> BranchAsync(ProjectAddress project, BranchResponse branch, CancellationToken ct)
    {
        if (branch.Head is not { } head) return null;
        var missing = await MissingVersionsAsync(project, branch.Name, head, ct);
        var records = missing.Select(v => v.Record).ToList();
        if (copy.Versions.Contains(head))
        {
            // Nothing to fetch but what the disk has lost since.
            await foreach (var version in copy.Graph.HistoryAsync(head, ct)) records.Add(version.Record);
        }

        await FetchObjectsAsync(project, records, ct);
        foreach (var version in missing) await copy.Versions.PutAsync(version.Record, ct);
        if (!copy.Versions.Contains(head))
            throw Refuse($"The hub's history of {branch.Name} does not lead to its head {WorkingCopy.Short(head)}");
        return head;
    }

    async Task<IReadOnlyList<(VersionRecord Record, int Generation)>> MissingVersionsAsync(
        ProjectAddress project, string branch, string head, CancellationToken ct)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        List<(VersionRecord Record, int Generation)> missing = [];
        Want(head);
        if (wanted.Count == 0) return missing;
        await foreach (var version in hub.ReadHistoryAsync(project, branch, ct))
        {
            if (!wanted.Remove(version.Id)) continue;
            var record = new VersionRecord(
                version.Parents, version.Cut, version.Native, version.NativeName, version.AuthorName, version.Message, version.CreatedAt);
            if (VersionIdentity.IdOf(record) != version.Id)
                throw Refuse($"The hub sent a version whose content does not have its id {WorkingCopy.Short(version.Id)}");
            missing.Add((record, version.Generation));
            foreach (var parent in version.Parents) Want(parent);
            if (wanted.Count == 0) break;
        }

        if (wanted.Count > 0) throw Refuse($"The hub's history of {branch} lacks the version {WorkingCopy.Short(wanted.First())}");
        return [.. missing.OrderBy(v => v.Generation)];

        void Want(string id)
        {
            if (!copy.Versions.Contains(id)) wanted.Add(id);
        }
    }

    async Task FetchObjectsAsync(ProjectAddress project, IEnumerable<VersionRecord> versions, CancellationToken ct)
    {
        List<ContentHash> lacking = [];
        foreach (var hex in versions.SelectMany(v => new[] { v.Cut, v.Native }).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!ContentHash.TryParse(hex, out var hash)) throw Refuse($"The hub sent a version that names “{hex}”, which is no content hash");
            if (!copy.Objects.Contains(hash)) lacking.Add(hash);
        }

        await output.WithProgressAsync("Fetching", lacking.Count, step => Parallel.ForEachAsync(
            lacking,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (hash, stop) =>
            {
                var bytes = await hub.GetObjectAsync(project, hash.Hex, stop);
                if (ContentHash.Of(bytes) != hash) throw Refuse($"The hub sent bytes that do not have the hash {hash}");
                await copy.Objects.PutAsync(bytes, stop);
                step();
            }));
    }

    static HubProblemException Refuse(string what) =>
        new(ProblemCodes.HashMismatch, 200, $"{what}; nothing of it was kept. Try again, and tell whoever runs the hub when it stays so.", null);
}
