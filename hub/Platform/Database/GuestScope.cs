namespace CineGit.Hub.Platform.Database;

/// <summary>What a guest's link names. Row-level security holds a transaction to it.</summary>
/// <param name="Branches">The only branches that are seen; null for all of the project's.</param>
/// <param name="CutRequest">The only cut request that is seen; null for all of the project's, 0 for none.</param>
public sealed record GuestScope(Guid Project, IReadOnlyList<string>? Branches, int? CutRequest)
{
    public bool IsWholeProject => Branches is null;
}
