namespace CineGit.Hub.Features.Identity;

/// <summary>What a person may be called.</summary>
public static class PersonRules
{
    public const int LongestName = 100;

    const int LongestEmail = 254;

    public static bool IsName(string? name) => name?.Trim() is { Length: > 0 and <= LongestName } text && !text.Any(char.IsControl);

    public static bool IsEmail(string? email) =>
        email?.Trim() is { Length: <= LongestEmail } text
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == text.LastIndexOf('@') && at < text.Length - 1
        && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));
}
