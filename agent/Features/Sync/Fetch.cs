using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Terminal;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Features.Sync;

/// <summary>
/// Brings branches of the hub here in one answer, each version checked against its hashes and kept as it arrives. An answer
/// that breaks off keeps what came whole, and whoever asks again is sent the rest.
/// </summary>
internal sealed class Fetch(IHubConnection hub, WorkingCopy copy, Output output)
{
    /// <summary>The branches with their heads on the hub, everything that leads to them being here. Null asks for all.</summary>
    /// <exception cref="HubUnreachableException">The answer broke off without bringing anything.</exception>
    public async Task<IReadOnlyList<BranchResponse>> BranchesAsync(
        ProjectAddress project, IReadOnlyList<string>? branches, CancellationToken ct)
    {
        while (true)
        {
            var kept = 0;
            try
            {
                var request = new FetchRequest(branches, await new Haves(copy).HereAsync(ct));
                var fetched = await hub.FetchAsync(project, request, ct);
                await output.WithProgressAsync("Fetching", fetched.Head.Count, async step =>
                {
                    await foreach (var version in fetched.Versions.WithCancellation(ct))
                    {
                        if (await KeepAsync(version, ct)) kept++;
                        step();
                    }
                });
                CheckHeads(fetched.Head.Branches);
                return fetched.Head.Branches;
            }
            catch (HubUnreachableException) when (kept > 0)
            {
                // It came nearer: every turn of this ends one version further on, or for good.
            }
        }
    }

    /// <summary>The branch's head on the hub, with everything that leads to it here; null while it has none.</summary>
    public async Task<string?> BranchAsync(ProjectAddress project, string branch, CancellationToken ct)
    {
        var found = (await BranchesAsync(project, [branch], ct)).FirstOrDefault(b => b.Name == branch);
        return found is not null
            ? found.Head
            : throw new HubProblemException(ProblemCodes.NotFound, 404, $"The hub has no branch {branch} in {project.Organization}/{project.Project}; see which there are with: cinegit branch", null);
    }

    async Task<bool> KeepAsync(PackedVersion version, CancellationToken ct)
    {
        try
        {
            return await copy.Shelf.ReceiveAsync(version, ct);
        }
        catch (CorruptObjectException e)
        {
            throw Refuse($"The hub sent a version that does not hold ({e.Message.TrimEnd('.')})");
        }
    }

    void CheckHeads(IReadOnlyList<BranchResponse> branches)
    {
        foreach (var branch in branches)
        {
            if (branch.Head is { } head && !copy.Versions.Contains(head))
                throw Refuse($"What the hub sent of {branch.Name} does not lead to its head {WorkingCopy.Short(head)}");
        }
    }

    static HubProblemException Refuse(string what) =>
        new(ProblemCodes.InvalidCut, 200, $"{what}; it was not kept. Try again, and tell whoever runs the hub when it stays so.", null);
}
