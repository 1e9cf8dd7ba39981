using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Checks;

/// <summary>Owns the tables <c>check_results</c> and <c>check_settings</c>.</summary>
public static class CheckStore
{
    public static async Task<IReadOnlyList<CheckResult>> ListAsync(ProjectTransaction tx, string version, CancellationToken ct)
    {
        const string sql = """
            select r.branch, r.name, r.state, r.summary, r.findings::text as findings, r.link, r.is_own,
                   u.display_name as reported_by_name, r.reported_at
            from check_results r
            join users u on u.id = r.reported_by
            where r.organization_id = @Organization and r.project_id = @Project and r.version = @version
            order by r.name, r.branch
            """;
        var rows = await tx.Connection.QueryAsync<CheckResult>(tx.Command(sql, new { tx.Organization, tx.Project, version }, ct));
        return rows.AsList();
    }

    /// <summary>All of the hub's own checks of a version for a branch, over what they said before.</summary>
    public static Task PutAsync(
        ProjectTransaction tx, string version, string branch, IReadOnlyCollection<CheckVerdict> verdicts, Guid by, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            insert into check_results (
                organization_id, project_id, version, branch, name, state, summary, findings, is_own, reported_by, reported_at)
            select @Organization, @Project, @version, @branch, v.name, v.state, v.summary, v.findings::json, true, @by, @at
            from unnest(@names, @states, @summaries, @findings) as v(name, state, summary, findings)
            on conflict (organization_id, project_id, version, branch, name) do update
            set state = excluded.state, summary = excluded.summary, findings = excluded.findings, is_own = true, link = null,
                reported_by = excluded.reported_by, reported_at = excluded.reported_at
            """;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            version,
            branch,
            names = verdicts.Select(verdict => verdict.Name).ToArray(),
            states = verdicts.Select(verdict => verdict.Passed ? CheckStates.Passed : CheckStates.Failed).ToArray(),
            summaries = verdicts.Select(verdict => verdict.Summary).ToArray(),
            findings = verdicts.Select(verdict => JsonSerializer.Serialize(verdict.Findings, HubJson.Default.IReadOnlyListCheckFinding)).ToArray(),
            by,
            at,
        };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    /// <summary>What another system says, over what it said before.</summary>
    public static Task PutAsync(
        ProjectTransaction tx, string version, string name, ReportCheckRequest report, Guid by, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            insert into check_results (
                organization_id, project_id, version, branch, name, state, summary, findings, link, is_own, reported_by, reported_at)
            values (@Organization, @Project, @version, '', @name, @State, @Summary, @findings::json, @Link, false, @by, @at)
            on conflict (organization_id, project_id, version, branch, name) do update
            set state = excluded.state, summary = excluded.summary, findings = excluded.findings, link = excluded.link,
                reported_by = excluded.reported_by, reported_at = excluded.reported_at
            """;
        var findings = JsonSerializer.Serialize(report.Findings ?? [], HubJson.Default.IReadOnlyListCheckFinding);
        var parameters = new { tx.Organization, tx.Project, version, name, report.State, report.Summary, findings, report.Link, by, at };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    /// <summary>What holds for everything that is meant for a branch.</summary>
    /// <param name="branch">Empty for what is meant for none in particular.</param>
    public static async Task<CheckSettings> SettingsAsync(ProjectTransaction tx, string branch, CancellationToken ct)
    {
        const string sql = """
            select branch, shortest_seconds, longest_seconds
            from check_settings
            where organization_id = @Organization and project_id = @Project and branch in (@branch, '')
            order by branch desc
            limit 1
            """;
        return await tx.Connection.QuerySingleOrDefaultAsync<CheckSettings>(tx.Command(sql, new { tx.Organization, tx.Project, branch }, ct))
            ?? new CheckSettings(null, null, null);
    }

    public static async Task<IReadOnlyList<CheckSettings>> AllSettingsAsync(ProjectTransaction tx, CancellationToken ct)
    {
        const string sql = """
            select nullif(branch, '') as branch, shortest_seconds, longest_seconds
            from check_settings
            where organization_id = @Organization and project_id = @Project
            order by check_settings.branch
            """;
        var rows = await tx.Connection.QueryAsync<CheckSettings>(tx.Command(sql, new { tx.Organization, tx.Project }, ct));
        return rows.AsList();
    }

    public static Task SetAsync(ProjectTransaction tx, CheckSettings settings, CancellationToken ct)
    {
        const string put = """
            insert into check_settings (organization_id, project_id, branch, shortest_seconds, longest_seconds)
            values (@Organization, @Project, @branch, @ShortestSeconds, @LongestSeconds)
            on conflict (organization_id, project_id, branch) do update
            set shortest_seconds = excluded.shortest_seconds, longest_seconds = excluded.longest_seconds
            """;
        const string remove = "delete from check_settings where organization_id = @Organization and project_id = @Project and branch = @branch";
        var isEmpty = settings is { ShortestSeconds: null, LongestSeconds: null };
        var parameters = new { tx.Organization, tx.Project, branch = settings.Branch ?? "", settings.ShortestSeconds, settings.LongestSeconds };
        return tx.Connection.ExecuteAsync(tx.Command(isEmpty ? remove : put, parameters, ct));
    }
}
