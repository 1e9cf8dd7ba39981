using CineGit.Hub.Platform.Auth;

namespace CineGit.Hub.Tests.Platform;

/// <summary>Who knocks.</summary>
public abstract record Standing
{
    private Standing()
    {
    }

    /// <summary>Nobody, or somebody whose token the hub does not take any more.</summary>
    public sealed record Unknown : Standing;

    /// <summary>Signed in, but of another organization.</summary>
    public sealed record Stranger : Standing;

    /// <summary>Came by a link and has no account.</summary>
    /// <param name="Project">The slug of the one that the link is into.</param>
    /// <param name="Routes">Where the link leads.</param>
    public sealed record Guest(string Project, IReadOnlySet<string> Routes, PermissionSet Allows) : Standing;

    /// <param name="Role">In the organization.</param>
    /// <param name="Allows">What that role may do.</param>
    /// <param name="InProjects">Roles in single projects, by slug.</param>
    public sealed record Member(string Role, PermissionSet Allows, IReadOnlyDictionary<string, string> InProjects) : Standing;
}

/// <param name="Scopes">What a token of theirs is held to; null for no limit.</param>
/// <param name="InPerson">Sits in front of a browser.</param>
public sealed record Actor(string Name, HttpClient Client, Standing Standing, PermissionSet? Scopes = null, bool InPerson = false) : IDisposable
{
    public void Dispose() => Client.Dispose();

    /// <summary>What the permission table gives the actor in a project, told from who they are.</summary>
    public static PermissionSet In(string project, bool restricted, Standing.Member member)
    {
        var ofProject = member.InProjects.TryGetValue(project, out var role) ? PermissionTable.OfRole(role) : null;
        return member.Role switch
        {
            Roles.Admin => member.Allows,
            _ when ofProject is { } own => own,
            Roles.Guest => default,
            _ => restricted ? default : member.Allows,
        };
    }
}
