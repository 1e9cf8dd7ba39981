using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Platform.Auth;

public sealed class MembershipStore(TenantDatabase database)
{
    public async Task<Membership?> FindAsync(Guid userId, string slug, CancellationToken ct)
    {
        const string sql = """
            select m.organization_id, o.slug as organization_slug, m.user_id, u.display_name, m.role
            from memberships m
            join organizations o on o.id = m.organization_id
            join users u on u.id = m.user_id
            where m.user_id = @userId and o.slug = @slug
            """;
        await using var transaction = await database.BeginForUserAsync(userId, ct);
        return await transaction.Connection.QuerySingleOrDefaultAsync<Membership>(
            new CommandDefinition(sql, new { userId, slug }, transaction.Transaction, cancellationToken: ct));
    }
}
