using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Guests;

/// <summary>Coming in by a link, without an account.</summary>
public static partial class GuestEndpoints
{
    /// <summary>Goes to this one route only, and tells no more than that the browser was here.</summary>
    const string ReturnCookie = "cinegit_guest";

    public static IServiceCollection AddGuests(this IServiceCollection services) =>
        services.AddSingleton<GuestStore>().AddSingleton<GuestEntry>().AddSingleton<GuestLinkParts>()
            .AddSingleton<IAuthorizationHandler, GuestHandler>();

    public static IEndpointRouteBuilder MapGuests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Guests");
        group.MapPost(HubRoutes.GuestPreviews, PreviewAsync).AllowAnonymous();
        group.MapPost(HubRoutes.Guests, EnterAsync).AllowAnonymous();
        routes.MapGuestLinks();
        return routes;
    }

    static async Task<Results<Ok<GuestPreview>, ProblemHttpResult>> PreviewAsync(
        GuestPreviewRequest request, HttpContext context, GuestEntry entry, AttemptLimit attempts, CancellationToken ct)
    {
        if (attempts.Take(context, account: null) is { } wait) return Problems.SlowDown(context, wait);
        if (LinkSecret.Parse(request.Secret) is not { } secret || await entry.FindAsync(secret, ct) is not { } link) return Ended();
        return TypedResults.Ok(link.PassphraseHash is null
            ? new GuestPreview(false, link.OrganizationName, link.ProjectName, link.InvitedBy, link.MayComment)
            : new GuestPreview(true, null, null, null, link.MayComment));
    }

    static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> EnterAsync(
        GuestEntryRequest request,
        HttpContext context,
        GuestEntry entry,
        AttemptLimit attempts,
        ILogger<GuestEntry> logger,
        CancellationToken ct)
    {
        if (!PersonRules.IsName(request.Name)) return Problems.Invalid($"name must have 1 to {PersonRules.LongestName} characters.");
        if (LinkSecret.Parse(request.Secret) is not { } secret) return Ended();

        // Only guesses count against the link: any number of people may come by one without a passphrase.
        var account = request.Passphrase is null ? null : "guest " + Convert.ToHexString(secret.Hash);
        if (attempts.Take(context, account) is { } wait) return Problems.SlowDown(context, wait);
        var (known, browser) = (context.Request.Cookies[ReturnCookie], context.Request.Headers.UserAgent.ToString());
        switch (await entry.EnterAsync(secret, request.Name.Trim(), request.Passphrase, known, browser, ct))
        {
            case GuestEntryResult.Entered(var pass, var session, var back):
                SessionCookie.Set(context, session.Secret, session.ExpiresAt);
                if (back is not null) Remember(context, back, pass.ExpiresAt);
                LogEntered(logger, pass.UserId, pass.OrganizationSlug, pass.ProjectSlug);
                var user = new UserResponse(pass.UserId, GuestPass.ShownAs(pass.Name), "");
                return TypedResults.Ok(new SessionResponse(user, [], AntiForgery.TokenOf(session.Secret), pass.ToResponse()));
            case GuestEntryResult.Refused:
                return Problems.Of(
                    StatusCodes.Status401Unauthorized, ProblemCodes.WrongCredentials, "Not let in",
                    "The passphrase is wrong; after ten wrong ones the link rests for a quarter of an hour.");
            case GuestEntryResult.Full:
                return Problems.Conflict(ProblemCodes.LinkFull, "As many people as this link is for have come by it; ask for another.");
            default:
                return Ended();
        }
    }

    static void Remember(HttpContext context, string back, DateTimeOffset until) => context.Response.Cookies.Append(
        ReturnCookie,
        back,
        new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            Path = HubRoutes.Guests,
            Expires = until,
        });

    static ProblemHttpResult Ended() => Problems.Of(
        StatusCodes.Status400BadRequest, ProblemCodes.Expired, "Too late, or revoked", "This link has ended; ask for a new one.");

    [LoggerMessage(Level = LogLevel.Information, Message = "The guest {User} came to {Organization}/{Project}")]
    static partial void LogEntered(ILogger logger, Guid user, string organization, string project);
}
