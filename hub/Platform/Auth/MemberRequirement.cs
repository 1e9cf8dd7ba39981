using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Platform.Auth;

public sealed class MemberRequirement : IAuthorizationRequirement;

/// <summary>Finds the membership for the route's <c>{organization}</c> and leaves it on the request for the handler.</summary>
public sealed class MemberHandler(MembershipStore memberships) : AuthorizationHandler<MemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MemberRequirement requirement)
    {
        if (context.Resource is not HttpContext http) return;
        if (http.GetRouteValue("organization") is not string slug) return;
        if (SignedInUser.IdOf(context.User) is not { } user) return;

        var membership = await memberships.FindAsync(user, slug, http.RequestAborted);
        if (membership is null) return;
        http.Features.Set(membership);
        context.Succeed(requirement);
    }
}
