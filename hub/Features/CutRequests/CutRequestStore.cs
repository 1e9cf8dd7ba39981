using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.CutRequests;

public static class CutRequestStore
{
    /// <summary>The newest first.</summary>
    /// <param name="before">Only those with lower numbers; null from the newest on.</param>
    /// <param name="most">At most so many; null for all.</param>
    public static async Task<IReadOnlyList<CutRequest>> ListAsync(ProjectTransaction tx, int? before, int? most, CancellationToken ct)
    {
        const string sql = """
            select number, title, description, state, draft, open_conflicts, source_branch, target_branch, author_id, author_name, created_at,
                   source_head, target_head, merged_version, ended_by_name, ended_at
            from cut_requests
            where organization_id = @Organization and project_id = @Project and (@before::int is null or number < @before)
            order by number desc
            limit @most
            """;
        var rows = await tx.Connection.QueryAsync<CutRequest>(tx.Command(sql, new { tx.Organization, tx.Project, before, most }, ct));
        return rows.AsList();
    }

    public static Task<CutRequest?> FindAsync(ProjectTransaction tx, int number, CancellationToken ct)
    {
        const string sql = """
            select number, title, description, state, draft, open_conflicts, source_branch, target_branch, author_id, author_name, created_at,
                   source_head, target_head, merged_version, ended_by_name, ended_at
            from cut_requests
            where organization_id = @Organization and project_id = @Project and number = @number
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<CutRequest>(tx.Command(sql, new { tx.Organization, tx.Project, number }, ct));
    }

    /// <summary>Makes whoever wants to answer, merge or close it wait until this transaction ends.</summary>
    public static async Task<CutRequest?> LockAsync(ProjectTransaction tx, int number, CancellationToken ct)
    {
        const string sql = """
            select number
            from cut_requests
            where organization_id = @Organization and project_id = @Project and number = @number
            for update
            """;
        await tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number }, ct));
        return await FindAsync(tx, number, ct);
    }

    /// <summary>The open ones from or into a branch.</summary>
    public static async Task<IReadOnlyList<int>> OpenOfBranchAsync(ProjectTransaction tx, string branch, CancellationToken ct)
    {
        const string sql = """
            select number
            from cut_requests
            where organization_id = @Organization and project_id = @Project and state = 'open' and @branch in (source_branch, target_branch)
            """;
        var numbers = await tx.Connection.QueryAsync<int>(tx.Command(sql, new { tx.Organization, tx.Project, branch }, ct));
        return numbers.AsList();
    }

    /// <summary>What open ones would merge, and into which branch.</summary>
    /// <param name="source">Only those from this branch; null for any.</param>
    /// <param name="target">Only those into this one; null for any.</param>
    public static async Task<IReadOnlyList<(string Head, string Target)>> OpenHeadsAsync(
        ProjectTransaction tx, string? source, string? target, CancellationToken ct)
    {
        const string sql = """
            select s.head, r.target_branch as target
            from cut_requests r
            join branches s
              on s.organization_id = r.organization_id and s.project_id = r.project_id and s.name = r.source_branch
            where r.organization_id = @Organization and r.project_id = @Project and r.state = 'open' and s.head is not null
              and (@source::text is null or r.source_branch = @source)
              and (@target::text is null or r.target_branch = @target)
            """;
        var rows = await tx.Connection.QueryAsync<(string Head, string Target)>(tx.Command(sql, new { tx.Organization, tx.Project, source, target }, ct));
        return rows.AsList();
    }

    public static async Task<IReadOnlyDictionary<Guid, int>> CountOpenByProjectAsync(
        TenantTransaction transaction, Guid organization, CancellationToken ct)
    {
        const string sql = """
            select project_id, count(*)::int as count
            from cut_requests
            where organization_id = @organization and state = 'open'
            group by project_id
            """;
        var rows = await transaction.Connection.QueryAsync<(Guid Project, int Count)>(
            new CommandDefinition(sql, new { organization }, transaction.Transaction, cancellationToken: ct));
        return rows.ToDictionary(row => row.Project, row => row.Count);
    }

    /// <returns>The number that it got.</returns>
    public static Task<int> AddAsync(
        ProjectTransaction tx, CreateCutRequestRequest request, Guid authorId, string authorName, DateTimeOffset createdAt, CancellationToken ct)
    {
        const string sql = """
            with numbered as (
                insert into cut_request_numbers as n (organization_id, project_id, last)
                values (@Organization, @Project, 1)
                on conflict (organization_id, project_id) do update set last = n.last + 1
                returning last
            )
            insert into cut_requests (
                organization_id, project_id, number, title, description, draft, source_branch, target_branch, author_id, author_name, created_at)
            select @Organization, @Project, last, @Title, @Description, @Draft, @SourceBranch, @TargetBranch, @authorId, @authorName, @createdAt
            from numbered
            returning number
            """;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            Title = request.Title.Trim(),
            Description = request.Description ?? "",
            request.Draft,
            request.SourceBranch,
            request.TargetBranch,
            authorId,
            authorName,
            createdAt,
        };
        return tx.Connection.ExecuteScalarAsync<int>(tx.Command(sql, parameters, ct));
    }

    public static Task UpdateAsync(ProjectTransaction tx, int number, string title, string description, bool draft, CancellationToken ct)
    {
        const string sql = """
            update cut_requests
            set title = @title, description = @description, draft = @draft
            where organization_id = @Organization and project_id = @Project and number = @number and state = 'open'
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, title, description, draft }, ct));
    }

    public static Task SetOpenConflictsAsync(ProjectTransaction tx, int number, int openConflicts, CancellationToken ct)
    {
        const string sql = """
            update cut_requests
            set open_conflicts = @openConflicts
            where organization_id = @Organization and project_id = @Project and number = @number and open_conflicts <> @openConflicts
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, openConflicts }, ct));
    }

    /// <returns>False when it has ended already.</returns>
    public static async Task<bool> EndAsync(ProjectTransaction tx, int number, CutRequestEnd end, CancellationToken ct)
    {
        const string sql = """
            update cut_requests
            set state = @State, source_head = @SourceHead, target_head = @TargetHead, merged_version = @MergedVersion,
                ended_by = @By, ended_by_name = @ByName, ended_at = @At
            where organization_id = @Organization and project_id = @Project and number = @number and state = 'open'
            """;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            number,
            end.State,
            end.SourceHead,
            end.TargetHead,
            end.MergedVersion,
            end.By,
            end.ByName,
            end.At,
        };
        return await tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct)) == 1;
    }
}
