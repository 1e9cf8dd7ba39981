using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Projects;

public static class ProjectStore
{
    public static async Task<IReadOnlyList<Project>> ListAsync(TenantTransaction transaction, Guid organization, CancellationToken ct)
    {
        const string sql = """
            select id, slug, name, created_at
            from projects
            where organization_id = @organization
            order by created_at desc, slug
            """;
        var rows = await transaction.Connection.QueryAsync<Project>(
            new CommandDefinition(sql, new { organization }, transaction.Transaction, cancellationToken: ct));
        return rows.AsList();
    }

    public static Task<Guid?> FindIdAsync(TenantTransaction transaction, Guid organization, string slug, CancellationToken ct)
    {
        const string sql = "select id from projects where organization_id = @organization and slug = @slug";
        return transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(sql, new { organization, slug }, transaction.Transaction, cancellationToken: ct));
    }

    public static Task<Project> GetAsync(ProjectTransaction tx, CancellationToken ct)
    {
        const string sql = """
            select id, slug, name, created_at
            from projects
            where organization_id = @Organization and id = @Project
            """;
        return tx.Connection.QuerySingleAsync<Project>(tx.Command(sql, new { tx.Organization, tx.Project }, ct));
    }

    /// <returns>False when the organization has a project with this slug already.</returns>
    public static async Task<bool> AddAsync(
        TenantTransaction transaction, Guid organization, Project project, Guid createdBy, CancellationToken ct)
    {
        const string sql = """
            insert into projects (organization_id, id, slug, name, created_by, created_at)
            values (@organization, @Id, @Slug, @Name, @createdBy, @CreatedAt)
            on conflict on constraint projects_slug do nothing
            """;
        var parameters = new { organization, project.Id, project.Slug, project.Name, createdBy, project.CreatedAt };
        return await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct)) == 1;
    }
}
