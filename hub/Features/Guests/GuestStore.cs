using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Guests;

/// <summary>Owns the table <c>guests</c>: who came by which link.</summary>
public sealed class GuestStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>How exactly last uses are kept: to the minute, so that reading does not write.</summary>
    static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>What a guest of the organization sees; null when their link does not open any more.</summary>
    public async Task<GuestPass?> FindAsync(Guid organization, Guid user, CancellationToken ct)
    {
        const string use = """
            update guest_links l set last_used_at = @now
            from guests g
            where g.organization_id = @organization and g.user_id = @user
              and l.organization_id = g.organization_id and l.id = g.link_id and (l.last_used_at is null or l.last_used_at <= @stale)
            """;
        var now = time.GetUtcNow();
        await using var tx = await database.BeginAsync(organization, ct);
        if (await FindAsync(tx, organization, user, ct) is not { } pass) return null;
        var used = await tx.Connection.ExecuteAsync(new CommandDefinition(
            use, new { organization, user, now, stale = now - Grain }, tx.Transaction, cancellationToken: ct));
        if (used > 0) await tx.CommitAsync(ct);
        return pass;
    }

    /// <summary>The same within the caller's transaction, and without its counting as a use.</summary>
    public Task<GuestPass?> FindAsync(TenantTransaction tx, Guid organization, Guid user, CancellationToken ct)
    {
        const string sql = """
            select l.organization_id, o.slug as organization_slug, o.name as organization_name, g.user_id, g.name,
                   l.project_id, p.slug as project_slug, p.name as project_name, l.branch, l.cut_request,
                   c.source_branch, c.target_branch, l.may_comment, l.expires_at
            from guests g
            join guest_links l on l.organization_id = g.organization_id and l.id = g.link_id
            join organizations o on o.id = l.organization_id
            join projects p on p.organization_id = l.organization_id and p.id = l.project_id
            left join cut_requests c
                on c.organization_id = l.organization_id and c.project_id = l.project_id and c.number = l.cut_request
            where g.organization_id = @organization and g.user_id = @user and l.revoked_at is null and l.expires_at > @now
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<GuestPass?>(new CommandDefinition(
            sql, new { organization, user, now = time.GetUtcNow() }, tx.Transaction, cancellationToken: ct));
    }

    public static async Task<IReadOnlyCollection<Guid>> ListAsync(ProjectTransaction tx, Guid link, CancellationToken ct)
    {
        const string sql = "select user_id from guests where organization_id = @Organization and link_id = @link";
        return (await tx.Connection.QueryAsync<Guid>(tx.Command(sql, new { tx.Organization, link }, ct))).AsList();
    }

    public static Task<int> CountAsync(TenantTransaction tx, GuestLink link, CancellationToken ct)
    {
        const string sql = "select count(*)::int from guests where organization_id = @OrganizationId and link_id = @Id";
        return tx.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition(sql, new { link.OrganizationId, link.Id }, tx.Transaction, cancellationToken: ct));
    }

    /// <summary>Who came by this link with this browser before, under the name that they give today; null when nobody did.</summary>
    public static Task<Guid?> ReturnAsync(TenantTransaction tx, GuestLink link, byte[] returnHash, string name, CancellationToken ct)
    {
        const string sql = """
            update guests set name = @name
            where organization_id = @OrganizationId and link_id = @Id and return_hash = @returnHash
            returning user_id
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            sql, new { link.OrganizationId, link.Id, returnHash, name }, tx.Transaction, cancellationToken: ct));
    }

    public static Task AddAsync(
        TenantTransaction tx, GuestLink link, Guid user, string name, byte[] returnHash, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into guests (organization_id, user_id, link_id, name, return_hash, created_at)
            values (@OrganizationId, @user, @Id, @name, @returnHash, @now)
            """;
        return tx.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { link.OrganizationId, user, link.Id, name, returnHash, now }, tx.Transaction, cancellationToken: ct));
    }
}
