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
/// Sends a branch. As long as the hub is where it was last seen, that is one request: the versions since, and the head to move
/// to. What the hub answers otherwise says what to ask. Doing it again is harmless and sends what is missing.
/// </summary>
internal sealed class Push(IHubConnection hub, WorkingCopy copy, Output output)
{
    /// <summary>A branch that moves while it is pushed to moves again; after so many times a person is told.</summary>
    const int MostAttempts = 3;

    /// <summary>The caller holds the working copy's sync lock.</summary>
    public async Task<PushResult> BranchAsync(string branch, CancellationToken ct)
    {
        var project = (await copy.ReadConfigAsync(ct)).Address;
        var refs = await copy.Refs.ReadAsync(ct);
        if (refs.Head(branch) is not { } head) return new PushResult.Empty();
        var backlog = new Backlog(hub, project, copy, output, head);
        backlog.TakeAsThere(refs.Hub.Values);

        var there = refs.HubHead(branch);
        if (!await LeadsToAsync(there, head, ct)) there = await AskAsync(project, branch, head, refs, ct);
        for (var attempt = 1; ; attempt++)
        {
            if (await StandingAsync(branch, head, there, ct) is { } settled) return settled;
            if (there is not null) backlog.TakeAsThere([there]);
            try
            {
                var sent = await backlog.SendAsync(branch, there, ct);
                return await SettledAsync(branch, sent.Head, sent, ct);
            }
            catch (HubProblemException stale) when (stale.Code == ProblemCodes.BranchStale)
            {
                there = stale.ActualHead ?? (await hub.GetBranchAsync(project, branch, ct)).Head;
                if (there == head) return await SettledAsync(branch, head, new PushResult.Pushed(head, backlog.Sent), ct);
                if (attempt == MostAttempts) return new PushResult.Stale(there ?? "");
            }
            catch (HubProblemException lacking) when (lacking.Code == ProblemCodes.MissingObject && attempt < MostAttempts)
            {
                there = await backlog.AskWhatIsThereAsync(branch, ct);
            }
            catch (HubProblemException gone) when (gone.Code == ProblemCodes.NotFound && attempt < MostAttempts)
            {
                backlog.TakeNothingAsThere();
                there = await AskAsync(project, branch, head, RefsFile.Empty, ct);
            }
        }
    }

    async Task<bool> LeadsToAsync(string? there, string head, CancellationToken ct)
    {
        if (there is null || there == head || !copy.Versions.Contains(there)) return false;
        return (await copy.Graph.RelateAsync(head, there, ct)) is { OnlyFirst.Count: > 0, OnlySecond.Count: 0 };
    }

    /// <summary>What is to be told without sending anything; null when there is something to send.</summary>
    async Task<PushResult?> StandingAsync(string branch, string head, string? there, CancellationToken ct)
    {
        if (there is null) return null;
        if (there == head) return await SettledAsync(branch, head, new PushResult.UpToDate(head), ct);
        if (!copy.Versions.Contains(there)) return new PushResult.Stale(there);
        var relation = await copy.Graph.RelateAsync(head, there, ct);
        if (relation.OnlyFirst.Count == 0) return await SettledAsync(branch, there, new PushResult.Behind(there), ct);
        return relation.OnlySecond.Count > 0 ? new PushResult.Stale(there) : null;
    }

    async Task<string?> AskAsync(ProjectAddress project, string branch, string head, RefsFile refs, CancellationToken ct) =>
        (await HubProject.BranchAsync(hub, project, branch, ct) ?? await MakeBranchAsync(project, branch, head, refs, ct)).Head;

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
