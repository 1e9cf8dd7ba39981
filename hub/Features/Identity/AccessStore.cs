using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Identity;

/// <summary>A person's ways in, of all kinds; and owns the table <c>personal_tokens</c>.</summary>
public sealed class AccessStore(TenantDatabase database, TimeProvider time)
{
    public async Task<IReadOnlyList<AccessResponse>> ListAsync(Guid userId, Guid current, CancellationToken ct)
    {
        const string sql = """
            select a.id, a.kind, a.name, a.created_at, a.expires_at, a.last_used_at, a.revoked_at, a.id = @current as current
            from (
                select id, 'browser' as kind, browser as name, created_at, expires_at, last_used_at, revoked_at
                from sessions where user_id = @userId
                union all
                select d.id, 'agent', d.machine_name, d.created_at, max(t.expires_at), d.last_used_at, d.revoked_at
                from devices d join device_tokens t on t.device_id = d.id
                where d.user_id = @userId group by d.id
                union all
                select id, 'script', name, created_at, expires_at, last_used_at, revoked_at
                from personal_tokens where user_id = @userId) a
            where a.expires_at > @now
            order by a.created_at desc, a.id
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        var rows = await transaction.Connection.QueryAsync<AccessResponse>(new CommandDefinition(
            sql, new { userId, current, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
        return rows.AsList();
    }

    /// <returns>False when the person has no such way in, or it has been ended before.</returns>
    public async Task<bool> RevokeAsync(Guid userId, Guid id, CancellationToken ct)
    {
        const string sql = """
            update sessions set revoked_at = @now where user_id = @userId and id = @id and revoked_at is null;
            update devices set revoked_at = @now where user_id = @userId and id = @id and revoked_at is null;
            update personal_tokens set revoked_at = @now where user_id = @userId and id = @id and revoked_at is null;
            """;
        return await ChangeAsync(sql, new { userId, id, now = time.GetUtcNow() }, ct) > 0;
    }

    /// <summary>Every way in of every kind but <paramref name="keep"/>.</summary>
    public Task RevokeAllAsync(Guid userId, Guid? keep, CancellationToken ct)
    {
        const string sql = """
            update sessions set revoked_at = @now where user_id = @userId and id is distinct from @keep and revoked_at is null;
            update devices set revoked_at = @now where user_id = @userId and id is distinct from @keep and revoked_at is null;
            update personal_tokens set revoked_at = @now where user_id = @userId and id is distinct from @keep and revoked_at is null;
            """;
        return ChangeAsync(sql, new { userId, keep, now = time.GetUtcNow() }, ct);
    }

    public async Task<IReadOnlyList<TokenSummary>> ListTokensAsync(Guid userId, CancellationToken ct)
    {
        const string sql = """
            select id, name, scopes, created_at, expires_at, last_used_at, revoked_at
            from personal_tokens
            where user_id = @userId and expires_at > @now
            order by created_at desc, id
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        var rows = await transaction.Connection.QueryAsync<TokenRow>(new CommandDefinition(
            sql, new { userId, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
        return [.. rows.Select(row => new TokenSummary(
            row.Id, row.Name, [.. PermissionSet.Parse(row.Scopes).Names], row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt))];
    }

    public async Task<CreateTokenResponse> CreateTokenAsync(
        Guid userId, string name, PermissionSet scopes, TimeSpan lifetime, CancellationToken ct)
    {
        const string sql = """
            insert into personal_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at)
            values (@Id, @userId, @name, @hash, @scopes, @now, @ExpiresAt)
            """;
        var now = time.GetUtcNow();
        var token = new CreateTokenResponse(Guid.CreateVersion7(now), PersonalToken.Create(), now + lifetime);
        await ChangeAsync(
            sql,
            new { token.Id, userId, name, hash = Secret.HashOf(token.Secret), scopes = scopes.ToString(), now, token.ExpiresAt },
            ct);
        return token;
    }

    async Task<int> ChangeAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var transaction = await database.BeginSystemAsync(ct);
        var changed = await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return changed;
    }

    sealed record TokenRow(
        Guid Id,
        string Name,
        string Scopes,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? LastUsedAt,
        DateTimeOffset? RevokedAt);
}
