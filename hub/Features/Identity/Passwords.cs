using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CineGit.Hub.Features.Identity;

/// <summary>Passwords are hashed by the framework's hasher (PBKDF2 with HMAC-SHA512, random salt).</summary>
public sealed class Passwords
{
    public const int Shortest = 10;

    /// <summary>A bound, so that hashing a megabyte is nobody's means of keeping the hub busy.</summary>
    public const int Longest = 256;

    const int Iterations = 210_000;

    static readonly Account Nobody = new();

    readonly PasswordHasher<Account> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    readonly string nobodysHash;

    public Passwords() => nobodysHash = Hash("a password that nobody has");

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>An unknown account (null) takes as long as a wrong password, so answers do not tell who has an account.</summary>
    public PasswordVerificationResult Verify(string? hash, string password)
    {
        var result = hasher.VerifyHashedPassword(Nobody, hash ?? nobodysHash, password);
        return hash is null ? PasswordVerificationResult.Failed : result;
    }

    sealed class Account;
}
