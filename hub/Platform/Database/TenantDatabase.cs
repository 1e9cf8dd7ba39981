using System.Globalization;
using Npgsql;

namespace CineGit.Hub.Platform.Database;

/// <summary>
/// The only way to PostgreSQL for features. Every transaction says for whom it runs; row-level security shows it nothing else.
/// </summary>
public sealed class TenantDatabase(HubDatabase database)
{
    /// <summary>Sees and changes the rows of one organization.</summary>
    public Task<TenantTransaction> BeginAsync(Guid organizationId, CancellationToken ct) =>
        BeginAsync("cinegit.organization_id", organizationId, ct);

    /// <summary>Sees of one organization what a guest's link names.</summary>
    public async Task<TenantTransaction> BeginForGuestAsync(Guid organizationId, GuestScope scope, CancellationToken ct)
    {
        const string hold = """
            select set_config('cinegit.guest_project', $1, true), set_config('cinegit.guest_branches', $2, true),
                   set_config('cinegit.guest_cut_request', $3, true)
            """;
        var transaction = await BeginAsync(organizationId, ct);
        try
        {
            await using var command = new NpgsqlCommand(hold, transaction.Connection, transaction.Transaction);
            command.Parameters.Add(new() { Value = scope.Project.ToString() });
            command.Parameters.Add(new() { Value = string.Join(' ', scope.Branches ?? []) });
            command.Parameters.Add(new() { Value = scope.CutRequest?.ToString(CultureInfo.InvariantCulture) ?? "" });
            await command.ExecuteNonQueryAsync(ct);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sees one person's memberships and the organizations they lead to, across organizations; changes none.</summary>
    public Task<TenantTransaction> BeginForUserAsync(Guid userId, CancellationToken ct) =>
        BeginAsync("cinegit.user_id", userId, ct);

    /// <summary>Sees only tables that belong to no organization: people, sessions, device codes, tokens, set-up.</summary>
    public Task<TenantTransaction> BeginSystemAsync(CancellationToken ct) => OpenAsync(ct);

    async Task<TenantTransaction> BeginAsync(string setting, Guid value, CancellationToken ct)
    {
        var transaction = await OpenAsync(ct);
        try
        {
            // The third argument makes it end with the transaction, so a pooled connection carries nothing over.
            await using var command = new NpgsqlCommand(
                "select set_config($1, $2, true)", transaction.Connection, transaction.Transaction);
            command.Parameters.Add(new() { Value = setting });
            command.Parameters.Add(new() { Value = value.ToString() });
            await command.ExecuteNonQueryAsync(ct);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    async Task<TenantTransaction> OpenAsync(CancellationToken ct)
    {
        var connection = await database.App.OpenConnectionAsync(ct);
        try
        {
            return new TenantTransaction(connection, await connection.BeginTransactionAsync(ct));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
