namespace CineGit.Hub.Platform.Auth;

/// <summary>What a member may do in one project.</summary>
public static class ProjectRights
{
    /// <summary>
    /// A project's member has the role given there instead of the organization's. Everybody else brings theirs along if it enters
    /// projects at all, and restricted ones only if it enters those.
    /// </summary>
    /// <param name="organization">What the person's role in the organization allows.</param>
    /// <param name="restricted">Whether only members see the project.</param>
    /// <param name="member">What the person's role in the project allows; null when it is none of theirs.</param>
    public static PermissionSet In(PermissionSet organization, bool restricted, PermissionSet? member)
    {
        var everywhere = organization.Contains(Permission.ProjectEnterRestricted);
        if (member is { } own) return everywhere ? own.Or(organization) : own;
        return everywhere || (!restricted && organization.Contains(Permission.ProjectEnter)) ? organization : default;
    }
}
