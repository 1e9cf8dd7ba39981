using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Jobs;
using Dapper;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>A cut request's turn to be merged.</summary>
public sealed record QueueEntry(
    long Entry,
    int Number,
    string Title,
    string SourceHead,
    string State,
    bool IsHeld,
    string Reason,
    Guid QueuedBy,
    string QueuedByName,
    DateTimeOffset QueuedAt,
    DateTimeOffset? EndedAt)
{
    public QueueEntryResponse ToResponse() => new(Number, Title, SourceHead, State, IsHeld, Reason, QueuedByName, QueuedAt, EndedAt);
}

/// <summary>Owns the table <c>merge_queue</c>. Whoever changes a row holds the lock of its cut request, but for waking it.</summary>
public static class MergeQueueStore
{
    /// <summary>Of <see cref="MergeQueueJob"/>; its keys are target branches.</summary>
    public const string Kind = "merge-queue";

    const int MostEnded = 20;

    /// <returns>False when it waits already.</returns>
    public static async Task<bool> AddAsync(
        ProjectTransaction tx, CutRequest request, string sourceHead, Guid by, string byName, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            insert into merge_queue (organization_id, project_id, branch, number, source_head, queued_by, queued_by_name, queued_at)
            values (@Organization, @Project, @TargetBranch, @Number, @sourceHead, @by, @byName, @at)
            on conflict do nothing
            """;
        var parameters = new { tx.Organization, tx.Project, request.TargetBranch, request.Number, sourceHead, by, byName, at };
        if (await tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct)) == 0) return false;
        await JobStore.EnqueueAsync(tx, Kind, [request.TargetBranch], by, ct);
        return true;
    }

    /// <summary>Those that wait in order, then those who came last of all others.</summary>
    public static async Task<IReadOnlyList<QueueEntry>> ListAsync(ProjectTransaction tx, string branch, CancellationToken ct)
    {
        const string sql = """
            with ended as (
                select entry
                from merge_queue
                where organization_id = @Organization and project_id = @Project and branch = @branch and state <> 'waiting'
                order by entry desc
                limit @MostEnded
            )
            select q.entry, q.number, r.title, q.source_head, q.state, q.is_held, q.reason, q.queued_by, q.queued_by_name, q.queued_at, q.ended_at
            from merge_queue q
            join cut_requests r
              on r.organization_id = q.organization_id and r.project_id = q.project_id and r.number = q.number
            where q.organization_id = @Organization and q.project_id = @Project and q.branch = @branch
              and (q.state = 'waiting' or q.entry in (select entry from ended))
            order by q.state <> 'waiting', case when q.state = 'waiting' then q.entry else -q.entry end
            """;
        var rows = await tx.Connection.QueryAsync<QueueEntry>(tx.Command(sql, new { tx.Organization, tx.Project, branch, MostEnded }, ct));
        return rows.AsList();
    }

    /// <summary>The request's latest turn; null when it never had one.</summary>
    public static Task<QueueEntry?> LatestAsync(ProjectTransaction tx, int number, CancellationToken ct)
    {
        const string sql = """
            select q.entry, q.number, r.title, q.source_head, q.state, q.is_held, q.reason, q.queued_by, q.queued_by_name, q.queued_at, q.ended_at
            from merge_queue q
            join cut_requests r
              on r.organization_id = q.organization_id and r.project_id = q.project_id and r.number = q.number
            where q.organization_id = @Organization and q.project_id = @Project and q.number = @number
            order by q.entry desc
            limit 1
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<QueueEntry>(tx.Command(sql, new { tx.Organization, tx.Project, number }, ct));
    }

    /// <summary>Whose turn it is: the first that no check holds.</summary>
    public static async Task<QueueEntry?> NextAsync(ProjectTransaction tx, string branch, CancellationToken ct) =>
        (await ListAsync(tx, branch, ct)).FirstOrDefault(entry => entry is { State: QueueStates.Waiting, IsHeld: false });

    /// <returns>False when it does not wait.</returns>
    public static async Task<bool> EndAsync(
        ProjectTransaction tx, int number, string state, string reason, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            update merge_queue
            set state = @state, reason = @reason, is_held = false, ended_at = @at
            where organization_id = @Organization and project_id = @Project and number = @number and state = 'waiting'
            """;
        return await tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, state, reason, at }, ct)) == 1;
    }

    /// <summary>A turn that this transaction ended goes on.</summary>
    public static Task ReturnAsync(ProjectTransaction tx, long entry, CancellationToken ct)
    {
        const string sql = """
            update merge_queue
            set state = 'waiting', ended_at = null
            where organization_id = @Organization and project_id = @Project and entry = @entry
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, entry }, ct));
    }

    public static Task HoldAsync(ProjectTransaction tx, int number, string reason, CancellationToken ct)
    {
        const string sql = """
            update merge_queue
            set is_held = true, reason = @reason
            where organization_id = @Organization and project_id = @Project and number = @number and state = 'waiting'
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, reason }, ct));
    }

    /// <summary>A check said something of a version: whoever waits with it is looked at again.</summary>
    public static Task WakeVersionAsync(ProjectTransaction tx, string version, Guid by, CancellationToken ct) =>
        WakeAsync(tx, version, branch: null, source: null, by, ct);

    /// <summary>What a branch asks is another: everybody who waits for it is looked at again.</summary>
    public static Task WakeBranchAsync(ProjectTransaction tx, string branch, Guid by, CancellationToken ct) =>
        WakeAsync(tx, version: null, branch, source: null, by, ct);

    /// <summary>A source has moved on: its turn ends.</summary>
    public static Task WakeSourceAsync(ProjectTransaction tx, string source, Guid by, CancellationToken ct) =>
        WakeAsync(tx, version: null, branch: null, source, by, ct);

    static async Task WakeAsync(ProjectTransaction tx, string? version, string? branch, string? source, Guid by, CancellationToken ct)
    {
        const string sql = """
            update merge_queue q
            set is_held = false
            from cut_requests r
            where q.organization_id = @Organization and q.project_id = @Project and q.state = 'waiting'
              and r.organization_id = q.organization_id and r.project_id = q.project_id and r.number = q.number
              and (@version::text is null or q.source_head = @version)
              and (@branch::text is null or q.branch = @branch)
              and (@source::text is null or r.source_branch = @source)
            returning q.branch
            """;
        var branches = await tx.Connection.QueryAsync<string>(tx.Command(sql, new { tx.Organization, tx.Project, version, branch, source }, ct));
        await JobStore.EnqueueAsync(tx, Kind, [.. branches.Distinct(StringComparer.Ordinal)], by, ct);
    }
}
