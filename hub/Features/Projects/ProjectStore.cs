using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Projects;

public static class ProjectStore
{
    /// <summary>The projects that the member sees, the newest first.</summary>
    /// <param name="member">With the rights of the whole organization.</param>
    /// <param name="after">Only those behind this slug; null from the newest on.</param>
    /// <param name="most">At most so many; null for all.</param>
    public static async Task<IReadOnlyList<Project>> ListVisibleAsync(
        TenantTransaction transaction, Membership member, string? after, int? most, CancellationToken ct)
    {
        const string sql = """
            select p.id, p.slug, p.name, p.created_at, p.restricted, m.role, r.permissions
            from projects p
            left join project_members m
                on m.organization_id = p.organization_id and m.project_id = p.id and m.user_id = @UserId
            left join organization_roles r on r.organization_id = m.organization_id and r.name = m.role
            left join projects l on l.organization_id = p.organization_id and l.slug = @after
            where p.organization_id = @OrganizationId
              and (@after::text is null or p.created_at < l.created_at or (p.created_at = l.created_at and p.slug > l.slug))
            order by p.created_at desc, p.slug
            """;
        var rows = await transaction.Connection.QueryAsync<SeenRow>(new CommandDefinition(
            sql, new { member.OrganizationId, member.UserId, after }, transaction.Transaction, cancellationToken: ct));
        var seen = rows.Where(row => row.RightsOf(member).Contains(Permission.ProjectRead)).Select(row => row.ToProject());
        return [.. most is { } count ? seen.Take(count) : seen];
    }

    public static Task<Guid?> FindIdAsync(TenantTransaction transaction, Guid organization, string slug, CancellationToken ct)
    {
        const string sql = "select id from projects where organization_id = @organization and slug = @slug";
        return transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(sql, new { organization, slug }, transaction.Transaction, cancellationToken: ct));
    }

    /// <summary>Nobody else changes who sees it, or what is asked of its cuts, until this transaction ends.</summary>
    public static Task LockAsync(ProjectTransaction tx, CancellationToken ct)
    {
        const string sql = "select id from projects where organization_id = @Organization and id = @Project for no key update";
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project }, ct));
    }

    /// <summary>The two slugs that its address has.</summary>
    public static Task<(string Organization, string Project)> AddressAsync(ProjectTransaction tx, CancellationToken ct)
    {
        const string sql = """
            select o.slug as organization, p.slug as project
            from projects p
            join organizations o on o.id = p.organization_id
            where p.organization_id = @Organization and p.id = @Project
            """;
        return tx.Connection.QuerySingleAsync<(string Organization, string Project)>(tx.Command(sql, new { tx.Organization, tx.Project }, ct));
    }

    /// <summary>The project and how much there is in it, in one round trip, as it is what people look at most.</summary>
    /// <returns>Null when there is no such project.</returns>
    public static async Task<ProjectResponse?> FindPageAsync(TenantDatabase database, Membership member, string slug, CancellationToken ct)
    {
        const string sql = """
            select p.id, p.slug, p.name, p.created_at,
                (select count(*)::int from branches b where b.organization_id = @Organization and b.project_id = p.id) as branches,
                (select count(*)::int from cut_requests c
                    where c.organization_id = @Organization and c.project_id = p.id and c.state = 'open') as open_cut_requests
            from projects p
            where p.organization_id = @Organization and p.slug = @slug
            """;
        var row = await database.ReadAsync(
            member.OrganizationId, sql, new { slug }, answers => answers.ReadSingleOrDefaultAsync<PageRow>(), ct, member.Guest);
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
