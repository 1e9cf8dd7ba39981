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
