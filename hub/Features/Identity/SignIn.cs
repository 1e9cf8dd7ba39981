using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

/// <summary>What came of somebody's password and code.</summary>
public abstract record SignInResult
{
    private SignInResult()
    {
    }

    public sealed record Proven(Person Person) : SignInResult;

    /// <summary>Unknown, wrong, or resting after too many wrong ones; the answer never says which.</summary>
    public sealed record Refused : SignInResult;

    /// <summary>The password is right, and a one-time code is asked for.</summary>
    public sealed record CodeNeeded : SignInResult;
}

/// <summary>Proves who somebody is.</summary>
public sealed class SignIn(UserManager<Person> people, PersonStore store, IPasswordHasher<Person> hasher, UnknownPerson nobody, TimeProvider time)
{
    /// <param name="code">Of the authenticator app, or a recovery code; null when none was given.</param>
    public async Task<SignInResult> ProveAsync(string email, string password, string? code, CancellationToken ct)
    {
        if (password.Length > PasswordRules.Longest) return new SignInResult.Refused();
        var person = await people.FindByEmailAsync(email);
        if (person?.PasswordHash is null || await people.IsLockedOutAsync(person))
        {
            // As long as a wrong password takes, so that answers do not tell who has an account.
            nobody.Verify(hasher, password);
            return new SignInResult.Refused();
        }

        if (!await IsPasswordAsync(person, password)) return new SignInResult.Refused();
        if (person.TwoFactorEnabled)
        {
            if (string.IsNullOrWhiteSpace(code)) return new SignInResult.CodeNeeded();
            if (!await TakeCodeAsync(person, code, ct) && !await TakeRecoveryCodeAsync(person, code)) return await FailAsync(person);
        }

        await people.ResetAccessFailedCountAsync(person);
        return new SignInResult.Proven(person);
    }

    /// <summary>Whether this is the person's password; wrong ones count, also those that an open session tries.</summary>
    public async Task<bool> IsPasswordAsync(Person person, string password)
    {
        if (await people.IsLockedOutAsync(person)) return false;
        if (password.Length <= PasswordRules.Longest && await people.CheckPasswordAsync(person, password)) return true;
        await people.AccessFailedAsync(person);
        return false;
    }

    /// <summary>Whether this is a code of the person's app or a recovery code, for somebody whom another has proven; wrong ones count.</summary>
    public async Task<bool> IsCodeAsync(Person person, string code, CancellationToken ct)
    {
        if (await people.IsLockedOutAsync(person)) return false;
        if (await TakeCodeAsync(person, code, ct) || await TakeRecoveryCodeAsync(person, code))
        {
            await people.ResetAccessFailedCountAsync(person);
            return true;
        }

        await people.AccessFailedAsync(person);
        return false;
    }

    /// <summary>True once for each code of the person's app.</summary>
    public async Task<bool> TakeCodeAsync(Person person, string code, CancellationToken ct)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        return await people.GetAuthenticatorKeyAsync(person) is { } key
            && OneTimeCode.StepOf(key, typed, time.GetUtcNow()) is { } step
            && await store.TakeStepAsync(person, step, ct);
    }

    async Task<bool> TakeRecoveryCodeAsync(Person person, string code) =>
        (await people.RedeemTwoFactorRecoveryCodeAsync(person, code.Trim().ToUpperInvariant())).Succeeded;

    async Task<SignInResult> FailAsync(Person person)
    {
        await people.AccessFailedAsync(person);
        return new SignInResult.Refused();
    }
}

/// <summary>A password that nobody has, to be compared with when there is no account.</summary>
public sealed class UnknownPerson
{
    readonly Person nobody = new();
    readonly string hash;

    public UnknownPerson(IPasswordHasher<Person> hasher) => hash = hasher.HashPassword(nobody, Secret.Create());

    public void Verify(IPasswordHasher<Person> hasher, string password) => hasher.VerifyHashedPassword(nobody, hash, password);
}
