namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// The person behind a request, as a member of the route's organization. Handlers under <see cref="Policies.Member"/>
/// take it as a parameter.
/// </summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record Membership(Guid OrganizationId, string OrganizationSlug, Guid UserId, string DisplayName, string Role)
{
    public static ValueTask<Membership?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<Membership>());
}

/// <summary>What a member may do; <see cref="Membership.Role"/>.</summary>
public static class Roles
{
    public const string Owner = "owner";
    public const string Editor = "editor";
}
