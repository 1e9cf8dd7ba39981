using System.Text.RegularExpressions;
using CineGit.Hub.Platform.Database;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CineGit.Hub.Tests.Database;

[Collection(HubFixture.Collection)]
public sealed partial class IsolationTests(HubFixture hub)
{
    /// <summary>Tables that belong to no organization, and why. Everything else must be kept apart by row-level security.</summary>
    static readonly Dictionary<string, string> Shared = new(StringComparer.Ordinal)
    {
        ["users"] = "looked up by e-mail before anybody is known; one person may be in several organizations",
        ["sessions"] = "found by the hash of a secret, which only its holder has",
        ["setup_links"] = "there is no organization yet",
        ["device_codes"] = "found by the hash of a secret, before anybody is known",
        ["devices"] = "belongs to a person, not to an organization",
        ["device_tokens"] = "found by the hash of a secret, which only its holder has",
        ["recovery_codes"] = "belongs to a person, not to an organization",
        ["personal_tokens"] = "found by the hash of a secret, which only its holder has",
        ["schema_migrations"] = "the list of changes made to the tables; the hub's role may only read it",
        ["external_sign_ins"] = "found by a provider's name for a person, before anybody is known",
        ["idempotency_keys"] = "found by a person's id and a key that only they gave",
    };

    /// <summary>Tables of organizations of which guests see their organization's rows, and why.</summary>
    static readonly Dictionary<string, string> ForGuests = new(StringComparer.Ordinal)
    {
        ["event_sequences"] = "one number, from which an open stream goes on",
    };

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    TenantDatabase Database => hub.Services.GetRequiredService<TenantDatabase>();

    [Fact]
    public async Task Every_table_is_kept_apart_or_is_listed_with_a_reason()
    {
        const string sql = """
            select c.relname as name,
                   c.relrowsecurity and c.relforcerowsecurity as forced,
                   exists (select from pg_policy p where p.polrelid = c.oid) as has_policy,
                   exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'guest' and not p.polpermissive) as holds_guests,
                   exists (
                       select from pg_attribute a
                       where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped) as has_organization
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p')
            """;
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var connection = await owner.OpenConnectionAsync(Ct);
        var tables = (await connection.QueryAsync<Table>(new CommandDefinition(sql, cancellationToken: Ct))).ToList();

        Assert.All(tables, table => Assert.True(
            (table.Forced && table.HasPolicy) || (Shared.ContainsKey(table.Name) && !table.HasOrganization),
            $"{table.Name} has no forced row-level security with a policy, and no reason is given why it needs none."));
        Assert.All(tables.Where(table => table.HasOrganization), table => Assert.True(
            table.HoldsGuests || ForGuests.ContainsKey(table.Name), $"{table.Name} has no restrictive policy 'guest' that says what of it guests see."));
        Assert.Subset(tables.Select(table => table.Name).ToHashSet(), Shared.Keys.ToHashSet());
    }

    [Fact]
    public async Task The_hubs_role_is_bound_by_row_level_security_and_owns_nothing()
    {
        const string sql = """
            select r.rolname as name, r.rolsuper as super, r.rolbypassrls as bypasses,
                   (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
            from pg_roles r where r.rolname = current_user
            """;
        await using var transaction = await Database.BeginSystemAsync(Ct);
        var role = await transaction.Connection.QuerySingleAsync<Role>(
            new CommandDefinition(sql, transaction: transaction.Transaction, cancellationToken: Ct));
        Assert.Equal(new Role("cinegit_app", Super: false, Bypasses: false, Owned: 0), role);
    }

    [Fact]
    public async Task No_view_or_function_leads_around_the_policies()
    {
        const string sql = """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('v', 'm')
            union all
            select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'public' and p.prosecdef
            """;
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var connection = await owner.OpenConnectionAsync(Ct);
        Assert.Empty(await connection.QueryAsync<string>(new CommandDefinition(sql, cancellationToken: Ct)));
    }

    [Fact]
    public async Task An_organizations_transaction_sees_its_own_rows_only()
    {
        const string sql = "select id from organizations";
        var other = await hub.CreateOrganizationAsync("Isolated", Ct);
        other.Client.Dispose();

        await using (var inside = await Database.BeginAsync(other.OrganizationId, Ct))
        {
            var seen = await inside.Connection.QueryAsync<Guid>(
                new CommandDefinition(sql, transaction: inside.Transaction, cancellationToken: Ct));
            Assert.Equal([other.OrganizationId], seen);
        }

        await using var system = await Database.BeginSystemAsync(Ct);
        Assert.Empty(await system.Connection.QueryAsync<Guid>(
            new CommandDefinition(sql, transaction: system.Transaction, cancellationToken: Ct)));
    }

    [Fact]
    public async Task A_row_for_another_organization_is_refused()
    {
        const string sql = """
            insert into memberships (organization_id, user_id, role, created_at)
            values (@OrganizationId, @Id, 'admin', now())
            """;
        var other = await hub.CreateOrganizationAsync("Intruders", Ct);
        other.Client.Dispose();
        await using var transaction = await Database.BeginAsync(other.OrganizationId, Ct);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { hub.OrganizationId, hub.Owner.User.Id }, transaction.Transaction, cancellationToken: Ct)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task Nothing_of_an_organization_stays_on_a_pooled_connection()
    {
        const string sql = "select coalesce(current_setting('cinegit.organization_id', true), '')";
        for (var round = 0; round < 20; round++)
        {
            await using (await Database.BeginAsync(hub.OrganizationId, Ct))
            {
            }

            await using var system = await Database.BeginSystemAsync(Ct);
            Assert.Equal("", await system.Connection.ExecuteScalarAsync<string>(
                new CommandDefinition(sql, transaction: system.Transaction, cancellationToken: Ct)));
        }
    }

    [Fact]
    public async Task What_reads_in_one_round_trip_sees_its_own_organization_and_leaves_nothing_behind()
    {
        const string seen = "select id from organizations";
        const string left = "select coalesce(current_setting('cinegit.organization_id', true), '')";
        var other = await hub.CreateOrganizationAsync("One trip", Ct);
        other.Client.Dispose();
        for (var round = 0; round < 20; round++)
        {
            var organization = round % 2 == 0 ? hub.OrganizationId : other.OrganizationId;
            Assert.Equal([organization], await Database.ReadAsync(organization, seen, new { }, answers => answers.ReadAsync<Guid>(), Ct));
            Assert.Equal("", await Database.ReadSystemAsync(left, new { }, answers => answers.ReadSingleAsync<string>(), Ct));
            Assert.Empty(await Database.ReadSystemAsync(seen, new { }, answers => answers.ReadAsync<Guid>(), Ct));
        }
    }

    [Fact]
    public async Task The_README_names_the_owner_of_every_table()
    {
        const string sql = "select tablename from pg_tables where schemaname = 'public'";
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var connection = await owner.OpenConnectionAsync(Ct);
        var tables = await connection.QueryAsync<string>(new CommandDefinition(sql, cancellationToken: Ct));

        var listed = ReadmeRow().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "hub", "README.md"), Ct))
            .Select(row => (Table: row.Groups[1].Value, Feature: row.Groups[2].Value)).ToList();
        Assert.Equal(tables.Order(StringComparer.Ordinal), listed.Select(row => row.Table).Order(StringComparer.Ordinal));
        Assert.All(listed.Where(row => row.Feature != "Platform"), row => Assert.True(
            Directory.Exists(Path.Combine(RepositoryFolder.Path, "hub", "Features", row.Feature)), $"{row.Table} is said to belong to {row.Feature}."));
    }

    [GeneratedRegex(@"^\| `(\w+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex ReadmeRow();

    sealed record Table(string Name, bool Forced, bool HasPolicy, bool HoldsGuests, bool HasOrganization);

    sealed record Role(string Name, bool Super, bool Bypasses, int Owned);
}
