using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

public static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(HubRoutes.Session, GetAsync).RequireAuthorization(Policies.SignedIn);
        routes.MapPost(HubRoutes.Session, SignInAsync).AllowAnonymous();
        routes.MapDelete(HubRoutes.Session, SignOutAsync).RequireAuthorization(Policies.SignedIn);
    }

    static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> GetAsync(
        HttpContext context, SessionStore sessions, OrganizationStore organizations, CancellationToken ct)
    {
        if (SignedInUser.IdOf(context.User) is not { } id) return Problems.NotSignedIn();
        if (await sessions.FindUserAsync(id, ct) is not { } user) return Problems.NotSignedIn();
        var antiForgery = context.Features.Get<CookieSession>()?.AntiForgery ?? "";
        return TypedResults.Ok(new SessionResponse(user, await organizations.ListAsync(id, ct), antiForgery));
    }

    static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> SignInAsync(
        SignInRequest request,
        HttpContext context,
        SessionStore sessions,
        OrganizationStore organizations,
        Passwords passwords,
        AttemptLimit attempts,
        CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Email) || string.IsNullOrEmpty(request.Password))
        {
            return Problems.Invalid("Give email and password.");
        }

        if (attempts.Take(context, request.Email.ToLowerInvariant()) is { } wait) return Problems.SlowDown(context, wait);
        if (request.Password.Length > Passwords.Longest) return WrongCredentials();

        var account = await sessions.FindAccountAsync(request.Email, ct);
        var verified = passwords.Verify(account?.PasswordHash, request.Password);
        if (account is null || verified is PasswordVerificationResult.Failed) return WrongCredentials();
        if (verified is PasswordVerificationResult.SuccessRehashNeeded)
        {
            await sessions.UpdatePasswordHashAsync(account.Id, passwords.Hash(request.Password), ct);
        }

        if (await sessions.FindUserAsync(account.Id, ct) is not { } user) return WrongCredentials();
        return TypedResults.Ok(await OpenAsync(context, user, sessions, organizations, ct));
    }

    static async Task<NoContent> SignOutAsync(
        HttpContext context, Credential credential, AccessStore access, CancellationToken ct)
    {
        await access.RevokeAsync(credential.UserId, credential.Id, ct);
        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }

    /// <summary>Starts a browser session for somebody who has just proved who they are.</summary>
    internal static async Task<SessionResponse> OpenAsync(
        HttpContext context, UserResponse user, SessionStore sessions, OrganizationStore organizations, CancellationToken ct)
    {
        var session = await sessions.OpenAsync(user.Id, context.Request.Headers.UserAgent.ToString(), ct);
        SessionCookie.Set(context, session.Secret, session.ExpiresAt);
        return new SessionResponse(user, await organizations.ListAsync(user.Id, ct), AntiForgery.TokenOf(session.Secret));
    }

    static ProblemHttpResult WrongCredentials() => Problems.Of(
        StatusCodes.Status401Unauthorized, ProblemCodes.WrongCredentials, "Not signed in", "The e-mail or the password is wrong.");
}
