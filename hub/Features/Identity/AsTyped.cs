using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

/// <summary>
/// The database's own index tells addresses apart, so the framework changes none; its own way throws on text that is not
/// whole Unicode.
/// </summary>
sealed class AsTyped : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name;

    public string? NormalizeEmail(string? email) => email;
}
