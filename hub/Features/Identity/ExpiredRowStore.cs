using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Identity;

public sealed class ExpiredRowStore(TenantDatabase database)
{
    public async Task RemoveEndedAsync(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            delete from sessions where expires_at <= @now;
            delete from device_codes where expires_at <= @now;
            delete from personal_tokens where expires_at <= @now;
            delete from device_tokens where expires_at <= @now;
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { now }, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }
}
