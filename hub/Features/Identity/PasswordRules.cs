using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

/// <summary>
/// Length counts, kinds of characters do not (NIST SP 800-63B); what is known about the person is not a secret.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Person>
{
    public const int Shortest = 10;

    /// <summary>A bound, so that hashing a megabyte is nobody's means of keeping the hub busy.</summary>
    public const int Longest = 256;

    const int FewestCharacters = 5;
    const int ShortestTelling = 4;

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(WhyNot(password, user.Email, user.DisplayName) is { } why
            ? IdentityResult.Failed(new IdentityError { Code = "password", Description = why })
            : IdentityResult.Success);

    /// <summary>Why this password cannot be taken; null when it can.</summary>
    public static string? WhyNot(string? password, string email, string displayName)
    {
        if (password is null || password.Length is < Shortest or > Longest) return $"password must have {Shortest} to {Longest} characters.";
        if (password.Distinct().Count() < FewestCharacters) return $"password repeats itself; use at least {FewestCharacters} different characters.";
        string[] known = [email, email.Split('@')[0], displayName];
        return known.Any(word => word.Length >= ShortestTelling && IsMostOf(password, word))
            ? "password is hardly more than your name or e-mail address; choose another."
            : null;
    }

    static bool IsMostOf(string password, string word) =>
        password.Contains(word, StringComparison.OrdinalIgnoreCase) && password.Length - word.Length < FewestCharacters;
}
