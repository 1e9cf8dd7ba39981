using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Terminal;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Sync;

internal abstract record PushResult
{
    PushResult()
    {
    }

    /// <param name="Head">The branch's head on the hub now.</param>
    /// <param name="Versions">How many were sent.</param>
    internal sealed record Pushed(string Head, int Versions) : PushResult;

    internal sealed record UpToDate(string Head) : PushResult;

    /// <summary>The hub has all that is here, and more.</summary>
    internal sealed record Behind(string HubHead) : PushResult;

    /// <summary>The branch moved on the hub; nothing was changed there.</summary>
    internal sealed record Stale(string HubHead) : PushResult;

    /// <summary>There is no version to push.</summary>
    internal sealed record Empty : PushResult;
}

/// <summary>
/// Sends a branch: the objects that the hub lacks, then one conditional move of its head. Whatever breaks off, doing it
/// again sends only what is still missing, and a move that had arrived is seen as done.
/// </summary>
internal sealed class Push(IHubConnection hub, WorkingCopy copy, Output output)
{
    const int AtOnce = 4;

    /// <summary>The caller holds the working copy's sync lock.</summary>
    public async Task<PushResult> BranchAsync(string branch, CancellationToken ct)
    {
        var project = (await copy.ReadConfigAsync(ct)).Address;
        var refs = await copy.Refs.ReadAsync(ct);
        if (refs.Head(branch) is not { } head) return new PushResult.Empty();

        var there = await HubProject.BranchAsync(hub, project, branch, ct) ?? await MakeBranchAsync(project, branch, head, refs, ct);
        if (there.Head == head) return await SettledAsync(branch, head, new PushResult.UpToDate(head), ct);
        if (there.Head is { } unknown && !copy.Versions.Contains(unknown)) return new PushResult.Stale(unknown);
        var relation = await copy.Graph.RelateAsync(head, there.Head, ct);
        if (there.Head is { } ahead && relation.OnlyFirst.Count == 0) return await SettledAsync(branch, ahead, new PushResult.Behind(ahead), ct);
        if (there.Head is { } moved && relation.OnlySecond.Count > 0) return new PushResult.Stale(moved);

        await SendObjectsAsync(project, relation.OnlyFirst, ct);
        try
        {
            var answer = await hub.PushAsync(project, branch, new(there.Head, [.. relation.OnlyFirst.Select(v => v.Record)]), ct);
            return await SettledAsync(branch, answer.Head, new PushResult.Pushed(answer.Head, relation.OnlyFirst.Count), ct);
        }
        catch (HubProblemException stale) when (stale.Code == ProblemCodes.BranchStale)
        {
            var actual = stale.ActualHead ?? (await hub.GetBranchAsync(project, branch, ct)).Head ?? "";
            return actual == head
                ? await SettledAsync(branch, head, new PushResult.Pushed(head, relation.OnlyFirst.Count), ct)
                : new PushResult.Stale(actual);
        }
    }

    /// <summary>The new branch starts at the youngest version that the hub is known to have, so its head is never null for long.</summary>
    async Task<BranchResponse> MakeBranchAsync(ProjectAddress project, string branch, string head, RefsFile refs, CancellationToken ct)
    {
        await HubProject.EnsureAsync(hub, project, ct);
        var start = await YoungestOnHubAsync(head, refs, ct);
        try
        {
            return await hub.CreateBranchAsync(project, new(branch, start), ct);
        }
        catch (HubProblemException taken) when (taken.Code == ProblemCodes.NameTaken)
        {
            return await hub.GetBranchAsync(project, branch, ct);
        }
    }

    async Task<string?> YoungestOnHubAsync(string head, RefsFile refs, CancellationToken ct)
    {
        KnownVersion? youngest = null;
        foreach (var known in refs.Hub.Values.Distinct(StringComparer.Ordinal).Where(copy.Versions.Contains))
        {
            var shared = (await copy.Graph.RelateAsync(head, known, ct)).Base;
            if (shared is not null && (youngest is null || shared.Generation > youngest.Generation)) youngest = shared;
        }

        return youngest?.Id;
    }

    async Task SendObjectsAsync(ProjectAddress project, IEnumerable<KnownVersion> versions, CancellationToken ct)
    {
        var hashes = versions.SelectMany(v => new[] { v.Record.Cut, v.Record.Native }).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        await output.WithProgressAsync("Sending", hashes.Count, step => Parallel.ForEachAsync(
            hashes,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (hash, stop) =>
            {
                if (!await hub.HasObjectAsync(project, hash, stop))
                    await hub.PutObjectAsync(project, hash, await copy.ReadObjectAsync(hash, stop), stop);
                step();
            }));
    }

    /// <summary>
    /// Notes where the hub is. Commits that were made meanwhile stay pending: the branch is settled only when its head is
    /// what the hub has.
    /// </summary>
    async Task<PushResult> SettledAsync(string branch, string hubHead, PushResult result, CancellationToken ct)
    {
        using var held = await copy.LockAsync(ct);
        var refs = await copy.Refs.ReadAsync(ct);
        if (refs.HubHead(branch) != hubHead) await copy.Refs.WriteAsync(refs.WithHubHead(branch, hubHead), ct);
        await Settlement.SettleAsync(copy, branch, ct);
        return result;
    }
}
