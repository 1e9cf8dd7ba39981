using Dapper;
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
        BeginAsync("cinegit.organization_id", organizationId.ToString(), ct);

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
        BeginAsync("cinegit.user_id", userId.ToString(), ct);

    /// <summary>Sees the jobs of all organizations and nothing else of theirs: to take the next one, whosever it is.</summary>
    public Task<TenantTransaction> BeginForWorkerAsync(CancellationToken ct) => BeginAsync("cinegit.worker", "on", ct);

    /// <summary>Sees only tables that belong to no organization: people, sessions, device codes, tokens, set-up.</summary>
    public Task<TenantTransaction> BeginSystemAsync(CancellationToken ct) => OpenAsync(ct);

    /// <summary>
    /// Reads rows of one organization in a single round trip. The statements are one implicit transaction, with which the setting
    /// ends; they must not write.
    /// </summary>
    /// <param name="organizationId">Whose rows are seen.</param>
    /// <param name="sql">Statements with a semicolon between them; @Organization is given.</param>
    /// <param name="parameters">Theirs.</param>
    /// <param name="read">Takes the answers of the statements in order.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="guest">What a guest's link names; null for members.</param>
    public async Task<T> ReadAsync<T>(
        Guid organizationId, string sql, object parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken ct, GuestScope? guest = null)
    {
        const string hold = """
            select set_config('cinegit.organization_id', @OrganizationSetting, true), set_config('cinegit.guest_project', @GuestProject, true),
                   set_config('cinegit.guest_branches', @GuestBranches, true), set_config('cinegit.guest_cut_request', @GuestCutRequest, true);

            """;
        var all = new DynamicParameters(parameters);
        all.Add("Organization", organizationId);
        all.Add("OrganizationSetting", organizationId.ToString());
        all.Add("GuestProject", guest?.Project.ToString() ?? "");
        all.Add("GuestBranches", string.Join(' ', guest?.Branches ?? []));
        all.Add("GuestCutRequest", guest?.CutRequest?.ToString(CultureInfo.InvariantCulture) ?? "");
        return await ReadSystemAsync(hold + sql, all, async answers =>
        {
            await answers.ReadAsync<string>();
            return await read(answers);
        }, ct);
    }

    /// <summary>As <see cref="ReadAsync"/>, of tables that belong to no organization; the statements may say for whom the rest of them reads.</summary>
    public async Task<T> ReadSystemAsync<T>(string sql, object parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await database.App.OpenConnectionAsync(ct);
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return await read(answers);
    }

    async Task<TenantTransaction> BeginAsync(string setting, string value, CancellationToken ct)
    {
        var transaction = await OpenAsync(ct);
        try
        {
            // The third argument makes it end with the transaction, so a pooled connection carries nothing over.
            await using var command = new NpgsqlCommand(
                "select set_config($1, $2, true)", transaction.Connection, transaction.Transaction);
            command.Parameters.Add(new() { Value = setting });
            command.Parameters.Add(new() { Value = value });
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
