using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Checks;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;
using CineGit.Hub.Platform.Jobs;
using CineGit.Timeline.Merge;
using Microsoft.AspNetCore.Http.HttpResults;
using CutRequestAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<CineGit.Contracts.Hub.CutRequestResponse>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace CineGit.Hub.Features.CutRequests;

public static partial class CutRequestEndpoints
{
    public static IServiceCollection AddCutRequests(this IServiceCollection services) =>
        services.AddSingleton<ComparisonCache>().AddSingleton<Standings>().AddSingleton<CutRequestPages>().AddSingleton<CutRequestMerge>()
            .AddSingleton<CutRequestChange>().AddSingleton<IJobHandler, StandingJob>().AddSingleton<IJobHandler, MergeQueueJob>();

    public static IEndpointRouteBuilder MapCutRequests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Cut requests");
        group.MapGet(HubRoutes.CutRequests, ListAsync).RequirePermission(Permission.ProjectRead);
        group.MapPost(HubRoutes.CutRequests, CreateAsync).RequirePermission(Permission.CutRequestCreate);
        group.MapGet(HubRoutes.CutRequest, ShowAsync).RequirePermission(Permission.ProjectRead);
        group.MapPut(HubRoutes.CutRequest, UpdateAsync).RequirePermission(Permission.CutRequestCreate);
        group.MapPut(HubRoutes.Resolution, ResolveAsync).RequirePermission(Permission.CutRequestAnswer);
        group.MapDelete(HubRoutes.Resolution, UnresolveAsync).RequirePermission(Permission.CutRequestAnswer);
        group.MapGet(HubRoutes.Outcomes, OutcomesAsync).RequirePermission(Permission.ProjectRead);
        group.MapPost(HubRoutes.Merge, MergeAsync).RequirePermission(Permission.CutRequestMerge);
        group.MapPost(HubRoutes.Close, CloseAsync).RequirePermission(Permission.CutRequestClose);
        routes.MapReviews();
        routes.MapMergeQueue();
        return routes;
    }

    /// <summary>All of them, or a page with <c>?limit=</c>; the header Link then names the next page.</summary>
    static async Task<Results<Ok<IReadOnlyList<CutRequestSummary>>, ProblemHttpResult>> ListAsync(
        string project, string? cursor, int? limit, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (limit is < 1 or > PageLink.Largest) return Problems.Invalid($"limit {limit} is not between 1 and {PageLink.Largest}.");
        if (!PageLink.TryParse(cursor, out var before)) return Problems.Invalid("cursor is none of ours; follow the header Link of the page before.");
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var requests = await CutRequestStore.ListAsync(tx, before, limit, ct);
        if (requests.Count == limit && requests[^1].Number > 1) PageLink.Add(context, requests[^1].Number, requests.Count);
        return TypedResults.Ok<IReadOnlyList<CutRequestSummary>>([.. requests.Select(request => request.ToSummary())]);
    }

    static async Task<Results<Created<CutRequestResponse>, ProblemHttpResult>> CreateAsync(
        string project,
        CreateCutRequestRequest request,
        Membership member,
        ProjectAccess projects,
        CutRequestPages pages,
        TimeProvider clock,
        ILogger<CutRequest> logger,
        CancellationToken ct)
    {
        if (CutRequestRules.WhyNot(request) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var source = await BranchStore.FindAsync(tx, request.SourceBranch, ct);
        if (source is null) return NoSuchBranch(request.SourceBranch);
        if (await BranchStore.FindAsync(tx, request.TargetBranch, ct) is null) return NoSuchBranch(request.TargetBranch);

        var at = clock.GetUtcNow();
        var number = await CutRequestStore.AddAsync(tx, request, member.UserId, member.DisplayName, at, ct);
        if (source.Head is { } head) await CheckQueue.AskAsync(tx, head, request.TargetBranch, member.UserId, ct);
        var created = await pages.ReopenAsync(tx, number, member, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, created.Request.ToEvent(EventNames.CutRequestCreated));
        await tx.CommitAsync(ct);
        LogCreated(logger, member.OrganizationSlug, project, number, member.UserId);
        return TypedResults.Created(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{HubRoutes.Api}/organizations/{member.OrganizationSlug}/projects/{project}/cut-requests/{number}"),
            created.View());
    }

    static async Task<Results<Ok<CutRequestResponse>, StatusCodeHttpResult, ProblemHttpResult>> ShowAsync(
        string project, int number, HttpContext context, Membership member, ProjectAccess projects, CutRequestPages pages, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.FindAsync(tx, number, ct) is not { } request) return Problems.NotFound();
        var page = await pages.OpenAsync(tx, request, member, ct);
        return EntityTags.IsHeld(context, page.Tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(page.View());
    }

    static async Task<CutRequestAnswer> UpdateAsync(
        string project, int number, UpdateCutRequestRequest request, HttpRequest http, Membership member, CutRequestChange change, CancellationToken ct)
    {
        if (CutRequestRules.WhyNotWords(request.Title, request.Description) is { } why) return Problems.Invalid(why);
        return await change.MakeAsync(
            member,
            http,
            project,
            number,
            EventNames.CutRequestChanged,
            (tx, _, _) => CutRequestStore.UpdateAsync(tx, number, request.Title.Trim(), request.Description ?? "", request.Draft, ct),
            ct);
    }

    static async Task<CutRequestAnswer> ResolveAsync(
        string project,
        int number,
        string conflict,
        ResolveRequest request,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        CutRequestPages pages,
        TimeProvider clock,
        CancellationToken ct)
    {
        if (CutRequestRules.ChoiceOf(request.Choice) is not { } choice)
        {
            return Problems.Invalid($"choice '{request.Choice}' answers no conflict; send one that the conflict offers.");
        }

        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.LockAsync(tx, number, ct) is not { } found) return Problems.NotFound();
        if (CutRequestView.WhyEnded(found) is { } ended) return EndedProblem(ended);
        var page = await pages.OpenAsync(tx, found, member, ct);
        if (EntityTags.WhyNotBeginning(http, page.Deeds) is { } changed) return changed;
        var asked = (page.Standing as Standing.Compared)?.Merge.Conflicts.FirstOrDefault(each => each.Id.Value == conflict);
        if (asked is null) return NoSuchConflict();
        if (asked.Offers.All(offer => offer.Choice != choice))
        {
            return Problems.Invalid($"'{request.Choice}' is not offered for this conflict; choose {Offered(asked.Offers.Select(offer => offer.Choice))}.");
        }

        if (asked.WhyNot(choice, request.Value) is { } why) return Problems.Invalid("value: " + why);
        var at = clock.GetUtcNow();
        await AnswerStore.PutAsync(tx, number, new Resolution(asked.Id, choice, request.Value), member.UserId, member.DisplayName, at, ct);
        var answered = await pages.ReopenAsync(tx, number, member, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, found.ToEvent(EventNames.CutRequestResolved));
        await tx.CommitAsync(ct);
        return TypedResults.Ok(answered.View());
    }

    static Task<CutRequestAnswer> UnresolveAsync(
        string project, int number, string conflict, HttpRequest http, Membership member, CutRequestChange change, CancellationToken ct) =>
        change.MakeAsync(
        member, http, project, number, EventNames.CutRequestResolved, (tx, _, _) => AnswerStore.DeleteAsync(tx, number, conflict, ct), ct);

    static async Task<Results<Ok<OutcomesResponse>, ProblemHttpResult>> OutcomesAsync(
        string project, int number, string conflict, Membership member, ProjectAccess projects, Standings standings, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.FindAsync(tx, number, ct) is not { } request) return Problems.NotFound();
        var standing = await standings.FindAsync(tx, request, await AnswerStore.ListAsync(tx, number, ct), ct) as Standing.Compared;
        return standing?.Merge.Conflicts.FirstOrDefault(each => each.Id.Value == conflict) is { } asked
            ? TypedResults.Ok(Outcomes.Of(standing.Asked, asked))
            : NoSuchConflict();
    }

    static ProblemHttpResult NoSuchConflict() =>
        Problems.NotFound("This cut request does not have that conflict, or no longer; load it again and answer what is open.");

    static async Task<Results<Ok<MergeCutRequestResponse>, ProblemHttpResult>> MergeAsync(
        string project,
        int number,
        MergeCutRequestRequest request,
        Membership member,
        CutRequestMerge merge,
        ILogger<CutRequestMerge> logger,
        CancellationToken ct)
    {
        if (!PushRules.IsHash(request.ExpectedSource) || !PushRules.IsHash(request.ExpectedTarget))
        {
            return Problems.Invalid("expectedSource and expectedTarget must be the two heads as you saw them, 64 hexadecimal digits each.");
        }

        switch (await merge.MergeAsync(member, project, number, request, ct))
        {
            case MergeOutcome.Merged(var version):
                LogMerged(logger, member.OrganizationSlug, project, number, version, member.UserId);
                return TypedResults.Ok(new MergeCutRequestResponse(version));
            case MergeOutcome.Ended(var why):
                return EndedProblem(why);
            case MergeOutcome.Draft(var why):
                return Problems.Conflict(ProblemCodes.CutRequestDraft, why);
            case MergeOutcome.Blocked(var missing, _):
                return BlockedProblem([.. missing]);
            case MergeOutcome.Stale(var branch, var actual):
                return VersionEndpoints.StaleProblem(branch, actual);
            case MergeOutcome.Apart(var why):
                return Problems.Unprocessable(ProblemCodes.Unrelated, why);
            case MergeOutcome.Contained(var why):
                return Problems.Conflict(ProblemCodes.NothingToMerge, why);
            case MergeOutcome.ConflictsOpen(var count):
                return ConflictsProblem(count);
            default:
                return Problems.NotFound();
        }
    }

    static async Task<CutRequestAnswer> CloseAsync(
        string project,
        int number,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        CutRequestPages pages,
        TimeProvider clock,
        ILogger<CutRequest> logger,
        CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.LockAsync(tx, number, ct) is not { } found) return Problems.NotFound();
        if (CutRequestView.WhyEnded(found) is { } ended) return EndedProblem(ended);
        var page = await pages.OpenAsync(tx, found, member, ct);
        if (EntityTags.WhyNotBeginning(http, page.Deeds) is { } changed) return changed;
        var standing = page.Standing;
        var end = new CutRequestEnd(
            CutRequestStates.Closed, standing.SourceHead, standing.TargetHead, null, member.UserId, member.DisplayName, clock.GetUtcNow());
        await CutRequestStore.EndAsync(tx, number, end, ct);
        await MergeQueueStore.EndAsync(tx, number, QueueStates.Left, "It was closed.", end.At, ct);
        var closed = await pages.ReopenAsync(tx, number, member, ct);
        await EventStore.AppendAsync(tx, member.UserId, end.At, ct, closed.Request.ToEvent(EventNames.CutRequestClosed));
        await tx.CommitAsync(ct);
        LogClosed(logger, member.OrganizationSlug, project, number, member.UserId);
        return TypedResults.Ok(closed.View());
    }

    /// <summary>The one answer for a cut request that nothing can change any more.</summary>
    public static ProblemHttpResult EndedProblem(string why) => Problems.Conflict(ProblemCodes.CutRequestEnded, $"{why} Nothing about it changes any more.");

    public static ProblemHttpResult BlockedProblem(string[] missing) =>
        Problems.Conflict(ProblemCodes.MergeBlocked, string.Join(' ', missing), ("missing", missing));

    public static ProblemHttpResult ConflictsProblem(int count) => Problems.Conflict(
        ProblemCodes.ConflictsOpen,
        $"{count} of its conflicts {(count == 1 ? "is" : "are")} open; choose an answer for each, then merge.",
        ("openConflicts", count));

    static ProblemHttpResult NoSuchBranch(string branch) =>
        Problems.NotFound($"There is no branch '{branch}' in this project; create it, or choose another.");

    static string Offered(IEnumerable<Choice> choices) => string.Join(" or ", choices.Select(CutRequestRules.WordOf));

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut request {Organization}/{Project}#{Number} opened by {User}")]
    static partial void LogCreated(ILogger logger, string organization, string project, int number, Guid user);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut request {Organization}/{Project}#{Number} merged as {Version} by {User}")]
    static partial void LogMerged(ILogger logger, string organization, string project, int number, string version, Guid user);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut request {Organization}/{Project}#{Number} closed by {User}")]
    static partial void LogClosed(ILogger logger, string organization, string project, int number, Guid user);
}
