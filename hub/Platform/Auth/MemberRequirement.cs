using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Platform.Auth;

public sealed class MemberRequirement : IAuthorizationRequirement;

/// <summary>On a request whose person sees the place but may not do this there.</summary>
public sealed record MissingPermission(Permission Permission);

/// <summary>On a request of an agent that may not work in the organization.</summary>
public sealed record MissingSeat(Seat Seat);

/// <summary>
/// Finds what the person may do in the route's <c>{organization}</c> and <c>{project}</c>, asks for the permission that the route
/// names, and leaves the membership on the request for the handler. Guests are let in by their links.
/// </summary>
public sealed class MemberHandler(MembershipStore memberships, SeatStore seats) : AuthorizationHandler<MemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MemberRequirement requirement)
    {
        if (context.Resource is not HttpContext http) return;
        if (http.GetEndpoint()?.Metadata.GetMetadata<NeededPermission>() is not { Permission: var needed }) return;
        if (http.GetRouteValue("organization") is not string slug) return;
        var credential = http.Features.Get<Credential>();
        if (SignedInUser.IdOf(context.User) is not { } user || credential is { Kind: CredentialKind.Guest }) return;

        var project = http.GetRouteValue("project") as string;
        var membership = await memberships.FindAsync(user, slug, project, http.RequestAborted);
        if (membership is null) return;
        var allowed = credential?.Scopes is { } scopes ? membership.Permissions.And(scopes) : membership.Permissions;
        if (allowed.Contains(needed))
        {
            if (credential is { Kind: CredentialKind.Agent }
                && await seats.TakeAsync(membership.OrganizationId, credential, http.RequestAborted) is not Seat.Taken and var seat)
            {
                http.Features.Set(new MissingSeat(seat));
                return;
            }

            http.Features.Set(membership with { Permissions = allowed });
            context.Succeed(requirement);
            return;
        }

        var sees = project is null ? Permission.OrganizationRead : Permission.ProjectRead;
        if (membership.Permissions.Contains(sees)) http.Features.Set(new MissingPermission(needed));
    }
}
