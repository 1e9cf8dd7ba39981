using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Writes the table <c>memberships</c>; every change of rights moves <c>authz_version</c> on.</summary>
public static class MemberStore
{
    public static async Task<IReadOnlyList<MemberResponse>> ListAsync(TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        const string sql = """
            select m.user_id, u.display_name, u.email, m.role, m.created_at as since
            from memberships m
            join users u on u.id = m.user_id
            where m.organization_id = @organization
            order by u.display_name, m.user_id
            """;
        var rows = await tx.Connection.QueryAsync<MemberResponse>(
            new CommandDefinition(sql, new { organization }, tx.Transaction, cancellationToken: ct));
        return rows.AsList();
    }

    /// <summary>The person's role in the project, or else in the organization; null for somebody who is no member.</summary>
    public static Task<string?> FindRoleAsync(ProjectTransaction tx, Guid user, CancellationToken ct)
    {
        const string sql = """
            select coalesce(p.role, m.role)
            from memberships m
            left join project_members p
                on p.organization_id = m.organization_id and p.project_id = @Project and p.user_id = m.user_id
            where m.organization_id = @Organization and m.user_id = @user
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<string?>(tx.Command(sql, new { tx.Organization, tx.Project, user }, ct));
    }

    /// <summary>The member's role, which nobody else changes until the transaction ends; null for somebody who is no member.</summary>
    public static Task<string?> LockAsync(TenantTransaction tx, Guid organization, Guid user, CancellationToken ct)
    {
        const string sql = "select role from memberships where organization_id = @organization and user_id = @user for update";
        return tx.Connection.QuerySingleOrDefaultAsync<string?>(
            new CommandDefinition(sql, new { organization, user }, tx.Transaction, cancellationToken: ct));
    }

    /// <summary>True when somebody else is an admin and stays one until the transaction ends.</summary>
    public static async Task<bool> IsOtherAdminAsync(TenantTransaction tx, Guid organization, Guid user, CancellationToken ct)
    {
        // In one order, so that two who take each other's role wait instead of deadlocking.
        const string sql = """
            select user_id from memberships
            where organization_id = @organization and role = @admin
            order by user_id for update
            """;
        var admins = await tx.Connection.QueryAsync<Guid>(
            new CommandDefinition(sql, new { organization, admin = Roles.Admin }, tx.Transaction, cancellationToken: ct));
        return admins.Any(admin => admin != user);
    }

    public static Task SetRoleAsync(TenantTransaction tx, Guid organization, Guid user, string role, CancellationToken ct)
    {
        const string sql = """
            update memberships set role = @role, authz_version = authz_version + 1
            where organization_id = @organization and user_id = @user
            """;
        return tx.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { organization, user, role }, tx.Transaction, cancellationToken: ct));
    }

    public static Task RemoveAsync(TenantTransaction tx, Guid organization, Guid user, CancellationToken ct)
    {
        const string sql = "delete from memberships where organization_id = @organization and user_id = @user";
        return tx.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { organization, user }, tx.Transaction, cancellationToken: ct));
    }

    /// <summary>One member's rights have changed somewhere else: in a project.</summary>
    /// <returns>False for somebody who is no member.</returns>
    public static async Task<bool> TouchAsync(TenantTransaction tx, Guid organization, Guid user, CancellationToken ct)
    {
        const string sql = """
            update memberships set authz_version = authz_version + 1
            where organization_id = @organization and user_id = @user
            """;
        return await tx.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { organization, user }, tx.Transaction, cancellationToken: ct)) == 1;
    }

    /// <summary>Everybody's rights may have changed: a role means something else, or a project is seen by others.</summary>
    public static Task TouchAllAsync(TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        const string sql = "update memberships set authz_version = authz_version + 1 where organization_id = @organization";
        return tx.Connection.ExecuteAsync(new CommandDefinition(sql, new { organization }, tx.Transaction, cancellationToken: ct));
    }
}
