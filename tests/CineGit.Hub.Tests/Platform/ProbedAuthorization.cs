using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace CineGit.Hub.Tests.Platform;

/// <summary>
/// Stops a request that carries the probe header after the hub has decided to let it in and before the handler runs, so that
/// a test may knock on every door without going through.
/// </summary>
public sealed class ProbedAuthorization : IAuthorizationMiddlewareResultHandler
{
    public const string Header = "X-Test-Probe";

    /// <summary>A status that the hub never gives itself.</summary>
    public const int LetIn = 299;

    readonly AuthorizationMiddlewareResultHandler inner = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Succeeded || !context.Request.Headers.ContainsKey(Header))
        {
            return inner.HandleAsync(next, context, policy, authorizeResult);
        }

        context.Response.StatusCode = LetIn;
        return Task.CompletedTask;
    }
}
