using Dapper;
using Npgsql;

namespace CineGit.Hub.Platform.Database;

/// <summary>A transaction that is about one project; stores filter by both ids. Disposing without committing rolls back.</summary>
public sealed class ProjectTransaction(TenantTransaction tenant, Guid organization, Guid project) : IAsyncDisposable
{
    public Guid Organization => organization;

    public Guid Project => project;

    /// <summary>The same transaction, for what is about the whole organization.</summary>
    public TenantTransaction Tenant => tenant;

    public NpgsqlConnection Connection => tenant.Connection;

    public NpgsqlTransaction Transaction => tenant.Transaction;

    public CommandDefinition Command(string sql, object parameters, CancellationToken ct) =>
        new(sql, parameters, tenant.Transaction, cancellationToken: ct);

    public Task CommitAsync(CancellationToken ct) => tenant.CommitAsync(ct);

    public ValueTask DisposeAsync() => tenant.DisposeAsync();
}
