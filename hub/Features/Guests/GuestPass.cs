using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.Guests;

/// <summary>What a guest's link opens, at this moment.</summary>
/// <param name="Name">What the guest is called.</param>
/// <param name="SourceBranch">Of the cut request, if it names one.</param>
public sealed record GuestPass(
    Guid OrganizationId,
    string OrganizationSlug,
    string OrganizationName,
    Guid UserId,
    string Name,
    Guid ProjectId,
    string ProjectSlug,
    string ProjectName,
    string? Branch,
    int? CutRequest,
    string? SourceBranch,
    string? TargetBranch,
    bool MayComment,
    DateTimeOffset ExpiresAt)
{
    /// <summary>So that nobody who calls themselves like a member is taken for one.</summary>
    public static string ShownAs(string name) => $"{name} (guest)";

    public PermissionSet Permissions =>
        MayComment ? PermissionSet.Of(Permission.ProjectRead, Permission.CommentWrite) : PermissionSet.Of(Permission.ProjectRead);

    public GuestScope Scope => (Branch, SourceBranch, TargetBranch) switch
    {
        ({ } branch, _, _) => new GuestScope(ProjectId, [branch], 0),
        (_, { } source, { } target) => new GuestScope(ProjectId, [source, target], CutRequest),
        _ => new GuestScope(ProjectId, null, null),
    };

    public Membership ToMembership() => new(OrganizationId, OrganizationSlug, UserId, ShownAs(Name), Roles.Guest)
    {
        Permissions = Permissions,
        Guest = Scope,
    };

    public GuestPlaceResponse ToResponse() =>
        new(OrganizationSlug, OrganizationName, ProjectSlug, ProjectName, Branch, CutRequest, MayComment, ExpiresAt);
}
