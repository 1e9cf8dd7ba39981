using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Auth;

/// <summary>Whose an opaque secret is, while it lasts.</summary>
public sealed class TokenStore(TenantDatabase database)
{
    public Task<Guid?> FindUserByAccessTokenAsync(byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select d.user_id
            from device_tokens t
            join devices d on d.id = t.device_id
            where t.token_hash = @hash and t.kind = 'access' and t.expires_at > @now and d.revoked_at is null
            """;
        return FindAsync(sql, hash, now, ct);
    }

    public Task<Guid?> FindUserBySessionAsync(byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = "select user_id from sessions where token_hash = @hash and expires_at > @now";
        return FindAsync(sql, hash, now, ct);
    }

    async Task<Guid?> FindAsync(string sql, byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await database.BeginSystemAsync(ct);
        return await transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(sql, new { hash, now }, transaction.Transaction, cancellationToken: ct));
    }
}
