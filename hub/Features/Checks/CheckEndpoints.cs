using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;
using CineGit.Hub.Platform.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Checks;

/// <summary>What checks say of a version; asking for them again; and what other systems say.</summary>
public static partial class CheckEndpoints
{
    public static IServiceCollection AddChecks(this IServiceCollection services) => services.AddSingleton<IJobHandler, ChecksJob>();

    public static IEndpointRouteBuilder MapChecks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Checks");
        group.MapGet(HubRoutes.Checks, ListAsync).RequirePermission(Permission.ProjectRead);
        group.MapPost(HubRoutes.Checks, RunAsync).RequirePermission(Permission.CheckRun);
        group.MapPost(HubRoutes.Check, ReportAsync).RequirePermission(Permission.CheckReport);
        group.MapGet(HubRoutes.CheckSettings, SettingsAsync).RequirePermission(Permission.ProjectRead);
        group.MapPut(HubRoutes.CheckSettings, SetAsync).RequirePermission(Permission.ProjectManage);
        return routes;
    }

    static async Task<Results<Ok<ChecksResponse>, ProblemHttpResult>> ListAsync(
        string project, string version, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        var waiting = await JobStore.WaitingAsync(tx, CheckQueue.Kind, found.Id + " ", ct);
        var results = await CheckStore.ListAsync(tx, found.Id, ct);
        return TypedResults.Ok(new ChecksResponse(found.Id, waiting.Count > 0, [.. results.Select(result => result.ToResponse())]));
    }

    static async Task<Results<Accepted, ProblemHttpResult>> RunAsync(
        string project, string version, RunChecksRequest request, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (request.Branch is not null && BranchRules.WhyNotName(request.Branch) is { } why) return Problems.Invalid("branch: " + why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        if (request.Branch is { } branch && await BranchStore.FindAsync(tx, branch, ct) is null) return NoSuchBranch(branch);
        await CheckQueue.AskAsync(tx, found.Id, request.Branch ?? "", member.UserId, ct);
        await tx.CommitAsync(ct);
        return TypedResults.Accepted(uri: (string?)null);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> ReportAsync(
        string project,
        string version,
        string check,
        ReportCheckRequest request,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<CheckResult> logger,
        CancellationToken ct)
    {
        if (CheckRules.WhyNot(check, request) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        var at = clock.GetUtcNow();
        await CheckStore.PutAsync(tx, found.Id, check, request, member.UserId, at, ct);
        await MergeQueueStore.WakeVersionAsync(tx, found.Id, member.UserId, ct);
        await EventStore.AppendAsync(
            tx, member.UserId, at, ct, CheckEvents.Completed(found.Id, "", [check], request.State == CheckStates.Failed ? [check] : []));
        await tx.CommitAsync(ct);
        LogReported(logger, member.OrganizationSlug, project, found.Id, check, request.State, member.UserId);
        return TypedResults.NoContent();
    }

    static async Task<Results<Ok<IReadOnlyList<CheckSettings>>, StatusCodeHttpResult, ProblemHttpResult>> SettingsAsync(
        string project, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var settings = await CheckStore.AllSettingsAsync(tx, ct);
        return EntityTags.IsHeld(context, TagOf(settings)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(settings);
    }

    static string TagOf(IReadOnlyList<CheckSettings> settings) => EntityTags.OfAnswer(settings, HubJson.Default.IReadOnlyListCheckSettings);

    static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        string project, CheckSettings request, HttpRequest http, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (CheckRules.WhyNot(request) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (request.Branch is { } branch && await BranchStore.FindAsync(tx, branch, ct) is null) return NoSuchBranch(branch);
        await ProjectStore.LockAsync(tx, ct);
        if (http.Headers.IfMatch.Count > 0 && EntityTags.WhyNot(http, TagOf(await CheckStore.AllSettingsAsync(tx, ct))) is { } changed) return changed;
        await CheckStore.SetAsync(tx, request, ct);
        await CheckQueue.SettingsChangedAsync(tx, request.Branch, member.UserId, ct);
        await tx.CommitAsync(ct);
        return TypedResults.NoContent();
    }

    static ProblemHttpResult NoSuchBranch(string branch) => Problems.NotFound($"There is no branch '{branch}' in this project.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Check {Check} of {Organization}/{Project} {Version} is {State}, reported by {User}")]
    static partial void LogReported(ILogger logger, string organization, string project, string version, string check, string state, Guid user);
}
