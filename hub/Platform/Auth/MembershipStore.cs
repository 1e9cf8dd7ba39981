using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Auth;

public sealed class MembershipStore(TenantDatabase database)
{
    /// <summary>The person in an organization and, if one is named, in one of its projects.</summary>
    /// <returns>Null for somebody who is no member, and for a project that is not there.</returns>
    public async Task<Membership?> FindAsync(Guid userId, string slug, string? project, CancellationToken ct)
    {
        // The membership is proven by the second statement, so those after it may see the organization's rows.
        const string sql = """
            select set_config('cinegit.user_id', @userId::text, true);
            select set_config('cinegit.organization_id', coalesce((
                select m.organization_id::text
                from memberships m
                join organizations o on o.id = m.organization_id
                where m.user_id = @userId and o.slug = @slug), ''), true);
            select m.organization_id, o.slug as organization_slug, m.user_id, u.display_name, m.role, m.authz_version, r.permissions
            from memberships m
            join organizations o on o.id = m.organization_id
            join users u on u.id = m.user_id
            left join organization_roles r on r.organization_id = m.organization_id and r.name = m.role
            where m.user_id = @userId and o.slug = @slug;
            select p.restricted, m.role, r.permissions
            from organizations o
            join projects p on p.organization_id = o.id
            left join project_members m
                on m.organization_id = p.organization_id and m.project_id = p.id and m.user_id = @userId
            left join organization_roles r on r.organization_id = m.organization_id and r.name = m.role
            where o.slug = @slug and p.slug = @project
            """;
        var (row, place) = await database.ReadSystemAsync(sql, new { userId, slug, project }, async answers =>
        {
            await answers.ReadAsync<string>();
            await answers.ReadAsync<string>();
            return (await answers.ReadSingleOrDefaultAsync<MemberRow>(), await answers.ReadSingleOrDefaultAsync<PlaceRow>());
        }, ct);
        if (row is null) return null;

        var organization = PermissionTable.OfRole(row.Role) ?? PermissionSet.Parse(row.Permissions ?? "");
        if (project is null) return row.ToMembership(organization);
        return place is null ? null : row.ToMembership(ProjectRights.In(organization, place.Restricted, place.Member));
    }

    /// <summary>False once the person's rights in the organization have changed since the request that found them.</summary>
    public async Task<bool> IsCurrentAsync(Membership membership, CancellationToken ct)
    {
        const string sql = """
            select exists (
                select from memberships
                where organization_id = @OrganizationId and user_id = @UserId and authz_version = @AuthzVersion)
            """;
        await using var transaction = await database.BeginAsync(membership.OrganizationId, ct);
        return await transaction.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            sql, new { membership.OrganizationId, membership.UserId, membership.AuthzVersion }, transaction.Transaction, cancellationToken: ct));
    }

    /// <param name="Permissions">What an organization's own role allows; null for a built-in one.</param>
    sealed record MemberRow(
        Guid OrganizationId, string OrganizationSlug, Guid UserId, string DisplayName, string Role, long AuthzVersion, string? Permissions)
    {
        public Membership ToMembership(PermissionSet permissions) => new(OrganizationId, OrganizationSlug, UserId, DisplayName, Role)
        {
            Permissions = permissions,
            AuthzVersion = AuthzVersion,
        };
    }

    /// <param name="Restricted">Only members see the project.</param>
    /// <param name="Role">The person's role there; null when it is none of theirs.</param>
    /// <param name="Permissions">What that role allows; null when it is a built-in one.</param>
    sealed record PlaceRow(bool Restricted, string? Role, string? Permissions)
    {
        public PermissionSet? Member => Role is null ? null : PermissionTable.OfRole(Role) ?? PermissionSet.Parse(Permissions ?? "");
    }
}
