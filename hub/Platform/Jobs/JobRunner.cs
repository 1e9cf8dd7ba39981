using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Platform.Jobs;

/// <summary>
/// Does what is due, one job at a time on each node, of each organization in turn. A node that dies leaves its job to the others.
/// </summary>
public sealed partial class JobRunner : BackgroundService
{
    /// <summary>Signals can be lost; and what was put off becomes due without one.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    readonly JobStore _jobs;
    readonly TenantDatabase _database;
    readonly ILogger<JobRunner> _logger;
    readonly Dictionary<string, IJobHandler> _handlers;
    readonly SemaphoreSlim _queued = new(0, 1);
    Guid _servedLast;

    public JobRunner(JobStore jobs, TenantDatabase database, DatabaseSignals signals, IEnumerable<IJobHandler> handlers, ILogger<JobRunner> logger)
    {
        (_jobs, _database, _logger) = (jobs, database, logger);
        _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        signals.JobsQueued += _ => Wake();
        signals.Resumed += Wake;
    }

    public override void Dispose()
    {
        _queued.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await _jobs.TakeAsync(_handlers.Keys, _servedLast, stoppingToken) is { } job)
                {
                    _servedLast = job.OrganizationId;
                    await DoAsync(job, stoppingToken);
                }
                else
                {
                    await _queued.WaitAsync(Glance, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (DatabaseFailure.IsFromDatabase(failure))
            {
                LogAway(_logger, failure.Message);
                await Task.Delay(Glance, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task DoAsync(Job job, CancellationToken ct)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var holding = HoldAsync(job, held);
        try
        {
            await using var tx = await OpenAsync(job, held.Token);
            await _handlers[job.Kind].RunAsync(tx, job, held.Token);
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // Stopped, or it is another node's: whoever takes it next begins anew.
            LogLost(_logger, job.Kind, job.Key);
        }
        catch (Exception failure)
        {
            LogFailed(_logger, job.Kind, job.Key, job.Attempts, failure);
            await PutOffAsync(job, failure.Message, ct);
        }
        finally
        {
            await held.CancelAsync();
            await holding;
        }
    }

    async Task PutOffAsync(Job job, string why, CancellationToken ct)
    {
        await using var tx = await OpenAsync(job, ct);
        await JobStore.PutOffAsync(tx, job, why, ct);
        if (job.Attempts >= JobStore.MostAttempts) await _handlers[job.Kind].GiveUpAsync(tx, job, ct);
        await tx.CommitAsync(ct);
    }

    async Task<ProjectTransaction> OpenAsync(Job job, CancellationToken ct) =>
        new(await _database.BeginAsync(job.OrganizationId, ct), job.OrganizationId, job.ProjectId);

    /// <summary>Keeps the lease while the job runs, and stops the job when it is lost.</summary>
    async Task HoldAsync(Job job, CancellationTokenSource held)
    {
        using var timer = new PeriodicTimer(JobStore.Lease / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(held.Token))
            {
                if (!await _jobs.RenewAsync(job, held.Token)) await held.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The job has ended.
        }
        catch (Exception failure) when (DatabaseFailure.IsFromDatabase(failure))
        {
            await held.CancelAsync();
        }
    }

    void Wake()
    {
        try
        {
            _queued.Release();
        }
        catch (Exception known) when (known is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or gone.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Jobs wait: the database is away ({Reason})")]
    static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The job {Kind} {Key} was left to another node")]
    static partial void LogLost(ILogger logger, string kind, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Kind} {Key} failed, attempt {Attempt}")]
    static partial void LogFailed(ILogger logger, string kind, string key, int attempt, Exception failure);
}
