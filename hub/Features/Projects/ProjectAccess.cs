using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;
using Npgsql;

namespace CineGit.Hub.Features.Projects;

/// <summary>Opens transactions on one project of the caller's organization.</summary>
public sealed class ProjectAccess(TenantDatabase database)
{
    /// <returns>Null when this organization has no such project; another organization's project is none of theirs.</returns>
    public async Task<ProjectTransaction?> OpenAsync(Membership member, string slug, CancellationToken ct)
    {
        const string sql = "select id from projects where organization_id = @OrganizationId and slug = @slug";
        var transaction = await database.BeginAsync(member.OrganizationId, ct);
        try
        {
            var command = new CommandDefinition(sql, new { member.OrganizationId, slug }, transaction.Transaction, cancellationToken: ct);
            if (await transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(command) is { } project)
            {
                return new ProjectTransaction(transaction, member.OrganizationId, project);
            }
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }

        await transaction.DisposeAsync();
        return null;
    }
}

/// <summary>A transaction that is about one project; stores filter by both ids. Disposing without committing rolls back.</summary>
public sealed class ProjectTransaction(TenantTransaction tenant, Guid organization, Guid project) : IAsyncDisposable
{
    public Guid Organization => organization;

    public Guid Project => project;

    public NpgsqlConnection Connection => tenant.Connection;

    public NpgsqlTransaction Transaction => tenant.Transaction;

    public CommandDefinition Command(string sql, object parameters, CancellationToken ct) =>
        new(sql, parameters, tenant.Transaction, cancellationToken: ct);

    public Task CommitAsync(CancellationToken ct) => tenant.CommitAsync(ct);

    public ValueTask DisposeAsync() => tenant.DisposeAsync();
}
