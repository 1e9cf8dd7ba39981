using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>Owns the table <c>external_sign_ins</c>: which person a provider means.</summary>
public sealed class ExternalSignInStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>Whom the provider means; null when that is nobody yet.</summary>
    public async Task<Guid?> FindAsync(ProvenIdentity identity, CancellationToken ct)
    {
        const string sql = """
            update external_sign_ins set last_used_at = @now
            where provider = @Provider and subject = @Subject
            returning user_id
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        var user = await transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            sql, new { identity.Provider, identity.Subject, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return user;
    }

    /// <returns>False when the provider means somebody else by it, or the person is somebody else there.</returns>
    public async Task<bool> LinkAsync(ProvenIdentity identity, Guid user, CancellationToken ct)
    {
        await using var transaction = await database.BeginSystemAsync(ct);
        if (!await LinkAsync(transaction, identity, user, time.GetUtcNow(), ct)) return false;
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>The same within the caller's transaction.</summary>
    public static async Task<bool> LinkAsync(
        TenantTransaction transaction, ProvenIdentity identity, Guid user, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into external_sign_ins (provider, subject, user_id, email, created_at)
            values (@Provider, @Subject, @user, @Email, @now)
            on conflict do nothing
            """;
        return await transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { identity.Provider, identity.Subject, user, identity.Email, now }, transaction.Transaction, cancellationToken: ct)) == 1;
    }

    public async Task<IReadOnlyList<ExternalSignInResponse>> ListAsync(Guid user, CancellationToken ct)
    {
        const string sql = """
            select provider, email, created_at, last_used_at
            from external_sign_ins
            where user_id = @user
            order by created_at, provider
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        var rows = await transaction.Connection.QueryAsync<ExternalSignInResponse>(
            new CommandDefinition(sql, new { user }, transaction.Transaction, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<EndSignInResult> EndAsync(Guid user, string provider, CancellationToken ct)
    {
        // The lock lets two ends at once count one after another; a password that is set meanwhile waits, too.
        const string hold = "select password_hash is not null from users where id = @user for update";
        const string end = "delete from external_sign_ins where user_id = @user and provider = @provider";
        const string left = "select exists (select from external_sign_ins where user_id = @user)";
        await using var transaction = await database.BeginSystemAsync(ct);
        var (connection, tx) = (transaction.Connection, transaction.Transaction);
        var hasPassword = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(hold, new { user }, tx, cancellationToken: ct));
        if (await connection.ExecuteAsync(new CommandDefinition(end, new { user, provider }, tx, cancellationToken: ct)) == 0) return EndSignInResult.NotThere;
        if (!hasPassword && !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(left, new { user }, tx, cancellationToken: ct)))
        {
            return EndSignInResult.LastWayIn;
        }

        await transaction.CommitAsync(ct);
        return EndSignInResult.Ended;
    }
}

public enum EndSignInResult
{
    Ended,
    NotThere,

    /// <summary>The person has no password and no other provider, and would be locked out.</summary>
    LastWayIn,
}
