using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Guests;

/// <summary>Owns the table <c>guest_links</c>.</summary>
public static class GuestLinkStore
{
    public const int MostFailures = 10;

    /// <summary>No name has a control character.</summary>
    const string Separator = "\u001f";

    static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<GuestLinkResponse>> ListAsync(ProjectTransaction tx, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select l.id, l.name, l.branch, l.cut_request, l.may_comment, l.passphrase_hash is not null as has_passphrase, l.most_people,
                   (select string_agg(g.name, @Separator order by g.created_at, g.user_id)
                    from guests g
                    where g.organization_id = l.organization_id and g.link_id = l.id) as people,
                   u.display_name as created_by, l.created_at, l.expires_at, l.last_used_at,
                   case when l.revoked_at is not null then 'revoked' when l.expires_at <= @now then 'expired' else 'open' end as state
            from guest_links l
            join users u on u.id = l.created_by
            where l.organization_id = @Organization and l.project_id = @Project
            order by l.created_at desc, l.id
            """;
        var rows = await tx.Connection.QueryAsync<ListedRow>(tx.Command(sql, new { tx.Organization, tx.Project, now, Separator }, ct));
        return [.. rows.Select(row => row.ToResponse())];
    }

    public static Task AddAsync(ProjectTransaction tx, Guid id, LinkSecret secret, NewGuestLink link, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into guest_links
                (organization_id, id, project_id, branch, cut_request, name, secret_hash, passphrase_hash, may_comment, most_people,
                 created_by, created_at, expires_at)
            values (@Organization, @id, @Project, @Branch, @CutRequest, @Name, @Hash, @PassphraseHash, @MayComment, @MostPeople,
                    @CreatedBy, @now, @ExpiresAt)
            """;
        var parameters = new
        {
            tx.Organization,
            id,
            tx.Project,
            link.Branch,
            link.CutRequest,
            link.Name,
            secret.Hash,
            link.PassphraseHash,
            link.MayComment,
            link.MostPeople,
            link.CreatedBy,
            now,
            link.ExpiresAt,
        };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    /// <returns>Whom the link was for; null when there is no open one.</returns>
    public static Task<string?> RevokeAsync(ProjectTransaction tx, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update guest_links set revoked_at = @now
            where organization_id = @Organization and project_id = @Project and id = @id and revoked_at is null
            returning name
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<string?>(tx.Command(sql, new { tx.Organization, tx.Project, id, now }, ct));
    }

    /// <summary>The link of a secret; null when it does not open.</summary>
    public static Task<GuestLink?> FindAsync(TenantTransaction tx, LinkSecret secret, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select l.organization_id, l.id, l.name, l.project_id, o.name as organization_name, p.name as project_name,
                   u.display_name as invited_by, l.passphrase_hash, l.may_comment, l.most_people, l.rests_until, l.expires_at
            from guest_links l
            join organizations o on o.id = l.organization_id
            join projects p on p.organization_id = l.organization_id and p.id = l.project_id
            join users u on u.id = l.created_by
            where l.organization_id = @Organization and l.secret_hash = @Hash and l.revoked_at is null and l.expires_at > @now
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<GuestLink?>(
            new CommandDefinition(sql, new { secret.Organization, secret.Hash, now }, tx.Transaction, cancellationToken: ct));
    }

    /// <summary>Holds the link until the transaction ends: newcomers count one after another, and revoking waits or comes first.</summary>
    /// <returns>False when it does not open, or no longer.</returns>
    public static async Task<bool> UseAsync(TenantTransaction tx, GuestLink link, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update guest_links set last_used_at = @now, failures = 0
            where organization_id = @OrganizationId and id = @Id and revoked_at is null and expires_at > @now
            """;
        return await tx.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { link.OrganizationId, link.Id, now }, tx.Transaction, cancellationToken: ct)) == 1;
    }

    /// <summary>A wrong passphrase; the tenth puts the link to rest. One statement, because guesses come in parallel.</summary>
    public static Task FailAsync(TenantTransaction tx, GuestLink link, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update guest_links set
                failures = case when failures + 1 >= @MostFailures then 0 else failures + 1 end,
                rests_until = case when failures + 1 >= @MostFailures then @until else rests_until end
            where organization_id = @OrganizationId and id = @Id
            """;
        return tx.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { link.OrganizationId, link.Id, MostFailures, until = now + Rest }, tx.Transaction, cancellationToken: ct));
    }

    sealed record ListedRow(
        Guid Id,
        string Name,
        string? Branch,
        int? CutRequest,
        bool MayComment,
        bool HasPassphrase,
        int? MostPeople,
        string? People,
        string CreatedBy,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? LastUsedAt,
        string State)
    {
        public GuestLinkResponse ToResponse() => new(
            Id, Name, Branch, CutRequest, MayComment, HasPassphrase, MostPeople, People?.Split(Separator) ?? [], CreatedBy, CreatedAt, ExpiresAt, LastUsedAt, State);
    }
}
