using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Identity;

/// <summary>Owns the table <c>setup_links</c>: the way in while there is nobody.</summary>
public sealed class SetupStore(TenantDatabase database, OrganizationStore organizations, TimeProvider time)
{
    public async Task<bool> IsOpenAsync(CancellationToken ct)
    {
        const string sql = "select not exists (select from users)";
        await using var transaction = await database.BeginSystemAsync(ct);
        return await transaction.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(sql, transaction: transaction.Transaction, cancellationToken: ct));
    }

    /// <summary>Replaces an earlier link, which then no longer works.</summary>
    public async Task OfferAsync(string secret, CancellationToken ct)
    {
        // Nodes that start together on an empty database take turns; the last one's link is good.
        const string forget = "lock table setup_links in share row exclusive mode; delete from setup_links";
        const string offer = "insert into setup_links (secret_hash, created_at) values (@hash, @now)";
        await using var transaction = await database.BeginSystemAsync(ct);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(forget, transaction: transaction.Transaction, cancellationToken: ct));
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            offer, new { hash = Secret.HashOf(secret), now = time.GetUtcNow() }, transaction.Transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    /// <summary>The first person and their organization; null when the link is not, or no longer, good.</summary>
    public async Task<UserResponse?> UseAsync(SetupRequest request, string passwordHash, CancellationToken ct)
    {
        // Deleting the row is what lets one of two simultaneous requests through.
        const string take = "delete from setup_links where secret_hash = @hash and not exists (select from users)";
        var organizationId = Guid.CreateVersion7(time.GetUtcNow());
        var user = new UserResponse(Guid.CreateVersion7(time.GetUtcNow()), request.DisplayName.Trim(), request.Email.Trim());

        await using var transaction = await database.BeginAsync(organizationId, ct);
        var taken = await transaction.Connection.ExecuteAsync(new CommandDefinition(
            take, new { hash = Secret.HashOf(request.Secret) }, transaction.Transaction, cancellationToken: ct));
        if (taken == 0) return null;

        var person = new Person { Id = user.Id, Email = user.Email, DisplayName = user.DisplayName, PasswordHash = passwordHash };
        if (!await PersonStore.TryInsertAsync(transaction, person, time.GetUtcNow(), ct)) return null;
        await organizations.InsertAsync(transaction, organizationId, request.OrganizationName.Trim(), ct);
        await organizations.AddMemberAsync(transaction, organizationId, user.Id, Roles.Admin, ct);
        await transaction.CommitAsync(ct);
        return user;
    }
}
