using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.Identity;

/// <summary>
/// Removes what has ended. Used refresh tokens stay until they would have ended anyway, because only they can show a theft.
/// </summary>
public sealed partial class ExpiredRows(ExpiredRowStore rows, TimeProvider time, ILogger<ExpiredRows> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public Task RemoveAsync(CancellationToken ct) => rows.RemoveEndedAsync(time.GetUtcNow(), ct);

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
        catch (Exception failure) when (DatabaseFailure.IsFromDatabase(failure))
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired sessions and tokens could not be removed; the next try is in ten minutes")]
    static partial void LogFailed(ILogger logger, Exception failure);
}
