using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Features.Guests;

/// <summary>
/// Lets guests in where their link leads: to routes that <see cref="GuestRoutes"/> has, in the one project, and there to what the
/// link names. Everything else does not exist for them.
/// </summary>
public sealed class GuestHandler(GuestStore guests, TenantDatabase database) : AuthorizationHandler<MemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MemberRequirement requirement)
    {
        if (context.Resource is not HttpContext http) return;
        if (http.GetEndpoint() is not RouteEndpoint route || route.Metadata.GetMetadata<NeededPermission>() is not { Permission: var needed }) return;
        if (http.Features.Get<Credential>() is not { Kind: CredentialKind.Guest, GuestOf: { } organization, UserId: var user }) return;

        var ct = http.RequestAborted;
        if (await guests.FindAsync(organization, user, ct) is not { } pass) return;
        if (http.GetRouteValue("organization") as string != pass.OrganizationSlug || http.GetRouteValue("project") as string != pass.ProjectSlug) return;
        var reach = (pass.Branch, pass.CutRequest) switch
        {
            ({ }, _) => GuestReach.Branch,
            (_, { }) => GuestReach.CutRequest,
            _ => GuestReach.Project,
        };
        if (!GuestRoutes.Of(route.RoutePattern.RawText).HasFlag(reach)) return;
        if (reach is not GuestReach.Project && !await IsNamedAsync(pass, http, ct)) return;
        if (!pass.Permissions.Contains(needed))
        {
            http.Features.Set(new MissingPermission(needed));
            return;
        }

        http.Features.Set(pass.ToMembership());
        context.Succeed(requirement);
    }

    async Task<bool> IsNamedAsync(GuestPass pass, HttpContext http, CancellationToken ct)
    {
        var asked = GuestQuestion.Of(http);
        if (asked.Branch is { } branch && branch != pass.Branch) return false;
        if (asked.CutRequest is { } number && number != pass.CutRequest) return false;
        if (asked.Versions is []) return true;
        await using var tx = new ProjectTransaction(
            await database.BeginForGuestAsync(pass.OrganizationId, pass.Scope, ct), pass.OrganizationId, pass.ProjectId);
        return await GuestVersions.AreNamedAsync(tx, pass, asked, ct);
    }
}
