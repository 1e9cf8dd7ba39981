using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CineGit.Contracts.Hub;
using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// A cookie travels with every request a page makes, wanted or not; a header does not. The header's value is derived from the
/// cookie, which scripts cannot read, and handed out by <c>GET /api/v1/session</c> to pages of the hub's own origin only.
/// </summary>
public static class AntiForgery
{
    public static string TokenOf(string sessionSecret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionSecret), "cinegit-antiforgery"u8));

    /// <summary>Refuses writes that a cookie alone vouches for, before any handler runs.</summary>
    public static IApplicationBuilder UseAntiForgery(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (IsRead(context.Request.Method)
            || context.Features.Get<CookieSession>() is not { } session
            || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || Matches(context.Request.Headers[HubHeaders.AntiForgery].ToString(), session.AntiForgery))
        {
            await next(context);
            return;
        }

        await Problems.Of(
            StatusCodes.Status403Forbidden,
            ProblemCodes.ForgeryRefused,
            "This may not come from the hub's own page",
            $"Reload the page; writes with a cookie need the header {HubHeaders.AntiForgery}.").ExecuteAsync(context);
    });

    static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    static bool Matches(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}

/// <summary>On a request that the session cookie authenticated.</summary>
public sealed record CookieSession(string AntiForgery);
