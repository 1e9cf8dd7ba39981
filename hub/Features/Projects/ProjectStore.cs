using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Projects;

public static class ProjectStore
{
    /// <summary>The projects that the member sees; <paramref name="member"/> has the rights of the whole organization.</summary>
    public static async Task<IReadOnlyList<Project>> ListVisibleAsync(TenantTransaction transaction, Membership member, CancellationToken ct)
    {
        const string sql = """
            select p.id, p.slug, p.name, p.created_at, p.restricted, m.role, r.permissions
            from projects p
            left join project_members m
                on m.organization_id = p.organization_id and m.project_id = p.id and m.user_id = @UserId
            left join organization_roles r on r.organization_id = m.organization_id and r.name = m.role
            where p.organization_id = @OrganizationId
            order by p.created_at desc, p.slug
            """;
        var rows = await transaction.Connection.QueryAsync<SeenRow>(new CommandDefinition(
            sql, new { member.OrganizationId, member.UserId }, transaction.Transaction, cancellationToken: ct));
        return [.. rows.Where(row => row.RightsOf(member).Contains(Permission.ProjectRead)).Select(row => row.ToProject())];
    }

    public static Task<Guid?> FindIdAsync(TenantTransaction transaction, Guid organization, string slug, CancellationToken ct)
    {
        const string sql = "select id from projects where organization_id = @organization and slug = @slug";
        return transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(sql, new { organization, slug }, transaction.Transaction, cancellationToken: ct));
    }

    /// <summary>The project and how much there is in it, in one round trip, as it is what people look at most.</summary>
    /// <returns>Null when there is no such project.</returns>
    public static async Task<ProjectResponse?> FindPageAsync(TenantDatabase database, Guid organization, string slug, CancellationToken ct)
    {
        const string sql = """
            select p.id, p.slug, p.name, p.created_at,
                (select count(*)::int from branches b where b.organization_id = @Organization and b.project_id = p.id) as branches,
                (select count(*)::int from cut_requests c
                    where c.organization_id = @Organization and c.project_id = p.id and c.state = 'open') as open_cut_requests
            from projects p
            where p.organization_id = @Organization and p.slug = @slug
            """;
        var row = await database.ReadAsync(organization, sql, new { slug }, answers => answers.ReadSingleOrDefaultAsync<PageRow>(), ct);
        return row is null ? null : new Project(row.Id, row.Slug, row.Name, row.CreatedAt).ToResponse(row.Branches, row.OpenCutRequests);
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

    sealed record PageRow(Guid Id, string Slug, string Name, DateTimeOffset CreatedAt, int Branches, int OpenCutRequests);

    sealed record SeenRow(Guid Id, string Slug, string Name, DateTimeOffset CreatedAt, bool Restricted, string? Role, string? Permissions)
    {
        public PermissionSet RightsOf(Membership member) => ProjectRights.In(
            member.Permissions, Restricted, Role is null ? null : PermissionTable.OfRole(Role) ?? PermissionSet.Parse(Permissions ?? ""));

        public Project ToProject() => new(Id, Slug, Name, CreatedAt);
    }
}
