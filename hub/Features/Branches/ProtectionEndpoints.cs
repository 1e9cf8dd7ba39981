using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Checks;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Branches;

/// <summary>What a branch asks: seen by all who see it, set by whoever may protect branches. Nobody passes it by, admins neither.</summary>
public static partial class ProtectionEndpoints
{
    public static void MapProtection(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Branches");
        group.MapGet(HubRoutes.Protection, ShowAsync).RequirePermission(Permission.ProjectRead);
        group.MapPut(HubRoutes.Protection, SetAsync).RequirePermission(Permission.BranchProtect);
        group.MapDelete(HubRoutes.Protection, RemoveAsync).RequirePermission(Permission.BranchProtect);
    }

    /// <summary>One answer for all that a push must not do, early or late.</summary>
    public static ProblemHttpResult PushProblem(string branch) => Problems.Of(
        StatusCodes.Status403Forbidden,
        ProblemCodes.BranchProtected,
        "This branch is protected",
        $"{branch} takes nothing by push: push to another branch, and open a cut request into {branch}.");

    static async Task<Results<Ok<ProtectionResponse>, StatusCodeHttpResult, ProblemHttpResult>> ShowAsync(
        string project, string branch, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await ProtectionStore.FindAsync(tx, branch, ct) is not { } found) return NotProtected(branch);
        return EntityTags.IsHeld(context, TagOf(found))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(found.ToResponse());
    }

    static async Task<Results<Ok<ProtectionResponse>, ProblemHttpResult>> SetAsync(
        string project,
        string branch,
        SetProtectionRequest request,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<BranchProtection> logger,
        CancellationToken ct)
    {
        if (ProtectionRules.WhyNot(request) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.LockAsync(tx, branch, ct) is not { } locked) return Problems.NotFound();
        if (EntityTags.WhyNot(http, TagOf(await ProtectionStore.FindAsync(tx, branch, ct))) is { } changed) return changed;
        if (await WhyNotMergersAsync(tx, request, ct) is { } nobody) return Problems.Invalid(nobody);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var protection = new BranchProtection(
            locked.Name,
            request.Approvals,
            [.. (request.Checks ?? []).Distinct(StringComparer.Ordinal)],
            [.. (request.MergeRoles ?? []).Distinct(StringComparer.Ordinal)],
            [.. (request.MergePeople ?? []).Distinct()],
            request.DirectPush,
            member.DisplayName,
            at);
        await ProtectionStore.PutAsync(tx, protection, member.UserId, ct);
        await MergeQueueStore.WakeBranchAsync(tx, locked.Name, member.UserId, ct);
        if (!protection.Checks.IsEmpty) await CheckQueue.SettingsChangedAsync(tx, locked.Name, member.UserId, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, BranchProtection.ToEvent(locked.Name, isProtected: true));
        await tx.CommitAsync(ct);
        LogSet(logger, member.OrganizationSlug, project, branch, true, member.UserId);
        return TypedResults.Ok(protection.ToResponse());
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string project,
        string branch,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<BranchProtection> logger,
        CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.LockAsync(tx, branch, ct) is not { } locked) return Problems.NotFound();
        if (EntityTags.WhyNot(http, TagOf(await ProtectionStore.FindAsync(tx, branch, ct))) is { } changed) return changed;
        if (!await ProtectionStore.RemoveAsync(tx, branch, ct)) return NotProtected(branch);
        await MergeQueueStore.WakeBranchAsync(tx, locked.Name, member.UserId, ct);
        await EventStore.AppendAsync(tx, member.UserId, clock.GetUtcNow(), ct, BranchProtection.ToEvent(locked.Name, isProtected: false));
        await tx.CommitAsync(ct);
        LogSet(logger, member.OrganizationSlug, project, branch, false, member.UserId);
        return TypedResults.NoContent();
    }

    static async Task<string?> WhyNotMergersAsync(ProjectTransaction tx, SetProtectionRequest request, CancellationToken ct)
    {
        foreach (var role in request.MergeRoles ?? [])
        {
            if (await RoleStore.FindAsync(tx.Tenant, tx.Organization, role, ct) is null) return $"mergeRoles: there is no role '{role}'.";
        }

        foreach (var person in request.MergePeople ?? [])
        {
            if (await MemberStore.FindRoleAsync(tx, person, ct) is null) return $"mergePeople: {person} is not in the organization.";
        }

        return null;
    }

    static ProblemHttpResult NotProtected(string branch) => Problems.NotFound($"The branch '{branch}' is not there, or asks nothing of what comes into it.");

    static string TagOf(BranchProtection? protection) => protection is null
        ? EntityTags.Of("none")
        : EntityTags.Of(
            protection.SetAt.ToString("O"),
            string.Join(' ', protection.Checks),
            string.Join(' ', protection.MergeRoles),
            string.Join(' ', protection.MergePeople),
            $"{protection.Approvals} {protection.DirectPush}");

    [LoggerMessage(Level = LogLevel.Information, Message = "Branch {Organization}/{Project}/{Branch} protected: {Protected}, set by {By}")]
    static partial void LogSet(ILogger logger, string organization, string project, string branch, bool @protected, Guid by);
}
