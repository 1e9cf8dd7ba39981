using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;
using Npgsql;

namespace CineGit.Hub.Platform.Events;

/// <summary>How far the events of an organization reach.</summary>
/// <param name="Last">The newest number; 0 before the first.</param>
/// <param name="RemovedThrough">Up to here they are no longer kept.</param>
public sealed record EventRange(long Last, long RemovedThrough)
{
    /// <summary>True when a reader that has seen everything up to <paramref name="sequence"/> can go on without missing any.</summary>
    public bool Reaches(long sequence) => sequence >= RemovedThrough && sequence <= Last;
}

/// <summary>The outbox: events of an organization, numbered without holes in the order of their commits.</summary>
public sealed class EventStore(TenantDatabase database, TimeProvider clock)
{
    /// <summary>Kept for an organization, at least; a reader that was away for longer fetches everything anew.</summary>
    public const int MostKept = 100_000;

    /// <summary>Old ones are looked for when a number is a multiple of it, and so many are removed at a time.</summary>
    public const int Stride = 1_000;

    const int LargestPage = 500;

    static readonly TimeSpan LongestKept = TimeSpan.FromDays(30);

    /// <summary>
    /// To be called last before the commit: the organization's next writer waits from here until this transaction ends.
    /// PostgreSQL sends the notice with the commit, and none without it.
    /// </summary>
    public static async Task AppendAsync(
        ProjectTransaction tx, Guid by, DateTimeOffset at, CancellationToken ct, params IReadOnlyList<HubEvent> events)
    {
        const string sql = """
            with numbered as (
                insert into event_sequences as s (organization_id, last)
                values (@Organization, @count)
                on conflict (organization_id) do update set last = s.last + excluded.last
                returning last
            ), written as (
                insert into events (organization_id, sequence, project_id, name, detail, caused_by, caused_at)
                select @Organization, n.last - @count + e.ordinal, @Project, e.name, e.detail::json, @by, @at
                from numbered n, unnest(@names, @details) with ordinality as e (name, detail, ordinal)
            )
            select n.last
            from numbered n, pg_notify('cinegit_events', @organizationText)
            """;
        if (events.Count == 0) return;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            count = (long)events.Count,
            names = events.Select(each => each.Name).ToArray(),
            details = events.Select(each => each.Detail).ToArray(),
            by,
            at,
            organizationText = tx.Organization.ToString(),
        };
        var last = await tx.Connection.ExecuteScalarAsync<long>(tx.Command(sql, parameters, ct));
        if (last / Stride != (last - events.Count) / Stride) await RemoveOldAsync(tx.Transaction, tx.Organization, at, ct);
    }

    public async Task<EventRange> RangeAsync(Guid organization, CancellationToken ct)
    {
        await using var transaction = await database.BeginAsync(organization, ct);
        return await RangeAsync(transaction, organization, ct);
    }

    /// <returns>The next ones after a number, at most a page; null when some of them are no longer kept.</returns>
    public async Task<IReadOnlyList<StoredEvent>?> ReadAfterAsync(Guid organization, long sequence, CancellationToken ct)
    {
        const string sql = """
            select e.sequence, e.name, p.slug as project, e.caused_by, e.caused_at, e.detail::text as detail
            from events e
            left join projects p on p.organization_id = e.organization_id and p.id = e.project_id
            where e.organization_id = @organization and e.sequence > @sequence
            order by e.sequence
            limit @LargestPage
            """;
        await using var transaction = await database.BeginAsync(organization, ct);
        var rows = (await transaction.Connection.QueryAsync<Row>(new CommandDefinition(
            sql, new { organization, sequence, LargestPage }, transaction.Transaction, cancellationToken: ct))).AsList();
        var isWhole = rows.Count > 0
            ? rows[0].Sequence == sequence + 1
            : (await RangeAsync(transaction, organization, ct)).Reaches(sequence);
        return isWhole ? [.. rows.Select(row => row.ToEvent())] : null;
    }

    /// <summary>Where nothing happens any more nobody writes a number that would do it.</summary>
    public async Task RemoveOldAsync(Guid organization, CancellationToken ct)
    {
        await using var transaction = await database.BeginAsync(organization, ct);
        await RemoveOldAsync(transaction.Transaction, organization, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
    }

    static Task<int> RemoveOldAsync(NpgsqlTransaction transaction, Guid organization, DateTimeOffset now, CancellationToken ct)
    {
        // Oldest first, and only a few at a time: whoever writes an event waits for it.
        const string sql = """
            with doomed as (
                select max(o.sequence) as through
                from (
                    select sequence, caused_at
                    from events
                    where organization_id = @organization
                    order by sequence
                    limit @Most) o
                where o.caused_at < @Oldest
                   or o.sequence <= (select last - @MostKept from event_sequences where organization_id = @organization)
            ), removed as (
                delete from events
                where organization_id = @organization and sequence <= (select through from doomed)
            )
            update event_sequences
            set removed_through = d.through
            from doomed d
            where organization_id = @organization and d.through is not null
            """;
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        return connection.ExecuteAsync(new CommandDefinition(
            sql, new { organization, Most = 2 * Stride, Oldest = now - LongestKept, MostKept }, transaction, cancellationToken: ct));
    }

    static async Task<EventRange> RangeAsync(TenantTransaction transaction, Guid organization, CancellationToken ct)
    {
        const string sql = "select last, removed_through from event_sequences where organization_id = @organization";
        return await transaction.Connection.QuerySingleOrDefaultAsync<EventRange>(
            new CommandDefinition(sql, new { organization }, transaction.Transaction, cancellationToken: ct)) ?? new EventRange(0, 0);
    }

    sealed record Row(long Sequence, string Name, string? Project, Guid CausedBy, DateTimeOffset CausedAt, string Detail)
    {
        public StoredEvent ToEvent()
        {
            using var detail = JsonDocument.Parse(Detail);
            var response = new EventResponse(Sequence, Name, Project, CausedBy, CausedAt, detail.RootElement);
            return new StoredEvent(Sequence, Name, Project, JsonSerializer.Serialize(response, HubJson.Default.EventResponse));
        }
    }
}
