using System.Net;
using CineGit.Contracts.Hub;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Platform.Http;

public static class MetricsEndpoint
{
    /// <summary>
    /// For a collector on the hub's own machine. A request that a proxy passed on is not from there, whatever its address says.
    /// </summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet(HubRoutes.Metrics, Read).AllowAnonymous().ShortCircuit().ExcludeFromDescription();

    static Results<ContentHttpResult, ProblemHttpResult> Read(HttpContext context, MetricsText metrics)
    {
        var isOwn = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("X-Original-For")
            && !context.Request.Headers.ContainsKey("Forwarded");
        return isOwn ? TypedResults.Text(metrics.Write(), MetricsText.ContentType) : Problems.NotFound();
    }
}
