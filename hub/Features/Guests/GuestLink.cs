using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;

namespace CineGit.Hub.Features.Guests;

/// <summary>A link that opens at this moment, whatever else it asks for.</summary>
/// <param name="PassphraseHash">Null when it asks for no passphrase.</param>
public sealed record GuestLink(
    Guid OrganizationId,
    Guid Id,
    string Name,
    Guid ProjectId,
    string OrganizationName,
    string ProjectName,
    string InvitedBy,
    string? PassphraseHash,
    bool MayComment,
    int? MostPeople,
    DateTimeOffset? RestsUntil,
    DateTimeOffset ExpiresAt);

public sealed record NewGuestLink(
    string Name, string? Branch, int? CutRequest, bool MayComment, string? PassphraseHash, int? MostPeople, Guid CreatedBy, DateTimeOffset ExpiresAt);

/// <summary>What a link may be.</summary>
public static class GuestLinkRules
{
    public const int UsualLife = 14;

    const int LongestLife = 365;
    const int ShortestPassphrase = 8;
    const int MostPeople = 1000;

    /// <summary>Why this cannot be a link, in words; null when it can.</summary>
    public static string? WhyNot(CreateGuestLinkRequest request)
    {
        if (!PersonRules.IsName(request.Name)) return $"name must have 1 to {PersonRules.LongestName} characters; say whom the link is for.";
        if (request is { Branch: not null, CutRequest: not null }) return "Give branch or cutRequest, or neither for the whole project.";
        if (request.ExpiresInDays is < 1 or > LongestLife) return $"expiresInDays must be 1 to {LongestLife}.";
        if (request.MostPeople is < 1 or > MostPeople) return $"mostPeople must be 1 to {MostPeople}, or null for no limit.";
        return request.Passphrase is { Length: < ShortestPassphrase or > PasswordRules.Longest }
            ? $"passphrase must have {ShortestPassphrase} to {PasswordRules.Longest} characters, or be null for none."
            : null;
    }
}

/// <summary>What came of opening a link.</summary>
public abstract record GuestEntryResult
{
    private GuestEntryResult()
    {
    }

    /// <param name="Return">Tells the hub that the same browser has come again; null when it did.</param>
    public sealed record Entered(GuestPass Pass, NewSession Session, string? Return) : GuestEntryResult;

    /// <summary>Unknown, revoked or too late.</summary>
    public sealed record Ended : GuestEntryResult;

    /// <summary>The passphrase is wrong or missing, or the link rests after too many wrong ones; the answer never says which.</summary>
    public sealed record Refused : GuestEntryResult;

    /// <summary>As many people as the link is for have come.</summary>
    public sealed record Full : GuestEntryResult;
}
