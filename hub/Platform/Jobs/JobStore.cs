using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Jobs;

/// <summary>Owns the table <c>jobs</c>. All moments are the database's: the nodes' clocks need not agree.</summary>
public sealed class JobStore(TenantDatabase database)
{
    /// <summary>A node that has died gives its job to another after this.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public const int MostAttempts = 5;

    const int LongestError = 500;

    /// <summary>Asks for jobs once this transaction is committed; those that wait already are asked for once.</summary>
    public static async Task EnqueueAsync(ProjectTransaction tx, string kind, IReadOnlyCollection<string> keys, Guid by, CancellationToken ct)
    {
        const string sql = """
            with asked as (
                insert into jobs as j (organization_id, project_id, kind, key, caused_by)
                select @Organization, @Project, @kind, k.key, @by
                from (select distinct unnest(@keys) as key order by key) k
                on conflict (organization_id, project_id, kind, key) do update
                set revision = j.revision + 1, is_dead = false, caused_by = excluded.caused_by, queued_at = excluded.queued_at,
                    attempts = case when j.lease is null then 0 else j.attempts end,
                    due_at = case when j.lease is null then excluded.due_at else j.due_at end
                returning 1
            )
            select count(*) from asked, pg_notify('cinegit_jobs', @organizationText)
            """;
        if (keys.Count == 0) return;
        var parameters = new { tx.Organization, tx.Project, kind, keys = keys.ToArray(), by, organizationText = tx.Organization.ToString() };
        await tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    /// <returns>The keys of those that are not done, and begin with a prefix.</returns>
    public static async Task<IReadOnlyList<string>> WaitingAsync(ProjectTransaction tx, string kind, string prefix, CancellationToken ct)
    {
        const string sql = """
            select key
            from jobs
            where organization_id = @Organization and project_id = @Project and kind = @kind and starts_with(key, @prefix) and not is_dead
            order by key
            """;
        var keys = await tx.Connection.QueryAsync<string>(tx.Command(sql, new { tx.Organization, tx.Project, kind, prefix }, ct));
        return keys.AsList();
    }

    /// <summary>
    /// To be called in the transaction that has the job's effects. Asked for again meanwhile, it waits for its next turn.
    /// </summary>
    /// <returns>False when another node has it: the transaction must not be committed.</returns>
    public static async Task<bool> DoneAsync(ProjectTransaction tx, Job job, CancellationToken ct)
    {
        const string remove = """
            delete from jobs
            where organization_id = @OrganizationId and project_id = @ProjectId and kind = @Kind and key = @Key
              and lease = @Lease and revision = @Revision
            """;
        const string again = """
            update jobs
            set lease = null, attempts = 0, due_at = now()
            where organization_id = @OrganizationId and project_id = @ProjectId and kind = @Kind and key = @Key and lease = @Lease
            """;
        return await tx.Connection.ExecuteAsync(tx.Command(remove, job, ct)) == 1
            || await tx.Connection.ExecuteAsync(tx.Command(again, job, ct)) == 1;
    }

    /// <summary>
    /// Takes the job that is due for the longest of the organization whose turn it is: the one that follows in the order of ids, and
    /// after the last the first. However many jobs one has, every other waits for one of them at a time.
    /// </summary>
    /// <param name="kinds">Of which kinds.</param>
    /// <param name="servedLast">Whose turn it was before; empty to begin with the first.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when none is due.</returns>
    public async Task<Job?> TakeAsync(IReadOnlyCollection<string> kinds, Guid servedLast, CancellationToken ct)
    {
        const string sql = """
            update jobs
            set lease = @lease, attempts = attempts + 1, due_at = now() + @term
            where (organization_id, project_id, kind, key) = (
                select organization_id, project_id, kind, key
                from jobs
                where not is_dead and due_at <= now() and kind = any(@kinds) and organization_id > @servedLast
                order by organization_id, due_at
                limit 1
                for update skip locked)
            returning organization_id, project_id, kind, key, revision, lease, attempts, caused_by
            """;
        await using var transaction = await database.BeginForWorkerAsync(ct);
        var (lease, asked) = (Guid.NewGuid(), kinds.ToArray());
        var job = await NextAsync(servedLast) ?? (servedLast == Guid.Empty ? null : await NextAsync(Guid.Empty));
        await transaction.CommitAsync(ct);
        return job;

        Task<Job?> NextAsync(Guid servedLast) => transaction.Connection.QuerySingleOrDefaultAsync<Job?>(new CommandDefinition(
            sql, new { lease, term = Lease, kinds = asked, servedLast }, transaction.Transaction, cancellationToken: ct));
    }

    /// <returns>False when it is another's.</returns>
    public async Task<bool> RenewAsync(Job job, CancellationToken ct)
    {
        const string sql = """
            update jobs
            set due_at = now() + @term
            where organization_id = @OrganizationId and project_id = @ProjectId and kind = @Kind and key = @Key and lease = @Lease
            """;
        await using var transaction = await database.BeginAsync(job.OrganizationId, ct);
        var parameters = new { job.OrganizationId, job.ProjectId, job.Kind, job.Key, job.Lease, term = Lease };
        var isHeld = await transaction.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct)) == 1;
        await transaction.CommitAsync(ct);
        return isHeld;
    }

    /// <summary>After a failure: tried again later, each time twice as late, and given up in the end.</summary>
    public static Task PutOffAsync(ProjectTransaction tx, Job job, string why, CancellationToken ct)
    {
        const string sql = """
            update jobs
            set lease = null, due_at = now() + @pause, last_error = @error, is_dead = attempts >= @MostAttempts
            where organization_id = @OrganizationId and project_id = @ProjectId and kind = @Kind and key = @Key and lease = @Lease
            """;
        var parameters = new
        {
            job.OrganizationId,
            job.ProjectId,
            job.Kind,
            job.Key,
            job.Lease,
            MostAttempts,
            pause = TimeSpan.FromSeconds(1 << Math.Min(job.Attempts, MostAttempts)),
            error = why.Length > LongestError ? why[..LongestError] : why,
        };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }
}
