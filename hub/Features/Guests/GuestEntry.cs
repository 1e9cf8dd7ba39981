using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Guests;

/// <summary>Turns a link into a session of its own.</summary>
public sealed class GuestEntry(TenantDatabase database, GuestStore guests, SessionStore sessions, IPasswordHasher<Person> hasher, TimeProvider time)
{
    /// <summary>Short, because what a guest leaves open on somebody's machine is nobody's account; the link opens another.</summary>
    static readonly TimeSpan Session = TimeSpan.FromHours(12);

    public async Task<GuestLink?> FindAsync(LinkSecret secret, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(secret.Organization, ct);
        return await GuestLinkStore.FindAsync(tx, secret, time.GetUtcNow(), ct);
    }

    /// <param name="known">What the browser was given when it came by a link before; null when it was not.</param>
    public async Task<GuestEntryResult> EnterAsync(
        LinkSecret secret, string name, string? passphrase, string? known, string browser, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await FindAsync(secret, ct) is not { } link) return new GuestEntryResult.Ended();
        if (!await IsPassphraseAsync(link, passphrase, now, ct)) return new GuestEntryResult.Refused();

        await using var tx = await database.BeginAsync(link.OrganizationId, ct);
        if (!await GuestLinkStore.UseAsync(tx, link, now, ct)) return new GuestEntryResult.Ended();
        var (user, back) = (known is null ? null : await GuestStore.ReturnAsync(tx, link, Secret.HashOf(known), name, ct), (string?)null);
        if (user is { } same)
        {
            await PersonStore.RenameGuestAsync(tx, same, GuestPass.ShownAs(name), ct);
        }
        else
        {
            if (link.MostPeople is { } most && await GuestStore.CountAsync(tx, link, ct) >= most) return new GuestEntryResult.Full();
            back = Secret.Create();
            user = await AddAsync(tx, link, name, back, now, ct);
        }

        var until = link.ExpiresAt < now + Session ? link.ExpiresAt : now + Session;
        var session = await sessions.OpenAsync(tx, user.Value, link.OrganizationId, browser, until, ct);
        var pass = await guests.FindAsync(tx, link.OrganizationId, user.Value, ct)
            ?? throw new InvalidOperationException($"The guest {user} is not there after they came in.");
        await tx.CommitAsync(ct);
        return new GuestEntryResult.Entered(pass, session, back);
    }

    static async Task<Guid> AddAsync(TenantTransaction tx, GuestLink link, string name, string back, DateTimeOffset now, CancellationToken ct)
    {
        var user = Guid.CreateVersion7(now);
        await PersonStore.InsertGuestAsync(tx, user, GuestPass.ShownAs(name), now, ct);
        await GuestStore.AddAsync(tx, link, user, name, Secret.HashOf(back), now, ct);

        // Not disposed: it is the same transaction.
        var inProject = new ProjectTransaction(tx, link.OrganizationId, link.ProjectId);
        var joined = HubEvent.Of(EventNames.GuestJoined, new(link.Id, link.Name, name), HubJson.Default.GuestJoinedEvent);
        await EventStore.AppendAsync(inProject, user, now, ct, joined);
        return user;
    }

    async Task<bool> IsPassphraseAsync(GuestLink link, string? passphrase, DateTimeOffset now, CancellationToken ct)
    {
        if (link.PassphraseHash is not { } hash) return true;
        if (string.IsNullOrEmpty(passphrase) || passphrase.Length > PasswordRules.Longest || link.RestsUntil > now) return false;
        if (hasher.VerifyHashedPassword(new Person(), hash, passphrase) is not PasswordVerificationResult.Failed) return true;
        await using var tx = await database.BeginAsync(link.OrganizationId, ct);
        await GuestLinkStore.FailAsync(tx, link, now, ct);
        await tx.CommitAsync(ct);
        return false;
    }
}
