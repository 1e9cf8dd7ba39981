using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;
using Npgsql;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Owns the table <c>organization_roles</c>.</summary>
public static class RoleStore
{
    public static async Task<IReadOnlyList<RoleResponse>> ListOwnAsync(TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        const string sql = "select name, permissions from organization_roles where organization_id = @organization order by name";
        var rows = await tx.Connection.QueryAsync<RoleRow>(
            new CommandDefinition(sql, new { organization }, tx.Transaction, cancellationToken: ct));
        return [.. rows.Select(row => new RoleResponse(row.Name, BuiltIn: false, [.. PermissionSet.Parse(row.Permissions).Names]))];
    }

    /// <summary>What a role allows, built in or the organization's own; null when there is no such role. An own one stays until the transaction ends.</summary>
    public static async Task<PermissionSet?> FindAsync(TenantTransaction tx, Guid organization, string name, CancellationToken ct)
    {
        const string sql = "select permissions from organization_roles where organization_id = @organization and name = @name for key share";
        if (PermissionTable.OfRole(name) is { } builtIn) return builtIn;
        var permissions = await tx.Connection.QuerySingleOrDefaultAsync<string?>(
            new CommandDefinition(sql, new { organization, name }, tx.Transaction, cancellationToken: ct));
        return permissions is null ? null : PermissionSet.Parse(permissions);
    }

    public static Task PutAsync(
        TenantTransaction tx, Guid organization, string name, PermissionSet permissions, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into organization_roles (organization_id, name, permissions, created_at)
            values (@organization, @name, @permissions, @now)
            on conflict (organization_id, name) do update set permissions = excluded.permissions
            """;
        return tx.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { organization, name, permissions = permissions.ToString(), now }, tx.Transaction, cancellationToken: ct));
    }

    /// <returns>False when somebody has it.</returns>
    public static async Task<bool> RemoveAsync(TenantTransaction tx, Guid organization, string name, CancellationToken ct)
    {
        const string sql = "delete from organization_roles where organization_id = @organization and name = @name";
        try
        {
            await tx.Connection.ExecuteAsync(
                new CommandDefinition(sql, new { organization, name }, tx.Transaction, cancellationToken: ct));
            return true;
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
    }

    sealed record RoleRow(string Name, string Permissions);
}
