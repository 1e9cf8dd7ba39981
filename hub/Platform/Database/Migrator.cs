using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CineGit.Hub.Platform.Host;
using Dapper;
using Npgsql;

namespace CineGit.Hub.Platform.Database;

/// <summary>Runs the numbered SQL files of <c>Migrations</c>, each once and whole. Forward only.</summary>
public sealed partial class Migrator(NpgsqlDataSource owner, ILogger logger)
{
    /// <summary>Any number will do, as long as no other program takes it in this database: "cinegit" in ASCII.</summary>
    const long AdvisoryLock = 0x63696e65676974;

    /// <summary>The number of the last change that this hub knows.</summary>
    public static int Newest { get; } = Embedded()[^1].Number;

    public async Task RunAsync(CancellationToken ct)
    {
        // The lock goes with the connection: two hubs that start together on one database take turns.
        await using var connection = await owner.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition("select pg_advisory_lock(@AdvisoryLock)", new { AdvisoryLock }, cancellationToken: ct));
        await RunLockedAsync(connection, Embedded(), ct);
    }

    async Task RunLockedAsync(NpgsqlConnection connection, IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        const string table = """
            create table if not exists schema_migrations (
                number int primary key,
                name text not null,
                checksum text not null,
                applied_at timestamptz not null default now())
            """;
        const string read = "select number, name, checksum from schema_migrations order by number";
        await connection.ExecuteAsync(new CommandDefinition(table, cancellationToken: ct));
        var applied = (await connection.QueryAsync<AppliedMigration>(new CommandDefinition(read, cancellationToken: ct)))
            .ToDictionary(each => each.Number);

        Check(migrations, applied);
        foreach (var migration in migrations.Where(each => !applied.ContainsKey(each.Number)))
        {
            await ApplyAsync(connection, migration, ct);
        }
    }

    static void Check(IReadOnlyList<Migration> migrations, Dictionary<int, AppliedMigration> applied)
    {
        var known = migrations.ToDictionary(each => each.Number);
        foreach (var (number, each) in applied)
        {
            if (!known.TryGetValue(number, out var migration))
            {
                throw new HubStartException(
                    $"The database has the change {each.Name}, which this hub does not know; it was used by a newer hub. Start that version, or restore a backup.");
            }

            if (migration.Checksum != each.Checksum)
            {
                throw new HubStartException(
                    $"The database was changed by another edition of {each.Name} than this hub carries; start the hub that made it, or restore a backup.");
            }
        }
    }

    async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        const string record = "insert into schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)";
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, cancellationToken: ct));
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.RaiseException)
        {
            // The migration itself says why it cannot be, in a sentence for whoever runs the hub.
            throw new HubStartException(refusal.MessageText, refusal);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            record, new { migration.Number, migration.Name, migration.Checksum }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        LogApplied(logger, migration.Name);
    }

    /// <summary>Every file under Migrations, by number; two with one number are a mistake of the build.</summary>
    static List<Migration> Embedded()
    {
        const string marker = ".Migrations.";
        var assembly = Assembly.GetExecutingAssembly();
        var migrations = assembly.GetManifestResourceNames()
            .Where(resource => resource.Contains(marker, StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource, resource[(resource.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..]))
            .OrderBy(migration => migration.Number)
            .ToList();
        return migrations.Select(each => each.Number).Distinct().Count() == migrations.Count
            ? migrations
            : throw new InvalidOperationException("Two migrations have the same number.");
    }

    static Migration Read(Assembly assembly, string resource, string name)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The migration {resource} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A checkout with other line ends is the same migration.
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, sql, checksum);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database changed: {Migration}")]
    static partial void LogApplied(ILogger logger, string migration);

    sealed record Migration(int Number, string Name, string Sql, string Checksum);

    sealed record AppliedMigration(int Number, string Name, string Checksum);
}
