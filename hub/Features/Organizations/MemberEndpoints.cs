using CineGit.Contracts.Hub;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Organizations;

public static partial class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Members");
        group.MapGet(HubRoutes.Members, ListAsync).RequirePermission(Permission.MemberRead);
        group.MapPut(HubRoutes.Member, SetAsync).RequirePermission(Permission.MemberManage);
        group.MapDelete(HubRoutes.Member, RemoveAsync).RequirePermission(Permission.MemberManage);
    }

    static async Task<Results<Ok<IReadOnlyList<MemberResponse>>, StatusCodeHttpResult>> ListAsync(
        HttpContext context, Membership member, TenantDatabase database, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        var members = await MemberStore.ListAsync(tx, member.OrganizationId, ct);
        return EntityTags.IsHeld(context, TagOf(members)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(members);
    }

    static string TagOf(IReadOnlyList<MemberResponse> members) => EntityTags.OfAnswer(members, HubJson.Default.IReadOnlyListMemberResponse);

    /// <summary>Holds all members; the refusal of a caller who has not seen them as they are.</summary>
    static async Task<ProblemHttpResult?> WhyNotSeenAsync(HttpRequest http, TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        await OrganizationStore.LockAsync(tx, organization, ct);
        return http.Headers.IfMatch.Count == 0 ? null : EntityTags.WhyNot(http, TagOf(await MemberStore.ListAsync(tx, organization, ct)));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        Guid user, SetMemberRequest request, HttpRequest http, Membership member, TenantDatabase database, ILogger<Membership> logger, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Role)) return Problems.Invalid("role is missing; name a role.");
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        if (await WhyNotSeenAsync(http, tx, member.OrganizationId, ct) is { } changed) return changed;
        if (await RoleStore.FindAsync(tx, member.OrganizationId, request.Role, ct) is not { } given) return RoleEndpoints.NoSuchRole(request.Role);
        if (await WhyNotAsync(tx, member, user, ct) is { } refusal) return refusal;
        if (GrantRules.WhyNot(member.Permissions, given) is { } why) return Problems.NotAllowed(why);
        if (request.Role != Roles.Admin && await IsLastAdminAsync(tx, member, user, ct)) return LastAdmin();

        await MemberStore.SetRoleAsync(tx, member.OrganizationId, user, request.Role, ct);
        await tx.CommitAsync(ct);
        LogSet(logger, member.OrganizationSlug, user, request.Role, member.UserId);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid user, HttpRequest http, Membership member, TenantDatabase database, ILogger<Membership> logger, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        if (await WhyNotSeenAsync(http, tx, member.OrganizationId, ct) is { } changed) return changed;
        if (await WhyNotAsync(tx, member, user, ct) is { } refusal) return refusal;
        if (await IsLastAdminAsync(tx, member, user, ct)) return LastAdmin();

        await MemberStore.RemoveAsync(tx, member.OrganizationId, user, ct);
        await tx.CommitAsync(ct);
        LogRemoved(logger, member.OrganizationSlug, user, member.UserId);
        return TypedResults.NoContent();
    }

    /// <summary>Whoever has more than the caller is not the caller's to change.</summary>
    static async Task<ProblemHttpResult?> WhyNotAsync(TenantTransaction tx, Membership member, Guid user, CancellationToken ct)
    {
        if (await MemberStore.LockAsync(tx, member.OrganizationId, user, ct) is not { } role) return Problems.NotFound();
        var present = await RoleStore.FindAsync(tx, member.OrganizationId, role, ct) ?? default;
        return GrantRules.WhyNot(member.Permissions, present) is { } why ? Problems.NotAllowed(why) : null;
    }

    static async Task<bool> IsLastAdminAsync(TenantTransaction tx, Membership member, Guid user, CancellationToken ct) =>
        await MemberStore.LockAsync(tx, member.OrganizationId, user, ct) is Roles.Admin
        && !await MemberStore.IsOtherAdminAsync(tx, member.OrganizationId, user, ct);

    static ProblemHttpResult LastAdmin() =>
        Problems.Conflict(ProblemCodes.LastAdmin, "This is the organization's last admin; make somebody else one first.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} is {Role} in {Organization}, set by {By}")]
    static partial void LogSet(ILogger logger, string organization, Guid user, string role, Guid by);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} is no longer in {Organization}, removed by {By}")]
    static partial void LogRemoved(ILogger logger, string organization, Guid user, Guid by);
}
