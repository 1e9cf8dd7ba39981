using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Projects;

/// <summary>Owns the table <c>project_members</c>, and who sees a project.</summary>
public static class ProjectMemberStore
{
    public static async Task<IReadOnlyList<MemberResponse>> ListAsync(ProjectTransaction tx, CancellationToken ct)
    {
        const string sql = """
            select m.user_id, u.display_name, u.email, m.role, m.created_at as since
            from project_members m
            join users u on u.id = m.user_id
            where m.organization_id = @Organization and m.project_id = @Project
            order by u.display_name, m.user_id
            """;
        var rows = await tx.Connection.QueryAsync<MemberResponse>(tx.Command(sql, new { tx.Organization, tx.Project }, ct));
        return rows.AsList();
    }

    /// <summary>The person's role in the project; null when they have none of their own there.</summary>
    public static Task<string?> LockAsync(ProjectTransaction tx, Guid user, CancellationToken ct)
    {
        const string sql = """
            select role from project_members
            where organization_id = @Organization and project_id = @Project and user_id = @user for update
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<string?>(tx.Command(sql, new { tx.Organization, tx.Project, user }, ct));
    }

    public static Task PutAsync(ProjectTransaction tx, Guid user, string role, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into project_members (organization_id, project_id, user_id, role, created_at)
            values (@Organization, @Project, @user, @role, @now)
            on conflict (organization_id, project_id, user_id) do update set role = excluded.role
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, user, role, now }, ct));
    }

    public static Task RemoveAsync(ProjectTransaction tx, Guid user, CancellationToken ct)
    {
        const string sql = """
            delete from project_members
            where organization_id = @Organization and project_id = @Project and user_id = @user
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, user }, ct));
    }

    public static Task<bool> IsRestrictedAsync(ProjectTransaction tx, CancellationToken ct)
    {
        const string sql = "select restricted from projects where organization_id = @Organization and id = @Project";
        return tx.Connection.ExecuteScalarAsync<bool>(tx.Command(sql, new { tx.Organization, tx.Project }, ct));
    }

    public static Task SetRestrictedAsync(ProjectTransaction tx, bool restricted, CancellationToken ct)
    {
        const string sql = "update projects set restricted = @restricted where organization_id = @Organization and id = @Project";
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, restricted }, ct));
    }
}
