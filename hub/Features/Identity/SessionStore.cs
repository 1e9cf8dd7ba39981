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
        const string sql = "select id, display_name, coalesce(email, '') as email from users where id = @id";
        await using var transaction = await database.BeginSystemAsync(ct);
        return await transaction.Connection.QuerySingleOrDefaultAsync<UserResponse>(
            new CommandDefinition(sql, new { id }, transaction.Transaction, cancellationToken: ct));
    }

    /// <param name="browser">As it names itself; only shown.</param>
    public async Task<NewSession> OpenAsync(Guid userId, string browser, CancellationToken ct)
    {
        await using var transaction = await database.BeginSystemAsync(ct);
        var session = await OpenAsync(transaction, userId, guestOf: null, browser, time.GetUtcNow() + Lifetime, ct);
        await transaction.CommitAsync(ct);
        return session;
    }

    /// <summary>A session within the caller's transaction.</summary>
    /// <param name="guestOf">The one organization in which it opens something; null for somebody with an account.</param>
    public async Task<NewSession> OpenAsync(
        TenantTransaction transaction, Guid userId, Guid? guestOf, string browser, DateTimeOffset expiresAt, CancellationToken ct)
    {
        const int longestBrowser = 200;
        const string sql = """
            insert into sessions (token_hash, id, user_id, guest_of, browser, created_at, expires_at)
            values (@hash, @id, @userId, @guestOf, @browser, @now, @expiresAt)
            """;
        var now = time.GetUtcNow();
        var session = new NewSession(Secret.Create(), expiresAt);
        var parameters = new
        {
            hash = Secret.HashOf(session.Secret),
            id = Guid.CreateVersion7(now),
            userId,
            guestOf,
            browser = browser[..Math.Min(browser.Length, longestBrowser)],
            now,
            expiresAt,
        };
        await transaction.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct));
        return session;
    }

    /// <summary>Ends the sessions of guests within the caller's transaction; those who are there fall out at once.</summary>
    public Task EndAsync(TenantTransaction transaction, IReadOnlyCollection<Guid> guests, CancellationToken ct)
    {
        const string sql = "update sessions set revoked_at = @now where user_id = any(@guests) and guest_of is not null and revoked_at is null";
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { guests = guests.ToArray(), now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
    }
}

public sealed record NewSession(string Secret, DateTimeOffset ExpiresAt);
