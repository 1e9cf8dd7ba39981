using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Events;
using Microsoft.AspNetCore.Http.HttpResults;
using CutRequestAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<CineGit.Contracts.Hub.CutRequestResponse>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Turns to be merged: one after the other, each onto what the one before left.</summary>
public static class MergeQueueEndpoints
{
    public static void MapMergeQueue(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Cut requests");
        group.MapGet(HubRoutes.MergeQueue, ListAsync).RequirePermission(Permission.ProjectRead);
        group.MapPost(HubRoutes.QueueEntry, QueueAsync).RequirePermission(Permission.CutRequestMerge);
        group.MapDelete(HubRoutes.QueueEntry, LeaveAsync).RequirePermission(Permission.CutRequestMerge);
    }

    static async Task<Results<Ok<MergeQueueResponse>, ProblemHttpResult>> ListAsync(
        string project, string branch, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.FindAsync(tx, branch, ct) is not { } found) return Problems.NotFound();
        var entries = (await MergeQueueStore.ListAsync(tx, found.Name, ct)).ToLookup(entry => entry.State == QueueStates.Waiting, entry => entry.ToResponse());
        return TypedResults.Ok(new MergeQueueResponse(found.Name, [.. entries[true]], [.. entries[false]]));
    }

    /// <summary>Refuses what no waiting would help; what only has to be checked waits for that.</summary>
    static async Task<CutRequestAnswer> QueueAsync(
        string project,
        int number,
        QueueCutRequestRequest request,
        Membership member,
        ProjectAccess projects,
        CutRequestPages pages,
        TimeProvider clock,
        CancellationToken ct)
    {
        if (!PushRules.IsHash(request.ExpectedSource)) return Problems.Invalid("expectedSource must be the source's head as you saw it, 64 hexadecimal digits.");
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.LockAsync(tx, number, ct) is not { } found) return Problems.NotFound();
        if (CutRequestView.WhyEnded(found) is { } ended) return CutRequestEndpoints.EndedProblem(ended);
        if (CutRequestView.WhyDraft(found) is { } draft) return Problems.Conflict(ProblemCodes.CutRequestDraft, draft);
        var page = await pages.OpenAsync(tx, found, member, ct);
        if (page.Standing.SourceHead != request.ExpectedSource) return VersionEndpoints.StaleProblem(found.SourceBranch, page.Standing.SourceHead);
        if (page.Standing.OpenConflicts > 0) return CutRequestEndpoints.ConflictsProblem(page.Standing.OpenConflicts);
        if (page.Missing.Any(lack => !lack.IsPassing)) return CutRequestEndpoints.BlockedProblem([.. page.Missing.Select(lack => lack.Words)]);
        var at = clock.GetUtcNow();
        if (!await MergeQueueStore.AddAsync(tx, found, request.ExpectedSource, member.UserId, member.DisplayName, at, ct)) return TypedResults.Ok(page.View());
        var queued = await pages.ReopenAsync(tx, number, member, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, found.ToEvent(EventNames.CutRequestQueued));
        await tx.CommitAsync(ct);
        return TypedResults.Ok(queued.View());
    }

    static async Task<CutRequestAnswer> LeaveAsync(
        string project, int number, Membership member, ProjectAccess projects, CutRequestPages pages, TimeProvider clock, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.LockAsync(tx, number, ct) is not { } found) return Problems.NotFound();
        var (at, why) = (clock.GetUtcNow(), $"{member.DisplayName} took it out.");
        if (!await MergeQueueStore.EndAsync(tx, number, QueueStates.Left, why, at, ct)) return Problems.NotFound("It does not wait to be merged.");
        var page = await pages.ReopenAsync(tx, number, member, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, found.ToLeftQueueEvent(why));
        await tx.CommitAsync(ct);
        return TypedResults.Ok(page.View());
    }
}
