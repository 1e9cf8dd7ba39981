using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Auth;

/// <summary>Whose an opaque secret is, while it lasts, and when it was last used.</summary>
public sealed class TokenStore(TenantDatabase database)
{
    /// <summary>How exactly last uses are kept: to the minute, so that reading does not write.</summary>
    static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    public Task<Credential?> FindAccessTokenAsync(byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select d.id, d.user_id, null::text as scopes, d.last_used_at, null::uuid as guest_of
            from device_tokens t
            join devices d on d.id = t.device_id
            where t.token_hash = @hash and t.kind = 'access' and t.expires_at > @now and d.revoked_at is null
            """;
        const string use = "update devices set last_used_at = @now where id = @Id";
        return FindAsync(CredentialKind.Agent, sql, use, hash, now, ct);
    }

    public Task<Credential?> FindSessionAsync(byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select id, user_id, null::text as scopes, last_used_at, guest_of
            from sessions
            where token_hash = @hash and expires_at > @now and revoked_at is null
            """;
        const string use = "update sessions set last_used_at = @now where id = @Id";
        return FindAsync(CredentialKind.Browser, sql, use, hash, now, ct);
    }

    public Task<Credential?> FindPersonalTokenAsync(byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select id, user_id, scopes, last_used_at, null::uuid as guest_of
            from personal_tokens
            where token_hash = @hash and expires_at > @now and revoked_at is null
            """;
        const string use = "update personal_tokens set last_used_at = @now where id = @Id";
        return FindAsync(CredentialKind.Script, sql, use, hash, now, ct);
    }

    /// <summary>False once the session, device or personal token was ended: what is held open by it has to close.</summary>
    public async Task<bool> IsCurrentAsync(Credential credential, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select exists (select from sessions where id = @Id and revoked_at is null and expires_at > @now)
                or exists (select from devices where id = @Id and revoked_at is null)
                or exists (select from personal_tokens where id = @Id and revoked_at is null and expires_at > @now)
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        return await transaction.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(sql, new { credential.Id, now }, transaction.Transaction, cancellationToken: ct));
    }

    async Task<Credential?> FindAsync(
        CredentialKind kind, string sql, string use, byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        var row = await database.ReadSystemAsync(sql, new { hash, now }, answers => answers.ReadSingleOrDefaultAsync<Row?>(), ct);
        if (row is null) return null;
        if (row.LastUsedAt is not { } last || now - last >= Grain)
        {
            await using var transaction = await database.BeginSystemAsync(ct);
            await transaction.Connection.ExecuteAsync(
                new CommandDefinition(use, new { row.Id, now }, transaction.Transaction, cancellationToken: ct));
            await transaction.CommitAsync(ct);
        }

        var scopes = row.Scopes is null ? (PermissionSet?)null : PermissionSet.Parse(row.Scopes);
        return new Credential(row.Id, row.GuestOf is null ? kind : CredentialKind.Guest, row.UserId, scopes) { GuestOf = row.GuestOf };
    }

    sealed record Row(Guid Id, Guid UserId, string? Scopes, DateTimeOffset? LastUsedAt, Guid? GuestOf);
}
