using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Owns the tables <c>organizations</c> and, with <see cref="MemberStore"/>, <c>memberships</c>.</summary>
public sealed class OrganizationStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>Nobody else changes who may do what in the organization until this transaction ends.</summary>
    public static Task LockAsync(TenantTransaction tx, Guid organization, CancellationToken ct)
    {
        const string sql = "select id from organizations where id = @organization for no key update";
        return tx.Connection.ExecuteAsync(new CommandDefinition(sql, new { organization }, tx.Transaction, cancellationToken: ct));
    }

    const string Fallback = "organization";

    public async Task<IReadOnlyList<OrganizationResponse>> ListAsync(Guid userId, CancellationToken ct)
    {
        const string sql = """
            select o.id, o.slug, o.name, m.role
            from memberships m
            join organizations o on o.id = m.organization_id
            where m.user_id = @userId
            order by o.name, o.slug
            """;
        await using var transaction = await database.BeginForUserAsync(userId, ct);
        var rows = await transaction.Connection.QueryAsync<OrganizationResponse>(
            new CommandDefinition(sql, new { userId }, transaction.Transaction, cancellationToken: ct));
        return rows.AsList();
    }

    /// <summary>
    /// Makes the organization that <paramref name="transaction"/> was begun for, under the first free slug for its name, and
    /// returns that slug.
    /// </summary>
    public async Task<string> InsertAsync(TenantTransaction transaction, Guid id, string name, CancellationToken ct)
    {
        const string sql = """
            insert into organizations (id, slug, name, created_at)
            values (@id, @slug, @name, @now)
            on conflict (slug) do nothing
            """;
        foreach (var slug in Slug.Candidates(Slug.From(name) ?? Fallback))
        {
            var inserted = await transaction.Connection.ExecuteAsync(new CommandDefinition(
                sql, new { id, slug, name, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
            if (inserted == 1) return slug;
        }

        throw new System.Diagnostics.UnreachableException("The candidates for a slug do not end.");
    }

    public Task AddMemberAsync(TenantTransaction transaction, Guid organizationId, Guid userId, string role, CancellationToken ct)
    {
        const string sql = """
            insert into memberships (organization_id, user_id, role, created_at)
            values (@organizationId, @userId, @role, @now)
            """;
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { organizationId, userId, role, now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
    }
}
