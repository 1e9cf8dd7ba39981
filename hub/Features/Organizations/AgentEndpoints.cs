using CineGit.Contracts.Hub;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
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

    static async Task<Ok<AgentsResponse>> ListAsync(Membership member, TenantDatabase database, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        return TypedResults.Ok(await AgentStore.ListAsync(tx, member.OrganizationId, ct));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SetSeatsAsync(
        SetSeatsRequest request, Membership member, TenantDatabase database, CancellationToken ct)
    {
        if (request.Seats is < 0 or > MostSeats) return Problems.Invalid($"seats must be 0 to {MostSeats}, or null for any number.");
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
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
