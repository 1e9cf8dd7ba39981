using CineGit.Hub.Platform.Database;
using Dapper;
using Npgsql;

namespace CineGit.Hub.Features.Identity;

/// <summary>
/// Removes what has ended. Used refresh tokens stay until they would have ended anyway, because only they can show a theft.
/// </summary>
public sealed partial class ExpiredRows(TenantDatabase database, TimeProvider time, ILogger<ExpiredRows> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public async Task RemoveAsync(CancellationToken ct)
    {
        const string sql = """
            delete from sessions where expires_at <= @now;
            delete from device_codes where expires_at <= @now;
            delete from device_tokens where expires_at <= @now;
            """;
        await using var transaction = await database.BeginSystemAsync(ct);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryRemoveAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    async Task TryRemoveAsync(CancellationToken ct)
    {
        try
        {
            await RemoveAsync(ct);
        }
        catch (NpgsqlException failure)
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired sessions and tokens could not be removed; the next try is in ten minutes")]
    static partial void LogFailed(ILogger logger, Exception failure);
}
