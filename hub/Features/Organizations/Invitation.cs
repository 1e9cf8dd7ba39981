using System.Buffers.Text;

namespace CineGit.Hub.Features.Organizations;

/// <summary>An invitation that can be used at this moment.</summary>
public sealed record Invitation(
    Guid Id,
    string OrganizationName,
    string OrganizationSlug,
    string InvitedBy,
    string? Email,
    string Role,
    Guid? ProjectId,
    string? ProjectName,
    string? ProjectRole);

/// <summary>Who is invited to what.</summary>
public sealed record NewInvitation(string? Email, string Role, Guid? ProjectId, string? ProjectRole, Guid InvitedBy, DateTimeOffset ExpiresAt);

/// <summary>What an invitation's link carries: the organization, then the secret whose hash is kept.</summary>
public sealed record InvitationSecret(Guid Organization, string Secret)
{
    const int GuidLetters = 22;

    public byte[] Hash => Platform.Auth.Secret.HashOf(Secret);

    public static InvitationSecret Create(Guid organization) => new(organization, Platform.Auth.Secret.Create());

    /// <summary>Null when it is none, by its form.</summary>
    public static InvitationSecret? Parse(string? text)
    {
        const int guidBytes = 16;
        return text is { Length: > GuidLetters and < 200 }
            && Base64Url.IsValid(text.AsSpan(0, GuidLetters), out var decoded) && decoded == guidBytes
                ? new InvitationSecret(new Guid(Base64Url.DecodeFromChars(text.AsSpan(0, GuidLetters))), text[GuidLetters..])
                : null;
    }

    public override string ToString() => Base64Url.EncodeToString(Organization.ToByteArray()) + Secret;
}

/// <summary>What came of accepting an invitation.</summary>
public abstract record AcceptResult
{
    private AcceptResult()
    {
    }

    public sealed record Accepted(Guid UserId, string OrganizationSlug) : AcceptResult;

    /// <summary>Unknown, used, revoked or too late.</summary>
    public sealed record Ended : AcceptResult;

    /// <summary>It was sent to another address.</summary>
    public sealed record Anothers : AcceptResult;

    public sealed record MemberAlready : AcceptResult;

    public sealed record AccountExists : AcceptResult;
}
