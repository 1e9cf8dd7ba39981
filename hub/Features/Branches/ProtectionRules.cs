using System.Buffers;
using CineGit.Contracts.Hub;

namespace CineGit.Hub.Features.Branches;

/// <summary>What may be asked for a branch.</summary>
public static class ProtectionRules
{
    const int MostApprovals = 20;
    const int MostChecks = 20;
    const int MostMergers = 50;
    const int LongestCheck = 60;

    static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Why this cannot be asked, naming the field; null when it can.</summary>
    public static string? WhyNot(SetProtectionRequest request)
    {
        if (request.Approvals is < 0 or > MostApprovals) return $"approvals {request.Approvals} is not between 0 and {MostApprovals}.";
        if (request.Checks?.Count > MostChecks) return $"checks has {request.Checks.Count} entries; at most {MostChecks} can be asked for.";
        if (request.Checks?.Select(WhyNotCheck).OfType<string>().FirstOrDefault() is { } why) return "checks: " + why;
        if (request.MergeRoles?.Count > MostMergers) return $"mergeRoles has {request.MergeRoles.Count} entries; at most {MostMergers} are taken.";
        if (request.MergeRoles?.Any(string.IsNullOrEmpty) is true) return "mergeRoles has an entry without a name.";
        return request.MergePeople?.Count > MostMergers ? $"mergePeople has {request.MergePeople.Count} entries; at most {MostMergers} are taken." : null;
    }

    /// <summary>Why no check is called so; null when one may be.</summary>
    public static string? WhyNotCheck(string? name) => name switch
    {
        null or "" => "the check has no name.",
        { Length: > LongestCheck } => $"the check's name has {name.Length} characters; at most {LongestCheck} are allowed.",
        _ when name.AsSpan().ContainsAnyExcept(Allowed) => $"the check '{name}' has other characters than a-z, 0-9, '-', '_' and '.'.",
        _ when !char.IsAsciiLetterOrDigit(name[0]) => $"the check '{name}' does not start with a letter or digit.",
        _ => null,
    };
}
