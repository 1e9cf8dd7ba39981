using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Platform.Auth;

public static class HubAuth
{
    public static IServiceCollection AddHubAuth(this IServiceCollection services)
    {
        services.AddAuthentication(TokenAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        services.AddSingleton<MembershipStore>();
        services.AddSingleton<TokenStore>();
        services.AddSingleton<IAuthorizationHandler, MemberHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Member, policy => policy.RequireAuthenticatedUser().AddRequirements(new MemberRequirement()))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(IsNoRoute).Build());
        return services;
    }

    /// <summary>A route without a policy is refused; that there is no route, or none for this method, may be said to anybody.</summary>
    static bool IsNoRoute(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint;
}
