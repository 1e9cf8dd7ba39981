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
        services.AddSingleton<TokenStore>().AddSingleton<SeatStore>();
        services.AddSingleton<IAuthorizationHandler, MemberHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.InPerson, policy => policy.RequireAuthenticatedUser().RequireAssertion(IsInPerson))
            .AddPolicy(Policies.Member, policy => policy.RequireAuthenticatedUser().AddRequirements(new MemberRequirement()))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(IsNoRoute).Build());
        return services;
    }

    static bool IsInPerson(AuthorizationHandlerContext context)
    {
        if (context.Resource is not HttpContext http || http.Features.Get<Credential>() is not { Kind: var kind }) return false;
        if (kind is not CredentialKind.Browser) http.Features.Set(new InPersonOnly());
        return kind is CredentialKind.Browser;
    }

    /// <summary>A route without a policy is refused; that there is no route, or none for this method, may be said to anybody.</summary>
    static bool IsNoRoute(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint;
}

/// <summary>On a request whose token is good, but not for this.</summary>
public sealed record InPersonOnly;
