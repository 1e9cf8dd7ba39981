using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Organizations;

public static partial class RoleEndpoints
{
    public static void MapRoles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Members");
        group.MapGet(HubRoutes.Roles, ListAsync).RequirePermission(Permission.MemberRead);
        group.MapPut(HubRoutes.Role, PutAsync).RequirePermission(Permission.RoleManage);
        group.MapDelete(HubRoutes.Role, RemoveAsync).RequirePermission(Permission.RoleManage);
    }

    public static ProblemHttpResult NoSuchRole(string role) =>
        Problems.Invalid($"There is no role '{role}'; choose {string.Join(", ", PermissionTable.BuiltInRoles)} or one of the organization's own.");

    static async Task<Results<Ok<IReadOnlyList<RoleResponse>>, StatusCodeHttpResult>> ListAsync(
        HttpContext context, Membership member, TenantDatabase database, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        var roles = await AllAsync(tx, member.OrganizationId, ct);
        return EntityTags.IsHeld(context, TagOf(roles)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(roles);
    }

    static async Task<IReadOnlyList<RoleResponse>> AllAsync(TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        var builtIn = PermissionTable.BuiltInRoles
            .Select(name => new RoleResponse(name, BuiltIn: true, [.. (PermissionTable.OfRole(name) ?? default).Names]))
            .OrderByDescending(role => role.Permissions.Count);
        return [.. builtIn, .. await RoleStore.ListOwnAsync(tx, organization, ct)];
    }

    static string TagOf(IReadOnlyList<RoleResponse> roles) => EntityTags.OfAnswer(roles, HubJson.Default.IReadOnlyListRoleResponse);

    /// <summary>Holds all roles; the refusal of a caller who has not seen them as they are.</summary>
    static async Task<ProblemHttpResult?> WhyNotSeenAsync(HttpRequest http, TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        await OrganizationStore.LockAsync(tx, organization, ct);
        return http.Headers.IfMatch.Count == 0 ? null : EntityTags.WhyNot(http, TagOf(await AllAsync(tx, organization, ct)));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        string role,
        SetRoleRequest request,
        HttpRequest http,
        Membership member,
        TenantDatabase database,
        TimeProvider clock,
        ILogger<Membership> logger,
        CancellationToken ct)
    {
        if (PermissionTable.OfRole(role) is not null) return Problems.Invalid($"'{role}' is a built-in role; choose another name.");
        if (ProjectRules.WhyNotSlug(role) is { } wrongName) return Problems.Invalid("role: " + wrongName);
        if (request.Permissions is null) return Problems.Invalid("permissions is missing; give a list of names, which may be empty.");
        if (request.Permissions.FirstOrDefault(name => name is null || PermissionTable.Find(name) is null) is { } unknown)
        {
            return Problems.Invalid($"There is no permission '{unknown}'.");
        }

        var permissions = PermissionSet.Named(request.Permissions);
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        if (await WhyNotSeenAsync(http, tx, member.OrganizationId, ct) is { } changed) return changed;
        var present = await RoleStore.FindAsync(tx, member.OrganizationId, role, ct) ?? default;
        if (GrantRules.WhyNot(member.Permissions, permissions.Or(present)) is { } why) return Problems.NotAllowed(why);
        await RoleStore.PutAsync(tx, member.OrganizationId, role, permissions, clock.GetUtcNow(), ct);
        await MemberStore.TouchAllAsync(tx, member.OrganizationId, ct);
        await tx.CommitAsync(ct);
        LogPut(logger, member.OrganizationSlug, role, member.UserId);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string role, HttpRequest http, Membership member, TenantDatabase database, ILogger<Membership> logger, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        if (await WhyNotSeenAsync(http, tx, member.OrganizationId, ct) is { } changed) return changed;
        if (PermissionTable.OfRole(role) is not null || await RoleStore.FindAsync(tx, member.OrganizationId, role, ct) is not { } present)
        {
            return Problems.NotFound($"The organization has no role '{role}' of its own.");
        }

        if (GrantRules.WhyNot(member.Permissions, present) is { } why) return Problems.NotAllowed(why);
        if (!await RoleStore.RemoveAsync(tx, member.OrganizationId, role, ct))
        {
            return Problems.Conflict(ProblemCodes.RoleInUse, $"Somebody has the role '{role}'; give them another first.");
        }

        await tx.CommitAsync(ct);
        LogRemoved(logger, member.OrganizationSlug, role, member.UserId);
        return TypedResults.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Role {Role} of {Organization} set by {By}")]
    static partial void LogPut(ILogger logger, string organization, string role, Guid by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Role {Role} of {Organization} removed by {By}")]
    static partial void LogRemoved(ILogger logger, string organization, string role, Guid by);
}
