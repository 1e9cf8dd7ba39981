using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Auth;

public sealed class MembershipStore(TenantDatabase database)
{
    /// <summary>The person in an organization and, if one is named, in one of its projects.</summary>
    /// <returns>Null for somebody who is no member, and for a project that is not there.</returns>
    public async Task<Membership?> FindAsync(Guid userId, string slug, string? project, CancellationToken ct)
    {
        const string sql = """
            select m.organization_id, o.slug as organization_slug, m.user_id, u.display_name, m.role, m.authz_version
            from memberships m
            join organizations o on o.id = m.organization_id
            join users u on u.id = m.user_id
            where m.user_id = @userId and o.slug = @slug
            """;
        await using var transaction = await database.BeginForUserAsync(userId, ct);
        var row = await transaction.Connection.QuerySingleOrDefaultAsync<MemberRow>(
            new CommandDefinition(sql, new { userId, slug }, transaction.Transaction, cancellationToken: ct));
        if (row is null) return null;

        var builtIn = PermissionTable.OfRole(row.Role);
        if (builtIn is { } known && project is null) return row.ToMembership(known);
        var (own, place) = await ReadPlaceAsync(transaction, row, project, ct);
        var organization = builtIn ?? PermissionSet.Parse(own ?? "");
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

    /// <summary>The membership is proven, so the rest of the transaction may see the organization's rows.</summary>
    static async Task<(string? OwnRole, PlaceRow? Place)> ReadPlaceAsync(
        TenantTransaction transaction, MemberRow member, string? project, CancellationToken ct)
    {
        const string sql = """
            select set_config('cinegit.organization_id', @organization, true);
            select permissions from organization_roles where organization_id = @OrganizationId and name = @Role;
            select p.restricted, m.role, r.permissions
            from projects p
            left join project_members m
                on m.organization_id = p.organization_id and m.project_id = p.id and m.user_id = @UserId
            left join organization_roles r on r.organization_id = m.organization_id and r.name = m.role
            where p.organization_id = @OrganizationId and p.slug = @project
            """;
        var parameters = new { organization = member.OrganizationId.ToString(), member.OrganizationId, member.Role, member.UserId, project };
        await using var answers = await transaction.Connection.QueryMultipleAsync(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: ct));
        await answers.ReadAsync<string>();
        return (await answers.ReadSingleOrDefaultAsync<string>(), await answers.ReadSingleOrDefaultAsync<PlaceRow>());
    }

    sealed record MemberRow(
        Guid OrganizationId, string OrganizationSlug, Guid UserId, string DisplayName, string Role, long AuthzVersion)
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
