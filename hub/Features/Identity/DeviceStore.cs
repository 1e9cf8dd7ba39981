using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Identity;

/// <summary>Owns the tables <c>device_codes</c>, <c>devices</c> and <c>device_tokens</c>.</summary>
public sealed class DeviceStore(TenantDatabase database, TimeProvider time)
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    public async Task<NewDeviceCode> RequestCodeAsync(string machineName, byte[] publicKey, CancellationToken ct)
    {
        const string sql = """
            insert into device_codes (device_code_hash, user_code, machine_name, public_key, created_at, expires_at)
            values (@hash, @userCode, @machineName, @publicKey, @now, @expiresAt)
            on conflict (user_code) do nothing
            """;
        var now = time.GetUtcNow();
        await using var transaction = await database.BeginSystemAsync(ct);
        while (true)
        {
            var code = new NewDeviceCode(Secret.Create(), UserCode.Create());
            var inserted = await transaction.Connection.ExecuteAsync(new CommandDefinition(
                sql,
                new { hash = Secret.HashOf(code.DeviceCode), code.UserCode, machineName, publicKey, now, expiresAt = now + CodeLifetime },
                transaction.Transaction,
                cancellationToken: ct));
            if (inserted == 0) continue;
            await transaction.CommitAsync(ct);
            return code;
        }
    }

    /// <summary>The name of the machine that shows this code; null when no such code waits.</summary>
    public async Task<string?> FindMachineAsync(string userCode, CancellationToken ct)
    {
        const string sql = "select machine_name from device_codes where user_code = @userCode and expires_at > @now";
        await using var transaction = await database.BeginSystemAsync(ct);
        return await transaction.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            sql, new { userCode, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
    }

    /// <summary>Lets the machine in as this person; null when no such code waits, or somebody else has answered.</summary>
    public async Task<string?> ApproveAsync(string userCode, Guid userId, CancellationToken ct)
    {
        const string sql = """
            update device_codes set approved_by = @userId
            where user_code = @userCode and expires_at > @now and (approved_by is null or approved_by = @userId)
            returning machine_name
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        var machine = await transaction.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            sql, new { userCode, userId, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return machine;
    }

    /// <summary>One poll of the bay.</summary>
    public async Task<PollResult> PollAsync(string deviceCode, string? proof, CancellationToken ct)
    {
        const string read = """
            select machine_name, public_key, expires_at, last_polled_at, approved_by
            from device_codes where device_code_hash = @hash for update
            """;
        const string wait = "update device_codes set last_polled_at = @now where device_code_hash = @hash";
        const string take = "delete from device_codes where device_code_hash = @hash";
        var (now, hash) = (time.GetUtcNow(), Secret.HashOf(deviceCode));

        await using var transaction = await database.BeginSystemAsync(ct);
        var code = await transaction.Connection.QuerySingleOrDefaultAsync<CodeRow>(
            new CommandDefinition(read, new { hash }, transaction.Transaction, cancellationToken: ct));
        if (code is null || code.ExpiresAt <= now) return new PollResult.Expired();
        if (!MachineKey.Signed(code.PublicKey, MachineProof.OfPairing(deviceCode), proof)) return new PollResult.Unproven();

        if (code.ApprovedBy is not { } userId)
        {
            await transaction.Connection.ExecuteAsync(
                new CommandDefinition(wait, new { hash, now }, transaction.Transaction, cancellationToken: ct));
            await transaction.CommitAsync(ct);
            return code.LastPolledAt is { } last && now - last < PollInterval ? new PollResult.TooFast() : new PollResult.Pending();
        }

        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(take, new { hash }, transaction.Transaction, cancellationToken: ct));
        var device = Guid.CreateVersion7(now);
        await InsertDeviceAsync(transaction, device, userId, code, ct);
        var tokens = await InsertTokensAsync(transaction, device, ct);
        await transaction.CommitAsync(ct);
        return new PollResult.Approved(userId, tokens);
    }

    /// <summary>
    /// Trades a refresh token for new ones, once. A token that comes a second time was stolen, from the bay or from the thief, so
    /// its whole family ends. Without the bay's signature nothing happens to it: the bay itself has not spoken.
    /// </summary>
    public async Task<RefreshResult> RefreshAsync(string refreshToken, string? proof, CancellationToken ct)
    {
        const string find = """
            select d.public_key
            from device_tokens t join devices d on d.id = t.device_id
            where t.token_hash = @hash and t.kind = 'refresh'
            """;
        const string use = """
            update device_tokens t set used_at = @now
            from devices d
            where t.token_hash = @hash and t.kind = 'refresh' and t.used_at is null and t.expires_at > @now
              and d.id = t.device_id and d.revoked_at is null
            returning d.id as device_id, d.user_id
            """;
        const string revoke = """
            update devices set revoked_at = @now
            where revoked_at is null
              and id = (select device_id from device_tokens where token_hash = @hash and kind = 'refresh' and used_at is not null)
            """;
        var (now, hash) = (time.GetUtcNow(), Secret.HashOf(refreshToken));
        await using var transaction = await database.BeginSystemAsync(ct);
        var key = await transaction.Connection.QuerySingleOrDefaultAsync<byte[]>(
            new CommandDefinition(find, new { hash }, transaction.Transaction, cancellationToken: ct));
        if (key is null) return new RefreshResult.Ended();
        if (!MachineKey.Signed(key, MachineProof.OfRefresh(refreshToken), proof)) return new RefreshResult.Unproven();

        var used = await transaction.Connection.QuerySingleOrDefaultAsync<UsedToken>(
            new CommandDefinition(use, new { hash, now }, transaction.Transaction, cancellationToken: ct));
        if (used is null)
        {
            await transaction.Connection.ExecuteAsync(
                new CommandDefinition(revoke, new { hash, now }, transaction.Transaction, cancellationToken: ct));
            await transaction.CommitAsync(ct);
            return new RefreshResult.Ended();
        }

        var tokens = await InsertTokensAsync(transaction, used.DeviceId, ct);
        await transaction.CommitAsync(ct);
        return new RefreshResult.Renewed(used.UserId, tokens);
    }

    async Task InsertDeviceAsync(TenantTransaction transaction, Guid id, Guid userId, CodeRow code, CancellationToken ct)
    {
        const string sql = """
            insert into devices (id, user_id, machine_name, public_key, created_at) values (@id, @userId, @MachineName, @PublicKey, @now)
            """;
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { id, userId, code.MachineName, code.PublicKey, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
    }

    async Task<NewTokens> InsertTokensAsync(TenantTransaction transaction, Guid deviceId, CancellationToken ct)
    {
        const string sql = """
            insert into device_tokens (token_hash, device_id, kind, expires_at)
            values (@access, @deviceId, 'access', @accessEnds), (@refresh, @deviceId, 'refresh', @refreshEnds)
            """;
        var now = time.GetUtcNow();
        var tokens = new NewTokens(Secret.Create(), Secret.Create());
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                access = Secret.HashOf(tokens.Access),
                refresh = Secret.HashOf(tokens.Refresh),
                deviceId,
                accessEnds = now + AccessLifetime,
                refreshEnds = now + RefreshLifetime,
            },
            transaction.Transaction,
            cancellationToken: ct));
        return tokens;
    }

    sealed record CodeRow(string MachineName, byte[] PublicKey, DateTimeOffset ExpiresAt, DateTimeOffset? LastPolledAt, Guid? ApprovedBy);

    sealed record UsedToken(Guid DeviceId, Guid UserId);
}
