using CineGit.Hub.Platform.Host;
using Dapper;
using Npgsql;

namespace CineGit.Hub.Platform.Database.Embedded;

/// <summary>The hub's own PostgreSQL: made at the first start, started with the hub, restarted when it dies, stopped with the hub.</summary>
public sealed partial class EmbeddedCluster(HubOptions options, HubFolder folder, TimeProvider time, ILogger<EmbeddedCluster> logger)
    : IAsyncDisposable
{
    const string Database = "cinegit";
    const string Owner = "cinegit_owner";
    const string App = "cinegit_app";

    static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>A server that ran this long has recovered; the next death is another matter.</summary>
    static readonly TimeSpan Recovered = TimeSpan.FromSeconds(10);

    readonly CancellationTokenSource ending = new();
    Postmaster? postmaster;
    Listening? listening;
    Task supervision = Task.CompletedTask;

    /// <summary>The server is back after it died; pooled connections to the old one are of no use.</summary>
    public event Action? Restarted;

    public async Task<DatabaseAddresses> StartAsync(CancellationToken ct)
    {
        var cluster = new ClusterFolder(folder.Path);
        var account = PostgresAccount.Choose();
        var binaries = await PostgresBinaries.FindAsync(options, cluster.Path, cluster.Major(), ct);
        await account.RequireAccessAsync(folder.Path, "--Hub:Data", ct);
        await account.RequireAccessAsync(binaries.Folder, "--Hub:PostgresBin", ct);

        var password = await cluster.PasswordAsync(ct);
        if (cluster.Major() is null)
        {
            LogInitialising(logger, cluster.Path, binaries.Major);
            await cluster.InitialiseAsync(binaries, account, ct);
        }

        // Started with other credentials, as root today and as a person yesterday, the files have the other owner.
        await account.GiveAsync(cluster.Path, ct);
        listening = Listening.Choose(folder.Path);
        if (listening.SocketFolder is { } socket) await account.GiveAsync(socket, ct);

        postmaster = new Postmaster(binaries, account, cluster.Path, cluster.Log);
        await cluster.ConfigureAsync(account, listening, ct);
        await postmaster.StartAsync(ct);
        supervision = SuperviseAsync(postmaster, ending.Token);

        await PrepareAsync(password, ct);
        return new DatabaseAddresses(
            Address(Owner, ClusterFolder.PasswordOf(Owner, password), Database),
            Address(App, ClusterFolder.PasswordOf(App, password), Database));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await supervision;
        if (postmaster is not null) await postmaster.StopAsync();
        listening?.Remove();
    }

    async Task SuperviseAsync(Postmaster server, CancellationToken ct)
    {
        var pause = ShortestPause;
        var startedAt = time.GetUtcNow();
        try
        {
            using var timer = new PeriodicTimer(Watch, time);
            while (await timer.WaitForNextTickAsync(ct))
            {
                if (server.RunningPid() is not null) continue;

                pause = time.GetUtcNow() - startedAt > Recovered ? ShortestPause : Min(pause * 2, LongestPause);
                LogDied(logger, pause);
                await Task.Delay(pause, time, ct);
                await RestartAsync(server, ct);
                startedAt = time.GetUtcNow();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The hub stops; so does watching.
        }
    }

    async Task RestartAsync(Postmaster server, CancellationToken ct)
    {
        try
        {
            await server.StartAsync(ct);
            Restarted?.Invoke();
            LogRestarted(logger);
        }
        catch (Exception failure) when (failure is HubStartException or IOException)
        {
            LogRestartFailed(logger, failure);
        }
    }

    /// <summary>Roles and database; each statement may have been carried out by an earlier, interrupted start.</summary>
    async Task PrepareAsync(string password, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(Address(ClusterFolder.Administrator, password, "postgres"));
        await using var connection = await source.OpenConnectionAsync(ct);
        var roles = (await connection.QueryAsync<string>(new CommandDefinition("select rolname from pg_roles", cancellationToken: ct)))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var role in new[] { Owner, App })
        {
            if (roles.Contains(role)) continue;
            // Neither may be given as a parameter; both consist of letters, digits and underscores only.
            var sql = $"create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole password '{ClusterFolder.PasswordOf(role, password)}'";
            await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: ct));
        }

        const string exists = "select exists (select from pg_database where datname = @Database)";
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(exists, new { Database }, cancellationToken: ct))) return;
        await connection.ExecuteAsync(new CommandDefinition($"create database {Database} owner {Owner}", cancellationToken: ct));
    }

    string Address(string role, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = listening?.Host,
        Port = listening?.Port ?? 0,
        Username = role,
        Password = password,
        Database = database,
        ApplicationName = "cinegit-hub",
        Timeout = 5,
        CommandTimeout = 30,
        MaxPoolSize = 60,
        MaxAutoPrepare = 100,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(Level = LogLevel.Information, Message = "Making the database in {Folder} with PostgreSQL {Major}")]
    static partial void LogInitialising(ILogger logger, string folder, int major);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL has ended; starting it again in {Pause}")]
    static partial void LogDied(ILogger logger, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL is back")]
    static partial void LogRestarted(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be started again")]
    static partial void LogRestartFailed(ILogger logger, Exception failure);
}
