namespace CineGit.Contracts.Hub;

/// <param name="Name">What people call it.</param>
/// <param name="Slug">Lower-case letters, digits and hyphens, 1 to 60; null lets the hub derive it from the name.</param>
public sealed record CreateProjectRequest(string Name, string? Slug);

public sealed record ProjectResponse(Guid Id, string Slug, string Name, DateTimeOffset CreatedAt, int Branches, int OpenCutRequests);

/// <param name="Name">Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, 1 to 100, starting with a letter or digit.</param>
/// <param name="From">The version it starts at; null for an empty branch.</param>
public sealed record CreateBranchRequest(string Name, string? From);

/// <param name="Name">The branch's name.</param>
/// <param name="Head">Its newest version; null while nothing was pushed.</param>
/// <param name="Versions">How many versions lead to it.</param>
/// <param name="HeadVersion">The head itself.</param>
public sealed record BranchResponse(string Name, string? Head, int Versions, VersionResponse? HeadVersion)
{
    /// <summary>Whether it asks anything of what comes into it.</summary>
    public bool Protected { get; init; }
}
