using CineGit.Hub.Features.Organizations;

namespace CineGit.Hub.Features.Projects;

/// <summary>What a project may be called.</summary>
public static class ProjectRules
{
    const int LongestName = 200;

    /// <summary>Why this name cannot be taken; null when it can.</summary>
    public static string? WhyNotName(string? name) => name switch
    {
        null => "name is missing; give the project a name.",
        _ when name.Trim().Length == 0 => "name is empty; give the project a name.",
        { Length: > LongestName } => $"name has {name.Length} characters; at most {LongestName} are allowed.",
        _ when name.Any(char.IsControl) => "name has a control character; leave out tabs and line breaks.",
        _ => null,
    };

    /// <summary>Why this slug cannot be taken; null when it can.</summary>
    public static string? WhyNotSlug(string slug)
    {
        if (slug.Length is 0 or > Slug.Longest) return $"slug has {slug.Length} characters; 1 to {Slug.Longest} are allowed.";
        if (slug.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            return $"slug '{slug}' has other characters than a-z, 0-9 and hyphens.";
        }

        return slug[0] == '-' || slug[^1] == '-' || slug.Contains("--", StringComparison.Ordinal)
            ? $"slug '{slug}' has a hyphen at its start, at its end or twice in a row."
            : null;
    }
}
