using CineGit.Hub.Platform.Auth;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Nobody gives, or takes away, what they do not have: else managing members would be a way to every permission.</summary>
public static class GrantRules
{
    /// <summary>Why somebody with <paramref name="own"/> may not give or take <paramref name="given"/>; null when they may.</summary>
    public static string? WhyNot(PermissionSet own, PermissionSet given) =>
        own.Contains(given)
            ? null
            : $"You do not have {string.Join(", ", given.Without(own).Names)} yourself, so you can neither give it nor take it away.";

    /// <summary>What a role counts for in a project: the rest of it is asked for on the organization's routes only.</summary>
    public static PermissionSet InProject(PermissionSet role) =>
        role.And(PermissionSet.Of([.. PermissionTable.All.Where(each => PermissionTable.ReachOf(each) is PermissionReach.Project)]));
}
