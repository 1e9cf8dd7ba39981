using System.Security.Claims;
using System.Text.Encodings.Web;
using CineGit.Hub.Platform.Database;
using Dapper;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// Two ways in, one look-up each: the browser's session cookie, and an agent's bearer token. Both are opaque, so ending one
/// takes effect with the next request.
/// </summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TenantDatabase database)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "cinegit";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Of(Request) is { } token)
        {
            const string sql = """
                select d.user_id
                from device_tokens t
                join devices d on d.id = t.device_id
                where t.token_hash = @hash and t.kind = 'access' and t.expires_at > @now and d.revoked_at is null
                """;
            return await FindAsync(sql, token);
        }

        if (Request.Cookies[SessionCookie.Name] is not { Length: > 0 } cookie) return AuthenticateResult.NoResult();
        const string bySession = "select user_id from sessions where token_hash = @hash and expires_at > @now";
        var result = await FindAsync(bySession, cookie);
        if (result.Succeeded) Context.Features.Set(new CookieSession(AntiForgery.TokenOf(cookie)));
        return result;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.NotSignedIn().ExecuteAsync(Context);
    }

    /// <summary>Whoever is signed in but not let in learns only that there is nothing.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.NotFound().ExecuteAsync(Context);

    async Task<AuthenticateResult> FindAsync(string sql, string secret)
    {
        var ct = Context.RequestAborted;
        await using var transaction = await database.BeginSystemAsync(ct);
        var user = await transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            sql, new { hash = Secret.HashOf(secret), now = TimeProvider.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
        if (user is not { } id) return AuthenticateResult.Fail("The session or token is unknown or has ended.");

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
