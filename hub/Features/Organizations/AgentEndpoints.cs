using CineGit.Contracts.Hub;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Which edit bays work in the organization, and sending one away.</summary>
public static partial class AgentEndpoints
{
    const int MostSeats = 100_000;

    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Members");
        group.MapGet(HubRoutes.Agents, ListAsync).RequirePermission(Permission.AgentManage);
        group.MapPut(HubRoutes.Agents, SetSeatsAsync).RequirePermission(Permission.AgentManage);
        group.MapDelete(HubRoutes.Agent, RevokeAsync).RequirePermission(Permission.AgentManage);
    }

    static async Task<Results<Ok<AgentsResponse>, StatusCodeHttpResult>> ListAsync(
        HttpContext context, Membership member, TenantDatabase database, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        var agents = await AgentStore.ListAsync(tx, member.OrganizationId, ct);
        return EntityTags.IsHeld(context, TagOf(agents)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(agents);
    }

    static string TagOf(AgentsResponse agents) => EntityTags.OfAnswer(agents, HubJson.Default.AgentsResponse);

    static async Task<Results<NoContent, ProblemHttpResult>> SetSeatsAsync(
        SetSeatsRequest request, HttpRequest http, Membership member, TenantDatabase database, CancellationToken ct)
    {
        if (request.Seats is < 0 or > MostSeats) return Problems.Invalid($"seats must be 0 to {MostSeats}, or null for any number.");
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        await OrganizationStore.LockAsync(tx, member.OrganizationId, ct);
        if (http.Headers.IfMatch.Count > 0
            && EntityTags.WhyNot(http, TagOf(await AgentStore.ListAsync(tx, member.OrganizationId, ct))) is { } changed) return changed;
        await AgentStore.SetSeatsAsync(tx, member.OrganizationId, request.Seats, ct);
        await tx.CommitAsync(ct);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid agent, Membership member, TenantDatabase database, TimeProvider clock, ILogger<Membership> logger, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        if (!await AgentStore.RevokeAsync(tx, member.OrganizationId, agent, clock.GetUtcNow(), ct)) return Problems.NotFound();
        await tx.CommitAsync(ct);
        LogRevoked(logger, agent, member.OrganizationSlug, member.UserId);
        return TypedResults.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Agent {Agent} sent away from {Organization} by {By}")]
    static partial void LogRevoked(ILogger logger, Guid agent, string organization, Guid by);
}
