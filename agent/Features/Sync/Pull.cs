using System.Collections.Immutable;
using CineGit.Agent.Features.Commit;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Terminal;
using CineGit.Agent.Platform.Timelines;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Sync;

internal abstract record PullResult
{
    PullResult()
    {
    }

    /// <param name="Head">Null when neither side has a version.</param>
    /// <param name="Ahead">Versions here that the hub does not have.</param>
    internal sealed record UpToDate(string? Head, int Ahead) : PullResult;

    /// <param name="Head">The branch's head now.</param>
    /// <param name="Versions">How many came.</param>
    internal sealed record FastForwarded(string Head, int Versions) : PullResult;

    /// <param name="Head">The merge of the hub's head and ours.</param>
    /// <param name="Merge">With its notes.</param>
    internal sealed record Merged(string Head, MergeResult Merge) : PullResult;

    /// <summary>Both changed the same things; the branch is as it was.</summary>
    internal sealed record Conflicting(string HubHead, MergeResult Merge) : PullResult;

    /// <summary>The two have no version in common; the branch is as it was.</summary>
    internal sealed record Unrelated(string HubHead) : PullResult;
}

/// <summary>Takes the hub's side of a branch in.</summary>
internal sealed class Pull(IHubConnection hub, WorkingCopy copy, Output output, TimeProvider clock)
{
    /// <summary>The caller holds the working copy's sync lock.</summary>
    /// <exception cref="HubProblemException">The hub has no such branch.</exception>
    public async Task<PullResult> BranchAsync(string branch, string author, CancellationToken ct)
    {
        var project = (await copy.ReadConfigAsync(ct)).Address;
        var hubHead = await new Fetch(hub, copy, output).BranchAsync(project, branch, ct);

        using var held = await copy.LockAsync(ct);
        var refs = await copy.Refs.ReadAsync(ct);
        if (hubHead is null) return new PullResult.UpToDate(refs.Head(branch), (await copy.Graph.RelateAsync(refs.Head(branch), null, ct)).OnlyFirst.Count);
        refs = refs.WithHubHead(branch, hubHead);
        await copy.Refs.WriteAsync(refs, ct);
        var result = await TakeInAsync(branch, hubHead, refs, author, ct);
        await Settlement.SettleAsync(copy, branch, ct);
        return result;
    }

    async Task<PullResult> TakeInAsync(string branch, string hubHead, RefsFile refs, string author, CancellationToken ct)
    {
        var relation = await copy.Graph.RelateAsync(refs.Head(branch), hubHead, ct);
        if (relation.OnlySecond.Count == 0) return new PullResult.UpToDate(refs.Head(branch), relation.OnlyFirst.Count);
        if (relation.OnlyFirst.Count == 0)
        {
            await copy.Refs.WriteAsync(refs.WithHead(branch, hubHead), ct);
            return new PullResult.FastForwarded(hubHead, relation.OnlySecond.Count);
        }

        if (relation.Base is null) return new PullResult.Unrelated(hubHead);
        var target = relation.OnlySecond[^1];
        var source = relation.OnlyFirst[^1];
        var bases = ImmutableArray.CreateBuilder<Sequence>();
        foreach (var common in await copy.Graph.BestCommonAsync(target.Id, source.Id, ct)) bases.Add(await StoredCut.ReadAsync(copy, common, ct));
        var merge = ThreeWayMerge.Merge(new(
            bases[0],
            await StoredCut.ReadAsync(copy, target, ct),
            await StoredCut.ReadAsync(copy, source, ct))
        {
            OtherBases = [.. bases.Skip(1)],
            OursName = $"{branch} on the hub",
            TheirsName = $"{branch} here",
        });
        if (!merge.IsClean) return new PullResult.Conflicting(hubHead, merge);
        var version = await new CutCommit(copy, clock).CommitMergeAsync(
            branch, target, source, merge.Merged, author, $"Merge {branch} of the hub with {author}'s versions", ct);
        return new PullResult.Merged(version.Id, merge);
    }
}
