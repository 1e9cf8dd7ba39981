using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Platform.Host;

public static class HealthEndpoint
{
    /// <summary>Short-circuited: looking up who asks would need the database whose state is asked for.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet(HubRoutes.Health, CheckAsync).AllowAnonymous().ShortCircuit();

    static async Task<JsonHttpResult<HealthResponse>> CheckAsync(HubDatabase database, CancellationToken ct)
    {
        var version = typeof(HealthEndpoint).Assembly.GetName().Version?.ToString(3) ?? "";
        return await database.IsReachableAsync(ct)
            ? TypedResults.Json(new HealthResponse("ok", "ok", version))
            : TypedResults.Json(
                new HealthResponse("unavailable", "away", version), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
