using System.Buffers;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>The hub's rule for branch names, so that an offline branch can be pushed later.</summary>
internal static class BranchName
{
    public const string Rule = "a branch name has 1 to 100 letters, digits, “-”, “_” or “.”, and starts with a letter or digit";

    static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= 100 && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Allowed);
}
