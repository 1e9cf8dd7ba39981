using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// The person behind a request, as a member of the route's organization. Handlers under <see cref="Policies.Member"/>
/// take it as a parameter.
/// </summary>
/// <param name="Role">One of <see cref="Roles"/>, or a role of the organization's own.</param>
public sealed record Membership(Guid OrganizationId, string OrganizationSlug, Guid UserId, string DisplayName, string Role)
{
    /// <summary>What this request may do: in the route's project where it names one, else in the organization.</summary>
    public PermissionSet Permissions { get; init; }

    /// <summary>What a guest is held to, who came by a link and is no member; null for everybody else.</summary>
    public GuestScope? Guest { get; init; }

    /// <summary>Grows whenever the person's rights in the organization change; what is held open compares it.</summary>
    public long AuthzVersion { get; init; }

    public static ValueTask<Membership?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<Membership>());
}

/// <summary>The roles that every organization has; <see cref="PermissionTable"/> says what each may do.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Producer = "producer";
    public const string Editor = "editor";
    public const string Reviewer = "reviewer";
    public const string Guest = "guest";
}
