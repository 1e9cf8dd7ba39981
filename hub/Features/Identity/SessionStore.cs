using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Identity;

/// <summary>Owns the table <c>sessions</c>.</summary>
public sealed class SessionStore(TenantDatabase database, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public async Task<UserResponse?> FindUserAsync(Guid id, CancellationToken ct)
    {
        const string sql = "select id, display_name, email from users where id = @id";
        await using var transaction = await database.BeginSystemAsync(ct);
        return await transaction.Connection.QuerySingleOrDefaultAsync<UserResponse>(
            new CommandDefinition(sql, new { id }, transaction.Transaction, cancellationToken: ct));
    }

    /// <param name="browser">As it names itself; only shown.</param>
    public async Task<NewSession> OpenAsync(Guid userId, string browser, CancellationToken ct)
    {
        const int longestBrowser = 200;
        const string sql = """
            insert into sessions (token_hash, id, user_id, browser, created_at, expires_at)
            values (@hash, @id, @userId, @browser, @now, @expiresAt)
            """;
        var now = time.GetUtcNow();
        var session = new NewSession(Secret.Create(), now + Lifetime);
        await using var transaction = await database.BeginSystemAsync(ct);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                hash = Secret.HashOf(session.Secret),
                id = Guid.CreateVersion7(now),
                userId,
                browser = browser[..Math.Min(browser.Length, longestBrowser)],
                now,
                expiresAt = session.ExpiresAt,
            },
            transaction.Transaction,
            cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return session;
    }
}

public sealed record NewSession(string Secret, DateTimeOffset ExpiresAt);
