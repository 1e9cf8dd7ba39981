using Npgsql;

namespace CineGit.Hub.Platform.Database;

/// <summary>
/// What the database calls out to every node: one listening connection. While it is broken signals are lost, so
/// <see cref="Resumed"/> says that anything may have happened.
/// </summary>
public sealed partial class DatabaseSignals(HubDatabase database, TimeProvider time, ILogger<DatabaseSignals> logger) : BackgroundService
{
    /// <summary>What the connection is called in <c>pg_stat_activity</c>.</summary>
    public const string Name = "cinegit-hub signals";

    const string Events = "cinegit_events";
    const string Authorization = "cinegit_authorization";
    const string Jobs = "cinegit_jobs";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>A line that died without a word is found this soon.</summary>
    static readonly TimeSpan Probe = TimeSpan.FromSeconds(5);

    /// <summary>An organization has events that nobody was told of.</summary>
    public event Action<Guid>? EventsWritten;

    /// <summary>What a person may do, or what lets them in, is another than before.</summary>
    public event Action<Guid>? AuthorizationChanged;

    /// <summary>An organization has jobs that nobody has taken.</summary>
    public event Action<Guid>? JobsQueued;

    public event Action? Resumed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (DatabaseFailure.IsFromDatabase(failure))
            {
                LogBroken(logger, failure.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.App.OpenConnectionAsync(ct);
        connection.Notification += (_, signal) => Tell(signal.Channel, signal.Payload);
        await using (var listen = new NpgsqlCommand($"set application_name = '{Name}'; listen {Events}; listen {Authorization}; listen {Jobs}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        Resumed?.Invoke();
        while (true)
        {
            if (await connection.WaitAsync(Probe, ct)) continue;
            await using var probe = new NpgsqlCommand("select 1", connection);
            await probe.ExecuteNonQueryAsync(ct);
        }
    }

    void Tell(string channel, string payload)
    {
        if (!Guid.TryParse(payload, out var id)) return;
        if (channel == Events) EventsWritten?.Invoke(id);
        else if (channel == Jobs) JobsQueued?.Invoke(id);
        else AuthorizationChanged?.Invoke(id);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's signals do not come in ({Reason}); listening again")]
    static partial void LogBroken(ILogger logger, string reason);
}
