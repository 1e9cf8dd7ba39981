using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>What came of somebody whom a provider has proven.</summary>
public abstract record ProviderEntryResult
{
    private ProviderEntryResult()
    {
    }

    public sealed record Entered(Person Person) : ProviderEntryResult;

    /// <summary>The person who asked for it can sign in like this from here on.</summary>
    public sealed record Linked : ProviderEntryResult;

    /// <summary>There is an account with this address, and its password has to show that it is theirs.</summary>
    public sealed record PasswordNeeded(Person Person) : ProviderEntryResult;

    /// <summary>The account asks for a one-time code besides.</summary>
    public sealed record CodeNeeded(Person Person) : ProviderEntryResult;

    public sealed record Refused(ProviderRefusal Why) : ProviderEntryResult;
}

public enum ProviderRefusal
{
    /// <summary>Nothing could be proven: the answer is late, forged, or for another request.</summary>
    Failed,

    /// <summary>The provider has not verified an e-mail address.</summary>
    Unverified,

    /// <summary>Nobody made this person an account, and the provider is none that may.</summary>
    NoAccount,

    /// <summary>The provider is not for this person.</summary>
    NotAdmitted,

    /// <summary>The provider's account belongs to somebody else here, or the person has another there.</summary>
    Taken,

    /// <summary>The invitation has ended, or is somebody else's.</summary>
    Invitation,
}

/// <summary>Finds, links or makes the account of somebody whom a provider has proven.</summary>
public sealed class ProviderEntry(
    TenantDatabase database,
    ExternalSignInStore ways,
    UserManager<Person> people,
    OrganizationStore organizations,
    Acceptance acceptance,
    TimeProvider time)
{
    /// <param name="invitation">With which the person came; null when they came without.</param>
    public async Task<ProviderEntryResult> EnterAsync(
        SignInProvider provider, ProvenIdentity identity, string? invitation, CancellationToken ct)
    {
        if (!provider.Admits(identity.Email)) return Refuse(identity.Email is null ? ProviderRefusal.Unverified : ProviderRefusal.NotAdmitted);
        if (await ways.FindAsync(identity, ct) is { } known)
        {
            return await people.FindByIdAsync(known.ToString()) is { } person
                ? await LetInAsync(provider, identity, person, ct)
                : Refuse(ProviderRefusal.NoAccount);
        }

        if (identity.Email is not { } email) return Refuse(ProviderRefusal.Unverified);
        if (await people.FindByEmailAsync(email) is { } owner) return new ProviderEntryResult.PasswordNeeded(owner);
        var newcomer = new Person { Id = Guid.CreateVersion7(time.GetUtcNow()), Email = email, DisplayName = identity.Name ?? email.Split('@')[0], EmailConfirmed = true };
        if (invitation is not null) return await AcceptAsync(provider, identity, newcomer, invitation, ct);
        return provider is { JoinOrganization: { } organization, JoinRole: { } role }
            ? await JoinAsync(provider, identity, newcomer, organization, role, ct)
            : Refuse(ProviderRefusal.NoAccount);
    }

    /// <summary>For somebody who is signed in and has given their password for it.</summary>
    public async Task<ProviderEntryResult> LinkAsync(SignInProvider provider, ProvenIdentity identity, Guid user, CancellationToken ct)
    {
        if (!provider.Admits(identity.Email)) return Refuse(ProviderRefusal.NotAdmitted);
        return await ways.LinkAsync(identity, user, ct) ? new ProviderEntryResult.Linked() : Refuse(ProviderRefusal.Taken);
    }

    /// <summary>Whether the provider is for this person at all.</summary>
    public async Task<bool> IsForAsync(SignInProvider provider, Guid user, CancellationToken ct) =>
        provider.Organizations.IsEmpty
        || (await organizations.ListAsync(user, ct)).Any(organization => provider.Organizations.Contains(organization.Id));

    async Task<ProviderEntryResult> LetInAsync(SignInProvider provider, ProvenIdentity identity, Person person, CancellationToken ct)
    {
        if (!await IsForAsync(provider, person.Id, ct)) return Refuse(ProviderRefusal.NotAdmitted);
        return person.TwoFactorEnabled && !(provider.TrustsSecondFactor && identity.SecondFactor)
            ? new ProviderEntryResult.CodeNeeded(person)
            : new ProviderEntryResult.Entered(person);
    }

    async Task<ProviderEntryResult> AcceptAsync(
        SignInProvider provider, ProvenIdentity identity, Person newcomer, string invitation, CancellationToken ct)
    {
        if (LinkSecret.Parse(invitation) is not { } secret) return Refuse(ProviderRefusal.Invitation);
        if (!provider.Organizations.IsEmpty && !provider.Organizations.Contains(secret.Organization)) return Refuse(ProviderRefusal.NotAdmitted);
        return await acceptance.AcceptAsync(secret, newcomer, isNew: true, identity, ct) is AcceptResult.Accepted
            ? new ProviderEntryResult.Entered(newcomer)
            : Refuse(ProviderRefusal.Invitation);
    }

    async Task<ProviderEntryResult> JoinAsync(
        SignInProvider provider, ProvenIdentity identity, Person newcomer, Guid organization, string role, CancellationToken ct)
    {
        if (!provider.Organizations.IsEmpty && !provider.Organizations.Contains(organization)) return Refuse(ProviderRefusal.NotAdmitted);
        var now = time.GetUtcNow();
        await using var tx = await database.BeginAsync(organization, ct);
        if (!await PersonStore.TryInsertAsync(tx, newcomer, now, ct)) return Refuse(ProviderRefusal.Taken);
        await organizations.AddMemberAsync(tx, organization, newcomer.Id, role, ct);
        if (!await ExternalSignInStore.LinkAsync(tx, identity, newcomer.Id, now, ct)) return Refuse(ProviderRefusal.Taken);
        await tx.CommitAsync(ct);
        return new ProviderEntryResult.Entered(newcomer);
    }

    static ProviderEntryResult.Refused Refuse(ProviderRefusal why) => new ProviderEntryResult.Refused(why);
}
