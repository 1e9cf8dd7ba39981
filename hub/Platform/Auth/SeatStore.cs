using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Auth;

public enum Seat
{
    Taken,

    /// <summary>An admin sent the agent away.</summary>
    Revoked,

    /// <summary>The organization's seats are all taken.</summary>
    None,
}

/// <summary>Seats that agents take with their first request in an organization.</summary>
public sealed class SeatStore(TenantDatabase database, TimeProvider time)
{
    public async Task<Seat> TakeAsync(Guid organization, Credential agent, CancellationToken ct)
    {
        const string find = """
            select (revoked_at is null) as held from agent_seats
            where organization_id = @organization and device_id = @Id
            """;
        await using var transaction = await database.BeginAsync(organization, ct);
        var held = await transaction.Connection.QuerySingleOrDefaultAsync<bool?>(
            new CommandDefinition(find, new { organization, agent.Id }, transaction.Transaction, cancellationToken: ct));
        if (held is { } known) return known ? Seat.Taken : Seat.Revoked;
        var taken = await TryTakeAsync(transaction, organization, agent, ct);
        await transaction.CommitAsync(ct);
        return taken ? Seat.Taken : Seat.None;
    }

    async Task<bool> TryTakeAsync(TenantTransaction transaction, Guid organization, Credential agent, CancellationToken ct)
    {
        // The lock lets newcomers count one after another; a second request of the same agent finds the seat that the first took.
        const string limit = "select agent_seats from organizations where id = @organization for update";
        const string take = """
            insert into agent_seats (organization_id, device_id, user_id, created_at)
            select @organization, @Id, @UserId, @now
            where @seats::int is null or @seats > (
                select count(*) from agent_seats s join devices d on d.id = s.device_id
                where s.organization_id = @organization and s.revoked_at is null and d.revoked_at is null and d.id <> @Id)
            on conflict (organization_id, device_id) do update set revoked_at = agent_seats.revoked_at
            where agent_seats.revoked_at is null
            """;
        var seats = await transaction.Connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(limit, new { organization }, transaction.Transaction, cancellationToken: ct));
        return await transaction.Connection.ExecuteAsync(new CommandDefinition(
            take, new { organization, agent.Id, agent.UserId, seats, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct)) == 1;
    }
}
