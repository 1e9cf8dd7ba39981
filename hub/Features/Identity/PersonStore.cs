using CineGit.Hub.Platform.Database;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Secret = CineGit.Hub.Platform.Auth.Secret;

namespace CineGit.Hub.Features.Identity;

/// <summary>
/// The framework's user management over the tables <c>users</c> and <c>recovery_codes</c>. An e-mail address is the user's name.
/// What guesses race for (failures, lock-out, codes) is written by statements of its own, the rest by
/// <see cref="UpdateAsync"/> if nobody else was first.
/// </summary>
public sealed partial class PersonStore(TenantDatabase database, IDataProtectionProvider protection)
{
    readonly IDataProtector protector = protection.CreateProtector("cinegit.authenticator-key");

    /// <summary>Adds a person within the caller's transaction.</summary>
    /// <returns>False when somebody has the e-mail address.</returns>
    public static async Task<bool> TryInsertAsync(TenantTransaction transaction, Person person, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into users (id, email, display_name, password_hash, email_confirmed, created_at)
            values (@Id, @Email, @DisplayName, @PasswordHash, @EmailConfirmed, @now)
            on conflict (lower(email)) do nothing
            """;
        return await transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql,
            new { person.Id, person.Email, person.DisplayName, person.PasswordHash, person.EmailConfirmed, now },
            transaction.Transaction,
            cancellationToken: ct)) == 1;
    }

    /// <summary>Adds somebody without an account, to whom nothing here leads.</summary>
    public static Task InsertGuestAsync(TenantTransaction transaction, Guid id, string displayName, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = "insert into users (id, display_name, created_at) values (@id, @displayName, @now)";
        return transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { id, displayName, now }, transaction.Transaction, cancellationToken: ct));
    }

    public static Task RenameGuestAsync(TenantTransaction transaction, Guid id, string displayName, CancellationToken ct)
    {
        const string sql = "update users set display_name = @displayName where id = @id and email is null and display_name <> @displayName";
        return transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { id, displayName }, transaction.Transaction, cancellationToken: ct));
    }

    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("People come by set-up and by invitations, within their transactions.");

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("What a person made keeps their name; their rows stay.");

    public async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken)
    {
        const string sql = """
            update users set
                email = @Email, password_hash = @PasswordHash, security_stamp = @SecurityStamp, email_confirmed = @EmailConfirmed,
                two_factor_enabled = @TwoFactorEnabled, authenticator_key = @AuthenticatorKey, concurrency_stamp = @next
            where id = @Id and concurrency_stamp = @ConcurrencyStamp
            """;
        var next = Guid.NewGuid().ToString();
        var parameters = new
        {
            user.Id,
            user.Email,
            user.PasswordHash,
            user.SecurityStamp,
            user.EmailConfirmed,
            user.TwoFactorEnabled,
            user.AuthenticatorKey,
            user.ConcurrencyStamp,
            next,
        };
        if (await ExecuteAsync(sql, parameters, cancellationToken) == 0) return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        user.ConcurrencyStamp = next;
        return IdentityResult.Success;
    }

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, email, display_name, password_hash, security_stamp, concurrency_stamp, email_confirmed, access_failed_count,
                   lockout_end, two_factor_enabled, authenticator_key
            from users where id = @id and email is not null
            """;
        return Guid.TryParse(userId, out var id) ? FindAsync(sql, new { id }, cancellationToken) : Task.FromResult<Person?>(null);
    }

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, email, display_name, password_hash, security_stamp, concurrency_stamp, email_confirmed, access_failed_count,
                   lockout_end, two_factor_enabled, authenticator_key
            from users where lower(email) = lower(@email)
            """;
        return FindAsync(sql, new { email = normalizedUserName }, cancellationToken);
    }

    public async Task<int> IncrementAccessFailedCountAsync(Person user, CancellationToken cancellationToken)
    {
        const string sql = "update users set access_failed_count = access_failed_count + 1 where id = @Id returning access_failed_count";
        await using var transaction = await database.BeginSystemAsync(cancellationToken);
        user.AccessFailedCount = await transaction.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition(sql, new { user.Id }, transaction.Transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return user.AccessFailedCount;
    }

    public Task ResetAccessFailedCountAsync(Person user, CancellationToken cancellationToken)
    {
        const string sql = "update users set access_failed_count = 0 where id = @Id and access_failed_count <> 0";
        user.AccessFailedCount = 0;
        return ExecuteAsync(sql, new { user.Id }, cancellationToken);
    }

    public Task SetLockoutEndDateAsync(Person user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        const string sql = "update users set lockout_end = @lockoutEnd where id = @Id";
        user.LockoutEnd = lockoutEnd;
        return ExecuteAsync(sql, new { user.Id, lockoutEnd }, cancellationToken);
    }

    /// <summary>Takes a one-time code's period; false when it, or a later one, was taken before.</summary>
    public async Task<bool> TakeStepAsync(Person user, long step, CancellationToken ct)
    {
        const string sql = "update users set last_code_step = @step where id = @Id and last_code_step < @step";
        return await ExecuteAsync(sql, new { user.Id, step }, ct) == 1;
    }

    public async Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        const string forget = "delete from recovery_codes where user_id = @Id";
        const string add = "insert into recovery_codes (user_id, code_hash) values (@Id, @hash)";
        await using var transaction = await database.BeginSystemAsync(cancellationToken);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(forget, new { user.Id }, transaction.Transaction, cancellationToken: cancellationToken));
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            add,
            recoveryCodes.Select(code => new { user.Id, hash = Secret.HashOf(code) }),
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        const string sql = "delete from recovery_codes where user_id = @Id and code_hash = @hash";
        return await ExecuteAsync(sql, new { user.Id, hash = Secret.HashOf(code) }, cancellationToken) == 1;
    }

    public async Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken)
    {
        const string sql = "select count(*)::int from recovery_codes where user_id = @Id";
        await using var transaction = await database.BeginSystemAsync(cancellationToken);
        return await transaction.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition(sql, new { user.Id }, transaction.Transaction, cancellationToken: cancellationToken));
    }

    async Task<Person?> FindAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var transaction = await database.BeginSystemAsync(ct);
        return await transaction.Connection.QuerySingleOrDefaultAsync<Person>(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct));
    }

    async Task<int> ExecuteAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var transaction = await database.BeginSystemAsync(ct);
        var changed = await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return changed;
    }
}
