namespace CineGit.Contracts.Hub;

/// <summary>Somebody of an organization or of a project.</summary>
/// <param name="Role">A built-in role (<c>admin</c>, <c>producer</c>, <c>editor</c>, <c>reviewer</c>, <c>guest</c>) or one of the organization's own.</param>
/// <param name="Since">When they became a member, UTC.</param>
public sealed record MemberResponse(Guid UserId, string DisplayName, string Email, string Role, DateTimeOffset Since);

public sealed record SetMemberRequest(string Role);

/// <param name="BuiltIn">True for the roles that every organization has and none can change.</param>
/// <param name="Permissions">What it may do: <c>project.read</c>, <c>version.push</c>, …</param>
public sealed record RoleResponse(string Name, bool BuiltIn, IReadOnlyList<string> Permissions);

public sealed record SetRoleRequest(IReadOnlyList<string> Permissions);

/// <param name="Restricted">Only the project's members, and those who may enter restricted projects, see that it is there.</param>
public sealed record ProjectAccessRequest(bool Restricted);

/// <param name="Members">Those with a role of their own in the project, which holds there instead of the organization's.</param>
public sealed record ProjectAccessResponse(bool Restricted, IReadOnlyList<MemberResponse> Members);
