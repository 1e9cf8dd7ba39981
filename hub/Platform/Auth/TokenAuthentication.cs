using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// Two ways in, one look-up each: the browser's session cookie, and an agent's bearer token. Both are opaque, so ending one
/// takes effect with the next request.
/// </summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenStore tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "cinegit";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (now, ct) = (TimeProvider.GetUtcNow(), Context.RequestAborted);
        if (BearerToken.Of(Request) is { } token) return Answer(await tokens.FindUserByAccessTokenAsync(Secret.HashOf(token), now, ct));

        if (Request.Cookies[SessionCookie.Name] is not { Length: > 0 } cookie) return AuthenticateResult.NoResult();
        var result = Answer(await tokens.FindUserBySessionAsync(Secret.HashOf(cookie), now, ct));
        if (result.Succeeded) Context.Features.Set(new CookieSession(AntiForgery.TokenOf(cookie)));
        return result;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.NotSignedIn().ExecuteAsync(Context);
    }

    /// <summary>Whoever sees the place learns what they lack; everybody else only that there is nothing.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        (Context.Features.Get<MissingPermission>() is { Permission: var missing }
            ? Problems.NotAllowed($"This needs the permission {PermissionTable.NameOf(missing)}; ask somebody who manages the members.")
            : Problems.NotFound()).ExecuteAsync(Context);

    static AuthenticateResult Answer(Guid? user)
    {
        if (user is not { } id) return AuthenticateResult.Fail("The session or token is unknown or has ended.");
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
