using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>Takes the password or the code that a provider's proof waits for.</summary>
public sealed class ProviderFinish(
    PendingProofs proofs, SignInProviders providers, ProviderEntry entry, ExternalSignInStore ways, UserManager<Person> people, SignIn signIn)
{
    /// <summary>Null when there is nothing to finish, or no longer.</summary>
    public PendingProof? Read(string? proof) => proofs.Read(proof);

    public async Task<SignInResult> FinishAsync(PendingProof proof, string? password, string? code, CancellationToken ct)
    {
        if (providers.Find(proof.Identity.Provider) is not { } provider) return new SignInResult.Refused();
        if (await people.FindByIdAsync(proof.User.ToString()) is not { } person || !await entry.IsForAsync(provider, person.Id, ct)) return new SignInResult.Refused();
        if (!proof.Link)
        {
            return !string.IsNullOrWhiteSpace(code) && await ways.FindAsync(proof.Identity, ct) == person.Id && await signIn.IsCodeAsync(person, code, ct)
                ? new SignInResult.Proven(person)
                : new SignInResult.Refused();
        }

        // The address is what ties the two together, so it has to be the account's still.
        if (!person.Email.Equals(proof.Identity.Email, StringComparison.OrdinalIgnoreCase)) return new SignInResult.Refused();
        var proven = await signIn.ProveAsync(person.Email, password ?? "", code, ct);
        if (proven is not SignInResult.Proven) return proven;
        return await ways.LinkAsync(proof.Identity, person.Id, ct) ? proven : new SignInResult.Refused();
    }
}
