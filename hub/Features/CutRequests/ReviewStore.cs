using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Owns the table <c>cut_request_reviews</c>.</summary>
public static class ReviewStore
{
    public static async Task<ImmutableArray<Review>> ListAsync(ProjectTransaction tx, int number, CancellationToken ct)
    {
        const string sql = """
            select r.reviewer, u.display_name as reviewer_name, r.requested, r.verdict, r.version, r.comment, r.reviewed_at,
                   m.user_id is not null as is_member
            from cut_request_reviews r
            join users u on u.id = r.reviewer
            left join memberships m on m.organization_id = r.organization_id and m.user_id = r.reviewer
            where r.organization_id = @Organization and r.project_id = @Project and r.number = @number
            order by u.display_name, r.reviewer
            """;
        var rows = await tx.Connection.QueryAsync<Review>(tx.Command(sql, new { tx.Organization, tx.Project, number }, ct));
        return [.. rows];
    }

    public static Task RequestAsync(ProjectTransaction tx, int number, Guid reviewer, CancellationToken ct)
    {
        const string sql = """
            insert into cut_request_reviews (organization_id, project_id, number, reviewer, requested)
            values (@Organization, @Project, @number, @reviewer, true)
            on conflict (organization_id, project_id, number, reviewer) do update set requested = true
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, reviewer }, ct));
    }

    /// <summary>What the person has said stays.</summary>
    public static Task UnrequestAsync(ProjectTransaction tx, int number, Guid reviewer, CancellationToken ct)
    {
        const string sql = """
            delete from cut_request_reviews
            where organization_id = @Organization and project_id = @Project and number = @number and reviewer = @reviewer and verdict is null;
            update cut_request_reviews
            set requested = false
            where organization_id = @Organization and project_id = @Project and number = @number and reviewer = @reviewer;
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, reviewer }, ct));
    }

    public static Task PutAsync(
        ProjectTransaction tx, int number, Guid reviewer, ReviewRequest review, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            insert into cut_request_reviews (
                organization_id, project_id, number, reviewer, requested, verdict, version, comment, reviewed_at)
            values (@Organization, @Project, @number, @reviewer, false, @Verdict, @Version, @comment, @at)
            on conflict (organization_id, project_id, number, reviewer) do update
            set verdict = excluded.verdict, version = excluded.version, comment = excluded.comment, reviewed_at = excluded.reviewed_at
            """;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            number,
            reviewer,
            review.Verdict,
            review.Version,
            comment = review.Comment ?? "",
            at,
        };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    /// <summary>That the person was asked stays.</summary>
    public static Task TakeBackAsync(ProjectTransaction tx, int number, Guid reviewer, CancellationToken ct)
    {
        const string sql = """
            delete from cut_request_reviews
            where organization_id = @Organization and project_id = @Project and number = @number and reviewer = @reviewer and not requested;
            update cut_request_reviews
            set verdict = null, version = null, comment = '', reviewed_at = null
            where organization_id = @Organization and project_id = @Project and number = @number and reviewer = @reviewer;
            """;
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, number, reviewer }, ct));
    }

    /// <summary>True when this person brought the version here.</summary>
    public static Task<bool> HasPushedAsync(ProjectTransaction tx, string version, Guid person, CancellationToken ct)
    {
        const string sql = """
            select exists (
                select from versions
                where organization_id = @Organization and project_id = @Project and id = @version and received_from = @person)
            """;
        return tx.Connection.ExecuteScalarAsync<bool>(tx.Command(sql, new { tx.Organization, tx.Project, version, person }, ct));
    }
}
