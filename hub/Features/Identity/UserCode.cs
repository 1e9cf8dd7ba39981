using System.Security.Cryptography;

namespace CineGit.Hub.Features.Identity;

/// <summary>What a person reads on the bay and confirms in the browser: <c>WDJB-MJHT</c>.</summary>
public static class UserCode
{
    /// <summary>No vowels, so no words; nothing that is taken for a digit. 20^8 codes, of which few live at a time.</summary>
    const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    const int Length = 8;

    public static string Create()
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        return $"{code[..(Length / 2)]}-{code[(Length / 2)..]}";
    }

    /// <summary>The stored form of what somebody typed: case, spaces and hyphens do not matter.</summary>
    public static string Normalize(string typed)
    {
        var letters = string.Concat(typed.Where(char.IsAsciiLetter)).ToUpperInvariant();
        return letters.Length == Length ? $"{letters[..(Length / 2)]}-{letters[(Length / 2)..]}" : letters;
    }
}
