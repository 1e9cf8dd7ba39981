using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Branches;

public static class BranchStore
{
    public static Task<IReadOnlyList<Branch>> ListAsync(ProjectTransaction tx, CancellationToken ct) => ListAsync(tx, after: null, most: null, ct);

    /// <summary>The oldest first.</summary>
    /// <param name="after">Only those that came after this one; null from the first on.</param>
    /// <param name="most">At most so many; null for all.</param>
    public static async Task<IReadOnlyList<Branch>> ListAsync(ProjectTransaction tx, string? after, int? most, CancellationToken ct)
    {
        const string sql = """
            select b.name, b.head, p.branch is not null as protected
            from branches b
            left join branch_protections p
                on p.organization_id = b.organization_id and p.project_id = b.project_id and p.branch = b.name
            where b.organization_id = @Organization and b.project_id = @Project
              and (@after::text is null or (b.created_at, b.name) > (
                select l.created_at, l.name
                from branches l
                where l.organization_id = @Organization and l.project_id = @Project and l.name = @after))
            order by b.created_at, b.name
            limit @most
            """;
        var rows = await tx.Connection.QueryAsync<Branch>(tx.Command(sql, new { tx.Organization, tx.Project, after, most }, ct));
        return rows.AsList();
    }

    public static Task<Branch?> FindAsync(ProjectTransaction tx, string name, CancellationToken ct)
    {
        const string sql = """
            select b.name, b.head, p.branch is not null as protected
            from branches b
            left join branch_protections p
                on p.organization_id = b.organization_id and p.project_id = b.project_id and p.branch = b.name
            where b.organization_id = @Organization and b.project_id = @Project and b.name = @name
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<Branch>(tx.Command(sql, new { tx.Organization, tx.Project, name }, ct));
    }

    /// <summary>Nobody moves it, or changes what it asks, until this transaction ends. Taken after the lock of a cut request, never before.</summary>
    public static Task<Branch?> LockAsync(ProjectTransaction tx, string name, CancellationToken ct)
    {
        const string sql = """
            select b.name, b.head, p.branch is not null as protected
            from branches b
            left join branch_protections p
                on p.organization_id = b.organization_id and p.project_id = b.project_id and p.branch = b.name
            where b.organization_id = @Organization and b.project_id = @Project and b.name = @name
            for no key update of b
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<Branch>(tx.Command(sql, new { tx.Organization, tx.Project, name }, ct));
    }

    public static async Task<IReadOnlyDictionary<Guid, int>> CountByProjectAsync(
        TenantTransaction transaction, Guid organization, CancellationToken ct)
    {
        const string sql = """
            select project_id, count(*)::int as count
            from branches
            where organization_id = @organization
            group by project_id
            """;
        var rows = await transaction.Connection.QueryAsync<(Guid Project, int Count)>(
            new CommandDefinition(sql, new { organization }, transaction.Transaction, cancellationToken: ct));
        return rows.ToDictionary(row => row.Project, row => row.Count);
    }

    /// <summary>A branch is a name and a head: it costs the same wherever it starts.</summary>
    /// <returns>False when the name is taken.</returns>
    public static async Task<bool> AddAsync(
        ProjectTransaction tx, string name, string? head, Guid createdBy, DateTimeOffset createdAt, CancellationToken ct)
    {
        const string sql = """
            with added as (
                insert into branches (organization_id, project_id, name, head, created_by, created_at)
                values (@Organization, @Project, @name, @head, @createdBy, @createdAt)
                on conflict do nothing
                returning organization_id, project_id, name, moves, head
            )
            insert into branch_log (organization_id, project_id, branch, move, old_head, new_head, reason, moved_by, moved_at)
            select organization_id, project_id, name, moves, null, head, 'create', @createdBy, @createdAt
            from added
            """;
        return await tx.Connection.ExecuteAsync(
            tx.Command(sql, new { tx.Organization, tx.Project, name, head, createdBy, createdAt }, ct)) == 1;
    }

    /// <summary>Compare-and-swap of a head, with its line in the log, in one statement.</summary>
    /// <returns>False when the head is not where the mover saw it.</returns>
    public static async Task<bool> MoveAsync(ProjectTransaction tx, BranchMove move, CancellationToken ct)
    {
        const string sql = """
            with moved as (
                update branches
                set head = @To, moves = moves + 1
                where organization_id = @Organization and project_id = @Project and name = @Branch
                  and head is not distinct from @From
                returning organization_id, project_id, name, moves, head
            )
            insert into branch_log (organization_id, project_id, branch, move, old_head, new_head, reason, moved_by, moved_at)
            select organization_id, project_id, name, moves, @From, head, @Reason, @By, @At
            from moved
            """;
        var parameters = new { tx.Organization, tx.Project, move.Branch, move.From, move.To, move.Reason, move.By, move.At };
        return await tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct)) == 1;
    }
}
