using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Http;

/// <summary>A write that a person gave a key.</summary>
/// <param name="Person">Keys of different people are different keys.</param>
/// <param name="Request">SHA-256 of what is asked: method, address and body.</param>
public sealed record KeyedRequest(Guid Person, string Key, byte[] Request);

/// <summary>An answer to be given again.</summary>
/// <param name="Status">HTTP status; null while the first request is still being carried out.</param>
public sealed record KeptAnswer(byte[] Request, int? Status, string? ContentType, string? Location, byte[]? Body);

/// <summary>What was answered to whom under which key, for a day.</summary>
public sealed class IdempotencyStore(TenantDatabase database)
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>A request that has no answer by then was cut off with its hub; somebody else may carry it out.</summary>
    static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(2);

    /// <returns>Null when the caller is to carry it out; else what is known of it.</returns>
    public async Task<KeptAnswer?> BeginAsync(KeyedRequest request, DateTimeOffset now, CancellationToken ct)
    {
        const string forget = "delete from idempotency_keys where person = @Person and began_at < @ended";
        const string begin = """
            insert into idempotency_keys as k (person, key, request, began_at)
            values (@Person, @Key, @Request, @now)
            on conflict (person, key) do update set request = excluded.request, began_at = excluded.began_at
            where k.status is null and k.began_at < @abandoned
            """;
        const string find = """
            select request, status, content_type, location, body
            from idempotency_keys
            where person = @Person and key = @Key
            """;
        var parameters = new { request.Person, request.Key, request.Request, now, ended = now - Kept, abandoned = now - LongestTurn };
        await using var transaction = await database.BeginSystemAsync(ct);
        var (connection, tx) = (transaction.Connection, transaction.Transaction);
        await connection.ExecuteAsync(new CommandDefinition(forget, parameters, tx, cancellationToken: ct));
        var began = await connection.ExecuteAsync(new CommandDefinition(begin, parameters, tx, cancellationToken: ct));
        var known = began == 1 ? null : await connection.QuerySingleAsync<KeptAnswer>(new CommandDefinition(find, parameters, tx, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return known;
    }

    public async Task KeepAsync(KeyedRequest request, KeptAnswer answer, CancellationToken ct)
    {
        const string sql = """
            update idempotency_keys
            set status = @Status, content_type = @ContentType, location = @Location, body = @Body
            where person = @Person and key = @Key and request = @Request
            """;
        var parameters = new { request.Person, request.Key, request.Request, answer.Status, answer.ContentType, answer.Location, answer.Body };
        await RunAsync(sql, parameters, ct);
    }

    /// <summary>Nothing came of it, so it may be tried again.</summary>
    public Task ForgetAsync(KeyedRequest request, CancellationToken ct) => RunAsync(
        "delete from idempotency_keys where person = @Person and key = @Key and request = @Request and status is null", request, ct);

    async Task RunAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var transaction = await database.BeginSystemAsync(ct);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }
}
