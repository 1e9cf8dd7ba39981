using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit.Running;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CineGit.Hub.Tests.Database;

/// <summary>Organizations take turns on the same connections, and no statement says whose rows it wants.</summary>
[Collection(HubFixture.Collection)]
public sealed class PooledConnectionsTests(HubFixture hub)
{
    const int Unfiltered = 3_000;

    static readonly int Turns = LongRun.Rounds(5_000, 50_000);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    TenantDatabase Database => hub.Services.GetRequiredService<TenantDatabase>();

    [Fact]
    public async Task No_table_shows_another_organizations_rows_to_a_statement_without_a_filter()
    {
        var tables = await TenantTablesAsync();
        var organizations = await OrganizationsAsync();
        var asked = 0;
        while (asked < Unfiltered)
        {
            foreach (var table in tables)
            {
                foreach (var organization in organizations)
                {
                    var seen = await Database.ReadAsync(organization, $"select distinct organization_id from {table}", new { }, a => a.ReadAsync<Guid>(), Ct);
                    Assert.True(seen.All(o => o == organization), $"{table} shows {string.Join(", ", seen)} to {organization}.");
                    asked++;
                }
            }
        }
    }

    [Fact]
    public async Task Connections_that_change_hands_show_nothing_of_whoever_had_them_before()
    {
        var organizations = await OrganizationsAsync();
        const int hands = 8;
        await Task.WhenAll(Enumerable.Range(0, hands).Select(async hand =>
        {
            var random = new Random(hand);
            for (var turn = 0; turn < Turns / hands; turn++) await TakeTurnAsync(random, organizations);
        }));
    }

    /// <summary>In all the ways that a request uses a connection, those that end badly included.</summary>
    async Task TakeTurnAsync(Random random, Guid[] organizations)
    {
        const string seen = "select organization_id from projects union select organization_id from versions union select organization_id from memberships";
        var organization = organizations[random.Next(organizations.Length)];
        switch (random.Next(5))
        {
            case 0:
                Assert.Equal([organization], await Database.ReadAsync(organization, seen, new { }, a => a.ReadAsync<Guid>(), Ct));
                break;
            case 1:
                Assert.Empty(await Database.ReadSystemAsync(seen, new { }, a => a.ReadAsync<Guid>(), Ct));
                break;
            case 2:
                await using (var transaction = await Database.BeginAsync(organization, Ct))
                {
                    Assert.Equal([organization], await transaction.Connection.QueryAsync<Guid>(new CommandDefinition(seen, transaction: transaction.Transaction, cancellationToken: Ct)));
                    if (random.Next(2) == 0) await transaction.CommitAsync(Ct);
                }

                break;
            case 3:
                await Assert.ThrowsAsync<PostgresException>(() => Database.ReadAsync(organization, "select 1 / 0", new { }, a => a.ReadAsync<int>(), Ct));
                break;
            default:
                await using (await Database.BeginAsync(organization, Ct))
                {
                }

                break;
        }
    }

    /// <summary>Three, each with a film.</summary>
    async Task<Guid[]> OrganizationsAsync()
    {
        List<Guid> organizations = [];
        foreach (var name in (string[])["Upstairs", "Downstairs", "Next door"])
        {
            var made = await hub.CreateOrganizationAsync($"{name} {Guid.CreateVersion7():N}", Ct);
            using var project = await TestProject.CreateAsync(made.Client, made.Organization);
            await project.CommitAsync("main", Films.First, "First");
            organizations.Add(made.OrganizationId);
        }

        return [.. organizations];
    }

    async Task<IReadOnlyList<string>> TenantTablesAsync()
    {
        const string sql = """
            select c.relname
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
            where n.nspname = 'public' and c.relkind in ('r', 'p') and has_table_privilege('cinegit_app', c.oid, 'select')
            """;
        return [.. await Database.ReadSystemAsync(sql, new { }, answers => answers.ReadAsync<string>(), Ct)];
    }
}
