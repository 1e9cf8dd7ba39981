using CineGit.Hub.Features.Identity;
using CineGit.Hub.Features.Identity.Providers;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Turns an invitation into a membership, in one transaction.</summary>
public sealed class Acceptance(TenantDatabase database, OrganizationStore organizations, TimeProvider time)
{
    /// <summary>Null when it does not open.</summary>
    public async Task<Invitation?> FindAsync(LinkSecret secret, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(secret.Organization, ct);
        return await InvitationStore.LockAsync(tx, secret, time.GetUtcNow(), ct);
    }

    /// <param name="person">Who accepts; added to the hub's people when new.</param>
    public Task<AcceptResult> AcceptAsync(LinkSecret secret, Person person, bool isNew, CancellationToken ct) =>
        AcceptAsync(secret, person, isNew, identity: null, ct);

    /// <param name="identity">By which the new person signs in from here on, when they have no password.</param>
    public async Task<AcceptResult> AcceptAsync(LinkSecret secret, Person person, bool isNew, ProvenIdentity? identity, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var tx = await database.BeginAsync(secret.Organization, ct);
        if (await InvitationStore.LockAsync(tx, secret, now, ct) is not { } invitation) return new AcceptResult.Ended();
        if (invitation.Email is { } email && !email.Equals(person.Email, StringComparison.OrdinalIgnoreCase)) return new AcceptResult.Anothers();
        if (isNew && !await PersonStore.TryInsertAsync(tx, person, now, ct)) return new AcceptResult.AccountExists();
        if (identity is not null && !await ExternalSignInStore.LinkAsync(tx, identity, person.Id, now, ct)) return new AcceptResult.AccountExists();
        if (!isNew && await MemberStore.LockAsync(tx, secret.Organization, person.Id, ct) is not null) return new AcceptResult.MemberAlready();

        await organizations.AddMemberAsync(tx, secret.Organization, person.Id, invitation.Role, ct);
        if (invitation is { ProjectId: { } project, ProjectRole: { } role })
        {
            // Not disposed: it is the same transaction.
            var inProject = new ProjectTransaction(tx, secret.Organization, project);
            await ProjectMemberStore.PutAsync(inProject, person.Id, role, now, ct);
        }

        await InvitationStore.UseAsync(tx, secret.Organization, invitation.Id, person.Id, ct);
        await tx.CommitAsync(ct);
        return new AcceptResult.Accepted(person.Id, invitation.OrganizationSlug);
    }
}
