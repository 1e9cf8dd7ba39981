using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Projects;

/// <summary>Who sees a project, and who has another role there than in the organization.</summary>
public static partial class ProjectMemberEndpoints
{
    public static void MapProjectMembers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Projects");
        group.MapGet(HubRoutes.ProjectAccess, ShowAsync).RequirePermission(Permission.ProjectRead);
        group.MapPut(HubRoutes.ProjectAccess, SetAccessAsync).RequirePermission(Permission.ProjectManage);
        group.MapPut(HubRoutes.ProjectMember, SetMemberAsync).RequirePermission(Permission.ProjectManage);
        group.MapDelete(HubRoutes.ProjectMember, RemoveMemberAsync).RequirePermission(Permission.ProjectManage);
    }

    static async Task<Results<Ok<ProjectAccessResponse>, StatusCodeHttpResult, ProblemHttpResult>> ShowAsync(
        string project, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var access = await AccessAsync(tx, ct);
        return EntityTags.IsHeld(context, TagOf(access)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(access);
    }

    static async Task<ProjectAccessResponse> AccessAsync(ProjectTransaction tx, CancellationToken ct) =>
        new(await ProjectMemberStore.IsRestrictedAsync(tx, ct), await ProjectMemberStore.ListAsync(tx, ct));

    static string TagOf(ProjectAccessResponse access) => EntityTags.OfAnswer(access, HubJson.Default.ProjectAccessResponse);

    /// <summary>Holds who sees the project; the refusal of a caller who has not seen that as it is.</summary>
    static async Task<ProblemHttpResult?> WhyNotSeenAsync(HttpRequest http, ProjectTransaction tx, CancellationToken ct)
    {
        await ProjectStore.LockAsync(tx, ct);
        return http.Headers.IfMatch.Count == 0 ? null : EntityTags.WhyNot(http, TagOf(await AccessAsync(tx, ct)));
    }

    /// <summary>Whoever restricts a project stays in it: their present role becomes one of the project's.</summary>
    static async Task<Results<NoContent, ProblemHttpResult>> SetAccessAsync(
        string project,
        ProjectAccessRequest request,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<Project> logger,
        CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (await WhyNotSeenAsync(http, tx, ct) is { } changed) return changed;
        await ProjectMemberStore.SetRestrictedAsync(tx, request.Restricted, ct);
        if (request.Restricted && await ProjectMemberStore.LockAsync(tx, member.UserId, ct) is null)
        {
            await ProjectMemberStore.PutAsync(tx, member.UserId, member.Role, clock.GetUtcNow(), ct);
        }

        await MemberStore.TouchAllAsync(tx.Tenant, tx.Organization, ct);
        await tx.CommitAsync(ct);
        LogAccess(logger, member.OrganizationSlug, project, request.Restricted, member.UserId);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SetMemberAsync(
        string project,
        Guid user,
        SetMemberRequest request,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<Project> logger,
        CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Role)) return Problems.Invalid("role is missing; name a role.");
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (await WhyNotSeenAsync(http, tx, ct) is { } changed) return changed;
        if (await RoleStore.FindAsync(tx.Tenant, tx.Organization, request.Role, ct) is not { } given) return RoleEndpoints.NoSuchRole(request.Role);
        if (await WhyNotAsync(tx, member, user, given, ct) is { } refusal) return refusal;
        if (!await MemberStore.TouchAsync(tx.Tenant, tx.Organization, user, ct))
        {
            return Problems.NotFound("This person is not in the organization; invite them first.");
        }

        await ProjectMemberStore.PutAsync(tx, user, request.Role, clock.GetUtcNow(), ct);
        await tx.CommitAsync(ct);
        LogMember(logger, member.OrganizationSlug, project, user, request.Role, member.UserId);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveMemberAsync(
        string project, Guid user, HttpRequest http, Membership member, ProjectAccess projects, ILogger<Project> logger, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (await WhyNotSeenAsync(http, tx, ct) is { } changed) return changed;
        if (await ProjectMemberStore.LockAsync(tx, user, ct) is null) return Problems.NotFound();
        if (await WhyNotAsync(tx, member, user, default, ct) is { } refusal) return refusal;
        await ProjectMemberStore.RemoveAsync(tx, user, ct);
        await MemberStore.TouchAsync(tx.Tenant, tx.Organization, user, ct);
        await tx.CommitAsync(ct);
        LogMember(logger, member.OrganizationSlug, project, user, "no member", member.UserId);
        return TypedResults.NoContent();
    }

    /// <summary>Neither what is given nor what is taken may be more than the caller has here.</summary>
    static async Task<ProblemHttpResult?> WhyNotAsync(
        ProjectTransaction tx, Membership member, Guid user, PermissionSet given, CancellationToken ct)
    {
        var present = await ProjectMemberStore.LockAsync(tx, user, ct) is { } role
            ? await RoleStore.FindAsync(tx.Tenant, tx.Organization, role, ct) ?? default
            : default;
        return GrantRules.WhyNot(member.Permissions, GrantRules.InProject(given.Or(present))) is { } why ? Problems.NotAllowed(why) : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Organization}/{Project} restricted: {Restricted}, set by {By}")]
    static partial void LogAccess(ILogger logger, string organization, string project, bool restricted, Guid by);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} is {Role} in {Organization}/{Project}, set by {By}")]
    static partial void LogMember(ILogger logger, string organization, string project, Guid user, string role, Guid by);
}
