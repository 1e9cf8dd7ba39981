using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Terminal;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Sync;

/// <summary>
/// The versions that lead to a head and that the hub does not have, sent parents first. A long one goes up in parts; only the
/// last moves the branch, and a line that drops costs one part.
/// </summary>
internal sealed class Backlog(IHubConnection hub, ProjectAddress project, WorkingCopy copy, Output output, string head)
{
    const long PartBytes = 4 * 1024 * 1024;

    /// <summary>Besides its packs: record and lengths.</summary>
    const int VersionBytes = 700;

    readonly HashSet<string> _there = new(StringComparer.Ordinal);
    bool _wasAsked;

    /// <summary>How many versions arrived.</summary>
    public int Sent { get; private set; }

    /// <summary>The hub has these, and what leads to them.</summary>
    public void TakeAsThere(IEnumerable<string> versions) => _there.UnionWith(versions.Where(copy.Versions.Contains));

    public void TakeNothingAsThere() => _there.Clear();

    /// <summary>Forgets what was believed, and gives the branch's head on the hub; null when it has none.</summary>
    public async Task<string?> AskWhatIsThereAsync(string branch, CancellationToken ct)
    {
        _there.Clear();
        var answer = await NegotiateAsync([], ct);
        return answer.Branches.FirstOrDefault(b => b.Name == branch)?.Head;
    }

    /// <param name="branch">The branch to move.</param>
    /// <param name="expected">Where it is on the hub.</param>
    /// <param name="ct">Stops between two parts, or in one.</param>
    public async Task<PushResult.Pushed> SendAsync(string branch, string? expected, CancellationToken ct)
    {
        var parts = await PartsAsync(ct);
        if (parts.Count > 1 && !_wasAsked)
        {
            await NegotiateAsync([.. parts.Select(p => p[^1].Id)], ct);
            parts = await PartsAsync(ct);
        }

        var answer = new PushResponse(null);
        await output.WithProgressAsync("Sending", parts.Sum(p => p.Count), async step =>
        {
            foreach (var part in parts)
            {
                var request = part == parts[^1] ? new PushRequest(branch, expected, head) : new PushRequest(null, null, null);
                answer = await hub.PushAsync(project, request, await ReadAsync(part, ct), ct);
                Sent += part.Count;
                foreach (var version in part)
                {
                    _there.Add(version.Id);
                    step();
                }
            }
        });
        return new(answer.Head ?? head, Sent);
    }

    async Task<NegotiateResponse> NegotiateAsync(IReadOnlyList<string> partEnds, CancellationToken ct)
    {
        var answer = await hub.NegotiateAsync(project, new(await new Haves(copy).LeadingToAsync(head, partEnds, ct)), ct);
        _wasAsked = true;
        TakeAsThere(answer.Common);
        return answer;
    }

    /// <summary>At least one, which is empty when the hub has everything and only the branch is to be moved.</summary>
    async Task<IReadOnlyList<IReadOnlyList<KnownVersion>>> PartsAsync(CancellationToken ct)
    {
        List<List<KnownVersion>> parts = [[]];
        var room = PartBytes;
        foreach (var version in await copy.Graph.LackingAsync(head, _there, ct))
        {
            var length = copy.Shelf.LengthOf(version) + VersionBytes;
            if (length > room && parts[^1].Count > 0)
            {
                parts.Add([]);
                room = PartBytes;
            }

            parts[^1].Add(version);
            room -= length;
        }

        return parts;
    }

    async Task<IReadOnlyList<PackedVersion>> ReadAsync(IReadOnlyList<KnownVersion> part, CancellationToken ct)
    {
        List<PackedVersion> versions = [];
        foreach (var version in part) versions.Add(await copy.Shelf.ReadAsync(version, ct));
        return versions;
    }
}
