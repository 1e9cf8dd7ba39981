using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Host;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CineGit.Hub.Tests.Database;

[Collection(HubFixture.Collection)]
public sealed class MigrationTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        var before = await AppliedAsync(owner);
        await new Migrator(owner, NullLogger.Instance).RunAsync(Ct);
        Assert.Equal(before, await AppliedAsync(owner));
        Assert.Contains("0001_create_identity.sql", before);
    }

    [Fact]
    public async Task A_database_of_a_newer_hub_is_refused()
    {
        var refusal = await RefusalAsync(
            "insert into schema_migrations (number, name, checksum) values (9999, '9999_from_the_future.sql', '')",
            "delete from schema_migrations where number = 9999");
        Assert.Contains("9999_from_the_future.sql", refusal, StringComparison.Ordinal);
        Assert.Contains("newer hub", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_was_changed_afterwards_is_refused()
    {
        var refusal = await RefusalAsync(
            "update schema_migrations set checksum = 'x' || checksum where number = 1",
            "update schema_migrations set checksum = substr(checksum, 2) where number = 1");
        Assert.Contains("another edition of 0001_create_identity.sql", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_with_versions_of_an_earlier_preview_is_refused_and_left_as_it_is()
    {
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        var script = await EmbeddedAsync("0014_create_packs.sql");
        await using var connection = await owner.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        foreach (var sql in (string[])
        [
            "create schema earlier",
            "set local search_path to earlier",
            "create table objects (hash text)",
            "create table versions (id text)",
            "insert into objects values ('bytes')",
        ])
        {
            await connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: Ct));
        }

        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => connection.ExecuteAsync(new CommandDefinition(script, transaction: transaction, cancellationToken: Ct)));
        Assert.Contains("made by an earlier preview", refusal.MessageText, StringComparison.Ordinal);
        Assert.Contains("--Hub:Data", refusal.MessageText, StringComparison.Ordinal);
    }

    static async Task<string> EmbeddedAsync(string name)
    {
        var assembly = typeof(Migrator).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(each => each.EndsWith(name, StringComparison.Ordinal));
        await using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{name} is not there.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Ct);
    }

    /// <summary>What the migrator says after <paramref name="spoil"/>; the database is as before afterwards.</summary>
    async Task<string> RefusalAsync(string spoil, string restore)
    {
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await ExecuteAsync(owner, spoil);
        try
        {
            return (await Assert.ThrowsAsync<HubStartException>(() => new Migrator(owner, NullLogger.Instance).RunAsync(Ct))).Message;
        }
        finally
        {
            await ExecuteAsync(owner, restore);
        }
    }

    static async Task ExecuteAsync(NpgsqlDataSource owner, string sql)
    {
        await using var command = owner.CreateCommand(sql);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Ct));
    }

    static async Task<IReadOnlyList<string>> AppliedAsync(NpgsqlDataSource owner)
    {
        const string sql = "select name from schema_migrations order by number";
        await using var connection = await owner.OpenConnectionAsync(Ct);
        return (await connection.QueryAsync<string>(new CommandDefinition(sql, cancellationToken: Ct))).AsList();
    }
}
