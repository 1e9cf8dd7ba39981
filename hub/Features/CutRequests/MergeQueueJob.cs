using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Jobs;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>
/// Gives the cut request whose turn it is to the merge, onto the head as it is then, in the name of whoever queued it. One
/// transaction has the merge, the end of the turn and of the job: a node that dies leaves everything as it was.
/// </summary>
public sealed partial class MergeQueueJob(
    CutRequestMerge merge, MembershipStore memberships, TimeProvider clock, ILogger<MergeQueueJob> logger) : IJobHandler
{
    public string Kind => MergeQueueStore.Kind;

    public async Task RunAsync(ProjectTransaction tx, Job job, CancellationToken ct)
    {
        if (await MergeQueueStore.NextAsync(tx, job.Key, ct) is not { } next)
        {
            if (await JobStore.DoneAsync(tx, job, ct)) await tx.CommitAsync(ct);
            return;
        }

        // In this order everywhere: the request, its target, its turn, jobs, events.
        var request = await CutRequestStore.LockAsync(tx, next.Number, ct)
            ?? throw new InvalidOperationException($"Cut request {next.Number} waits to be merged and is not there.");
        var target = await BranchStore.LockAsync(tx, request.TargetBranch, ct);
        var at = clock.GetUtcNow();
        var isTurn = await MergeQueueStore.EndAsync(tx, next.Number, QueueStates.Merged, "", at, ct);

        // Asked for again before it is done, the job looks at the next one afterwards.
        await JobStore.EnqueueAsync(tx, Kind, [job.Key], job.CausedBy, ct);
        if (!await JobStore.DoneAsync(tx, job, ct)) return;
        if (isTurn) await TryAsync(tx, request, next, target?.Head, at, ct);
        await tx.CommitAsync(ct);
    }

    /// <summary>The turn that failed is over, so that the next has its own.</summary>
    public async Task GiveUpAsync(ProjectTransaction tx, Job job, CancellationToken ct)
    {
        if (await MergeQueueStore.NextAsync(tx, job.Key, ct) is not { } next) return;
        if (await CutRequestStore.LockAsync(tx, next.Number, ct) is not { } request) return;
        var at = clock.GetUtcNow();
        const string why = "The hub failed at merging it; merge it by hand, or look into the hub's log.";
        if (!await MergeQueueStore.EndAsync(tx, next.Number, QueueStates.Left, why, at, ct)) return;
        await JobStore.EnqueueAsync(tx, Kind, [job.Key], job.CausedBy, ct);
        await EventStore.AppendAsync(tx, next.QueuedBy, at, ct, request.ToLeftQueueEvent(why));
    }

    async Task TryAsync(ProjectTransaction tx, CutRequest request, QueueEntry turn, string? targetHead, DateTimeOffset at, CancellationToken ct)
    {
        var outcome = targetHead is null
            ? new MergeOutcome.Apart($"The branch {request.TargetBranch} has no versions yet.")
            : await MergeAsync(tx, turn, new(turn.SourceHead, targetHead), ct);
        if (outcome is MergeOutcome.Merged(var version))
        {
            LogMerged(logger, turn.Number, version, request.TargetBranch);
            return;
        }

        await MergeQueueStore.ReturnAsync(tx, turn.Entry, ct);
        if (outcome is MergeOutcome.Blocked { IsPassing: true })
        {
            await MergeQueueStore.HoldAsync(tx, turn.Number, WhyNot(outcome), ct);
            return;
        }

        var why = WhyNot(outcome);
        await MergeQueueStore.EndAsync(tx, turn.Number, QueueStates.Left, why, at, ct);
        await EventStore.AppendAsync(tx, turn.QueuedBy, at, ct, request.ToLeftQueueEvent(why));
        LogLeft(logger, turn.Number, request.TargetBranch, why);
    }

    /// <summary>What the person may do is asked anew: they may have left since.</summary>
    async Task<MergeOutcome> MergeAsync(ProjectTransaction tx, QueueEntry turn, MergeCutRequestRequest expected, CancellationToken ct)
    {
        var (organization, project) = await ProjectStore.AddressAsync(tx, ct);
        var member = await memberships.FindAsync(turn.QueuedBy, organization, project, ct);
        return member?.Permissions.Contains(Permission.CutRequestMerge) is true
            ? await merge.MergeAsync(tx, member, turn.Number, expected, ct)
            : new MergeOutcome.Ended($"{turn.QueuedByName}, who queued it, may not merge here any more.");
    }

    static string WhyNot(MergeOutcome outcome) => outcome switch
    {
        MergeOutcome.Ended(var why) => why,
        MergeOutcome.Draft(var why) => why,
        MergeOutcome.Apart(var why) => why,
        MergeOutcome.Contained(var why) => why,
        MergeOutcome.Stale(var branch, _) => $"{branch} moved on while it waited; look at what is new, and queue it again.",
        MergeOutcome.Blocked(var missing, _) => string.Join(' ', missing),
        MergeOutcome.ConflictsOpen(1) => "One conflict is open; choose an answer for it, and queue it again.",
        MergeOutcome.ConflictsOpen(var open) => $"{open} conflicts are open; choose an answer for each, and queue it again.",
        _ => "It is not there any more.",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut request #{Number} merged as {Version} into {Branch}, as its turn came")]
    static partial void LogMerged(ILogger logger, int number, string version, string branch);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut request #{Number} left the queue of {Branch}: {Why}")]
    static partial void LogLeft(ILogger logger, int number, string branch, string why);
}
