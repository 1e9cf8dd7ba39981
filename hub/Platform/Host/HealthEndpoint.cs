using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Platform.Host;

public static class HealthEndpoint
{
    /// <summary>Short-circuited: looking up who asks would need the database whose state is asked for.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(HubRoutes.Health, CheckAsync).AllowAnonymous().ShortCircuit();
        routes.MapGet(HubRoutes.Ready, ReadyAsync).AllowAnonymous().ShortCircuit();
    }

    static async Task<JsonHttpResult<HealthResponse>> CheckAsync(HubDatabase database, CancellationToken ct) =>
        await database.IsReachableAsync(ct) ? Ok() : Unavailable("away");

    /// <summary>A node that stops lets its requests end but wants no more of them.</summary>
    static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(
        HubDatabase database, IHostApplicationLifetime host, CancellationToken ct)
    {
        if (host.ApplicationStopping.IsCancellationRequested) return Unavailable("closing");
        return await database.IsMigratedAsync(ct) switch
        {
            true => Ok(),
            false => Unavailable("behind"),
            null => Unavailable("away"),
        };
    }

    static JsonHttpResult<HealthResponse> Ok() => TypedResults.Json(new HealthResponse("ok", "ok", Version));

    static JsonHttpResult<HealthResponse> Unavailable(string database) => TypedResults.Json(
        new HealthResponse("unavailable", database, Version), statusCode: StatusCodes.Status503ServiceUnavailable);

    static string Version => typeof(HealthEndpoint).Assembly.GetName().Version?.ToString(3) ?? "";
}
