using System.Security.Claims;
using System.Text.Encodings.Web;
using CineGit.Contracts.Hub;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// Three ways in, one look-up each: the browser's session cookie, an agent's bearer token, and a script's. All are opaque, so
/// ending one takes effect with the next request.
/// </summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenStore tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "cinegit";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (now, ct) = (TimeProvider.GetUtcNow(), Context.RequestAborted);
        if (BearerToken.Of(Request) is { } token)
        {
            var hash = Secret.HashOf(token);
            return Answer(PersonalToken.IsOne(token)
                ? await tokens.FindPersonalTokenAsync(hash, now, ct)
                : await tokens.FindAccessTokenAsync(hash, now, ct));
        }

        if (Request.Cookies[SessionCookie.Name] is not { Length: > 0 } cookie) return AuthenticateResult.NoResult();
        var result = Answer(await tokens.FindSessionAsync(Secret.HashOf(cookie), now, ct));
        if (result.Succeeded) Context.Features.Set(new CookieSession(AntiForgery.TokenOf(cookie)));
        return result;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.NotSignedIn().ExecuteAsync(Context);
    }

    /// <summary>Whoever sees the place learns what they lack; everybody else only that there is nothing.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => WhyForbidden().ExecuteAsync(Context);

    ProblemHttpResult WhyForbidden()
    {
        if (Context.Features.Get<MissingPermission>() is { Permission: var missing })
        {
            return Problems.NotAllowed($"This needs the permission {PermissionTable.NameOf(missing)}; ask somebody who manages the members.");
        }

        if (Context.Features.Get<MissingSeat>() is { Seat: var seat })
        {
            return Problems.Of(
                StatusCodes.Status403Forbidden, ProblemCodes.NoSeat, "This machine has no seat",
                seat is Seat.Revoked
                    ? "An admin of the organization has sent this machine away; ask them, then pair it again."
                    : "All seats for machines are taken; ask an admin of the organization for another.");
        }

        return Context.Features.Get<InPersonOnly>() is null
            ? Problems.NotFound()
            : Problems.NotAllowed("A token or a guest may not do this; sign in with a browser.");
    }

    AuthenticateResult Answer(Credential? credential)
    {
        if (credential is null) return AuthenticateResult.Fail("The session or token is unknown or has ended.");
        Context.Features.Set(credential);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, credential.UserId.ToString())], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
