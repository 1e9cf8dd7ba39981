using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Guests;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

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
        HttpContext context, Credential credential, SessionStore sessions, OrganizationStore organizations, GuestStore guests, CancellationToken ct)
    {
        var id = credential.UserId;
        if (await sessions.FindUserAsync(id, ct) is not { } user) return Problems.NotSignedIn();
        var antiForgery = context.Features.Get<CookieSession>()?.AntiForgery ?? "";
        if (credential.GuestOf is { } organization)
        {
            return await guests.FindAsync(organization, id, ct) is { } pass
                ? TypedResults.Ok(new SessionResponse(user, [], antiForgery, pass.ToResponse()))
                : Problems.NotSignedIn();
        }

        return TypedResults.Ok(new SessionResponse(user, await organizations.ListAsync(id, ct), antiForgery));
    }

    static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> SignInAsync(
        SignInRequest request,
        HttpContext context,
        SessionStore sessions,
        OrganizationStore organizations,
        SignIn signIn,
        AttemptLimit attempts,
        CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Email) || string.IsNullOrEmpty(request.Password))
        {
            return Problems.Invalid("Give email and password.");
        }

        if (attempts.Take(context, request.Email.ToLowerInvariant()) is { } wait) return Problems.SlowDown(context, wait);
        switch (await signIn.ProveAsync(request.Email, request.Password, request.Code, ct))
        {
            case SignInResult.Proven(var person):
                var user = new UserResponse(person.Id, person.DisplayName, person.Email);
                return TypedResults.Ok(await OpenAsync(context, user, sessions, organizations, ct));
            case SignInResult.CodeNeeded:
                return CodeNeeded();
            default:
                return WrongCredentials();
        }
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

    internal static ProblemHttpResult CodeNeeded() => Problems.Of(
        StatusCodes.Status401Unauthorized, ProblemCodes.CodeNeeded, "A code is needed",
        "Send the same again with code: what the authenticator app shows, or a recovery code.");

    internal static ProblemHttpResult WrongCredentials() => Problems.Of(
        StatusCodes.Status401Unauthorized, ProblemCodes.WrongCredentials, "Not signed in",
        "The e-mail or the password is wrong, or the code; after ten wrong ones an account rests for a quarter of an hour.");
}
