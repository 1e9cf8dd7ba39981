namespace CineGit.Contracts.Hub;

/// <param name="Email">Whom the link is sent to, and who alone may use it; null for a link that whoever asks hands on.</param>
/// <param name="Role">In the organization.</param>
/// <param name="Project">A project's slug, for a role of its own there; null for none.</param>
/// <param name="ProjectRole">Given exactly when <paramref name="Project"/> is.</param>
/// <param name="ExpiresInDays">1 to 30.</param>
public sealed record CreateInvitationRequest(string? Email, string Role, string? Project, string? ProjectRole, int ExpiresInDays);

/// <param name="Link">Opens once. Null when it was sent by mail: only the mailbox proves whose address it is.</param>
public sealed record CreateInvitationResponse(Guid Id, string? Link, DateTimeOffset ExpiresAt);

/// <param name="State"><c>open</c>, <c>used</c>, <c>revoked</c> or <c>expired</c>.</param>
public sealed record InvitationResponse(
    Guid Id,
    string? Email,
    string Role,
    string? Project,
    string? ProjectRole,
    string InvitedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string State);

/// <param name="Secret">What the link has behind its hash.</param>
public sealed record InvitationRequest(string Secret);

/// <summary>What somebody is invited to, before they accept.</summary>
public sealed record InvitationPreview(string OrganizationName, string InvitedBy, string? Email, string Role, string? ProjectName);

/// <summary>Accepts with an account that is made for it.</summary>
/// <param name="Email">Ignored when the invitation was sent to an address.</param>
public sealed record AcceptInvitationRequest(string Secret, string DisplayName, string? Email, string Password);
