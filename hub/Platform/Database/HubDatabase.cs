using CineGit.Hub.Platform.Database.Embedded;
using CineGit.Hub.Platform.Host;
using Npgsql;

namespace CineGit.Hub.Platform.Database;

/// <summary>
/// Opens the database before the host takes requests, brings its tables up to date, and closes it after the last request.
/// </summary>
public sealed class HubDatabase(
    HubOptions options, HubFolder folder, EmbeddedCluster cluster, ILoggerFactory loggers, ILogger<HubDatabase> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    NpgsqlDataSource? app;

    /// <summary>Connections of the role that row-level security binds.</summary>
    public NpgsqlDataSource App =>
        app ?? throw new InvalidOperationException("The database opens when the host starts; nothing may use it earlier.");

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        DapperMapping.Register();
        if (options.Database is null)
        {
            await OpenAsync(await cluster.StartAsync(cancellationToken), cancellationToken);
            return;
        }

        try
        {
            await OpenAsync(External(options.Database, options.DatabaseOwner), cancellationToken);
        }
        catch (Exception failure) when (IsConnectionFault(failure))
        {
            throw new HubStartException(
                $"The database named by Hub:Database and Hub:DatabaseOwner cannot be opened ({failure.Message}); check address, role and password.",
                failure);
        }
    }

    async Task OpenAsync(DatabaseAddresses addresses, CancellationToken cancellationToken)
    {
        await using (var owner = NpgsqlDataSource.Create(addresses.Owner))
        {
            await RoleCheck.RequireAppRoleAsync(owner, cancellationToken);
            await new Migrator(owner, logger).RunAsync(cancellationToken);
        }

        app = new NpgsqlDataSourceBuilder(addresses.App).UseLoggerFactory(loggers).Build();
        await RoleCheck.RequireBoundAsync(app, cancellationToken);
        cluster.Restarted += app.Clear;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await cluster.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>True when a connection can be had and used at this moment.</summary>
    public async Task<bool> IsReachableAsync(CancellationToken ct)
    {
        if (app is null) return false;
        try
        {
            await using var command = app.CreateCommand("select 1");
            await command.ExecuteNonQueryAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Whether the tables are as this hub knows them; null when nobody can say at this moment.</summary>
    public async Task<bool?> IsMigratedAsync(CancellationToken ct)
    {
        if (app is null) return null;
        try
        {
            await using var command = app.CreateCommand("select max(number) from schema_migrations");
            return await command.ExecuteScalarAsync(ct) is int number && number == Migrator.Newest;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>Nobody answers, it is not let in, there is no such database, or the connection string is not one.</summary>
    static bool IsConnectionFault(Exception failure) => failure switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName,
        NpgsqlException or ArgumentException => true,
        _ => false,
    };

    static DatabaseAddresses External(string database, string? owner) =>
        owner is null
            ? throw new HubStartException(
                "Hub:Database is set but Hub:DatabaseOwner is not; give both: the role that the hub works as, and the role that owns the tables.")
            : new DatabaseAddresses(owner, database);
}
