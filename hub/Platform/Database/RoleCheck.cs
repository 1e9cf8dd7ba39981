using CineGit.Hub.Platform.Host;
using Dapper;
using Npgsql;

namespace CineGit.Hub.Platform.Database;

/// <summary>
/// Row-level security does not bind every role: the hub refuses to work as one that would see all organizations.
/// </summary>
public static class RoleCheck
{
    /// <summary>The role that the migrations grant to; the one that the hub works as is it, or is a member of it.</summary>
    public const string App = "cinegit_app";

    public static async Task RequireAppRoleAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        const string sql = "select exists (select from pg_roles where rolname = @App)";
        await using var connection = await owner.OpenConnectionAsync(ct);
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, new { App }, cancellationToken: ct))) return;
        throw new HubStartException(
            $"The database server has no role {App}; make it (create role {App} login nobypassrls password '…') and name it in Hub:Database.");
    }

    public static async Task RequireBoundAsync(NpgsqlDataSource app, CancellationToken ct)
    {
        const string sql = """
            select r.rolname as name,
                   r.rolsuper or r.rolbypassrls as unbound,
                   exists (
                       select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                       where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(c.relowner, 'member')) as owns,
                   pg_has_role(@App, 'member') as granted
            from pg_roles r
            where r.rolname = current_user
            """;
        await using var connection = await app.OpenConnectionAsync(ct);
        var role = await connection.QuerySingleAsync<Role>(new CommandDefinition(sql, new { App }, cancellationToken: ct));
        if (role.Unbound || role.Owns)
        {
            throw new HubStartException(
                $"The role {role.Name} in Hub:Database is a superuser, has BYPASSRLS or owns the tables, so organizations would not be kept apart; name {App} there.");
        }

        if (!role.Granted)
        {
            throw new HubStartException(
                $"The role {role.Name} in Hub:Database is not {App} and not a member of it; name {App} there, or run: grant {App} to {role.Name}.");
        }
    }

    sealed record Role(string Name, bool Unbound, bool Owns, bool Granted);
}
