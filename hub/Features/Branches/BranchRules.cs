using System.Buffers;

namespace CineGit.Hub.Features.Branches;

/// <summary>What a branch may be called: it is a part of addresses, and of folder names on the bays.</summary>
public static class BranchRules
{
    const int LongestName = 100;

    static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Why this name cannot be taken; null when it can.</summary>
    public static string? WhyNotName(string? name) => name switch
    {
        null or "" => "name is missing; give the branch a name.",
        { Length: > LongestName } => $"name has {name.Length} characters; at most {LongestName} are allowed.",
        _ when name.AsSpan().ContainsAnyExcept(Allowed) => $"name '{name}' has other characters than letters, digits, '-', '_' and '.'.",
        _ when !char.IsAsciiLetterOrDigit(name[0]) => $"name '{name}' does not start with a letter or digit.",
        _ => null,
    };
}
