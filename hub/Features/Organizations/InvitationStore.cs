using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Owns the table <c>invitations</c>.</summary>
public static class InvitationStore
{
    public static async Task<IReadOnlyList<InvitationResponse>> ListAsync(
        TenantTransaction tx, Guid organization, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select i.id, i.email, i.role, p.slug as project, i.project_role, u.display_name as invited_by, i.created_at, i.expires_at,
                   case when i.used_by is not null then 'used' when i.revoked_at is not null then 'revoked'
                        when i.expires_at <= @now then 'expired' else 'open' end as state
            from invitations i
            join users u on u.id = i.invited_by
            left join projects p on p.organization_id = i.organization_id and p.id = i.project_id
            where i.organization_id = @organization
            order by i.created_at desc, i.id
            """;
        var rows = await tx.Connection.QueryAsync<InvitationResponse>(
            new CommandDefinition(sql, new { organization, now }, tx.Transaction, cancellationToken: ct));
        return rows.AsList();
    }

    public static Task AddAsync(
        TenantTransaction tx, Guid id, LinkSecret secret, NewInvitation invitation, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into invitations
                (organization_id, id, secret_hash, email, role, project_id, project_role, invited_by, created_at, expires_at)
            values (@Organization, @id, @Hash, @Email, @Role, @ProjectId, @ProjectRole, @InvitedBy, @now, @ExpiresAt)
            """;
        var parameters = new
        {
            secret.Organization,
            id,
            secret.Hash,
            invitation.Email,
            invitation.Role,
            invitation.ProjectId,
            invitation.ProjectRole,
            invitation.InvitedBy,
            now,
            invitation.ExpiresAt,
        };
        return tx.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, tx.Transaction, cancellationToken: ct));
    }

    /// <returns>False when no such invitation is open.</returns>
    public static async Task<bool> RevokeAsync(TenantTransaction tx, Guid organization, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update invitations set revoked_at = @now
            where organization_id = @organization and id = @id and used_by is null and revoked_at is null
            """;
        return await tx.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { organization, id, now }, tx.Transaction, cancellationToken: ct)) == 1;
    }

    /// <summary>The invitation, which nobody else uses until the transaction ends; null when it does not open.</summary>
    public static Task<Invitation?> LockAsync(TenantTransaction tx, LinkSecret secret, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select i.id, o.name as organization_name, o.slug as organization_slug, u.display_name as invited_by, i.email, i.role,
                   i.project_id, p.name as project_name, i.project_role
            from invitations i
            join organizations o on o.id = i.organization_id
            join users u on u.id = i.invited_by
            left join projects p on p.organization_id = i.organization_id and p.id = i.project_id
            where i.organization_id = @Organization and i.secret_hash = @Hash
              and i.used_by is null and i.revoked_at is null and i.expires_at > @now
            for update of i
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<Invitation?>(
            new CommandDefinition(sql, new { secret.Organization, secret.Hash, now }, tx.Transaction, cancellationToken: ct));
    }

    public static Task UseAsync(TenantTransaction tx, Guid organization, Guid id, Guid user, CancellationToken ct)
    {
        const string sql = "update invitations set used_by = @user where organization_id = @organization and id = @id";
        return tx.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { organization, id, user }, tx.Transaction, cancellationToken: ct));
    }
}
