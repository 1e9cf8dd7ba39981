using System.Globalization;
using System.Text;

namespace CineGit.Hub.Features.Organizations;

/// <summary>The part of an address that a name becomes: lower-case letters, digits and single hyphens.</summary>
public static class Slug
{
    public const int Longest = 60;

    /// <summary>"Büro für Schnitt &amp; Ton" → "buro-fur-schnitt-ton"; null when no letter or digit of the name can be kept.</summary>
    public static string? From(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(character)) slug.Append(char.ToLowerInvariant(character));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == Longest) break;
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length > 0 ? trimmed : null;
    }

    /// <summary>The slug itself, then with 2, 3, … behind it, each within the limit.</summary>
    public static IEnumerable<string> Candidates(string slug)
    {
        yield return slug;
        for (var number = 2; ; number++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            yield return slug[..Math.Min(slug.Length, Longest - ending.Length)].TrimEnd('-') + ending;
        }
    }
}
