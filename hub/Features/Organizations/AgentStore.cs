using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Owns the table <c>agent_seats</c>; the seats themselves are taken in <see cref="Platform.Auth.SeatStore"/>.</summary>
public static class AgentStore
{
    public static async Task<AgentsResponse> ListAsync(TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        const string limit = "select agent_seats from organizations where id = @organization";
        const string sql = """
            select d.id, d.machine_name, s.user_id, u.display_name, s.created_at as since, d.last_used_at,
                   coalesce(s.revoked_at, d.revoked_at) as revoked_at
            from agent_seats s
            join devices d on d.id = s.device_id
            join users u on u.id = s.user_id
            where s.organization_id = @organization
            order by s.created_at desc, d.id
            """;
        var seats = await tx.Connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(limit, new { organization }, tx.Transaction, cancellationToken: ct));
        var agents = await tx.Connection.QueryAsync<AgentResponse>(
            new CommandDefinition(sql, new { organization }, tx.Transaction, cancellationToken: ct));
        return new AgentsResponse(seats, agents.AsList());
    }

    public static Task SetSeatsAsync(TenantTransaction tx, Guid organization, int? seats, CancellationToken ct)
    {
        const string sql = "update organizations set agent_seats = @seats where id = @organization";
        return tx.Connection.ExecuteAsync(new CommandDefinition(sql, new { organization, seats }, tx.Transaction, cancellationToken: ct));
    }

    /// <returns>False when no such agent has a seat.</returns>
    public static async Task<bool> RevokeAsync(TenantTransaction tx, Guid organization, Guid agent, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update agent_seats set revoked_at = @now
            where organization_id = @organization and device_id = @agent and revoked_at is null
            """;
        return await tx.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { organization, agent, now }, tx.Transaction, cancellationToken: ct)) == 1;
    }
}
