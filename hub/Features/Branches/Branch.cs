using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;

namespace CineGit.Hub.Features.Branches;

/// <param name="Name">As it was created; other spellings of its case are the same name, and taken.</param>
/// <param name="Head">Null while nothing was pushed.</param>
public sealed record Branch(string Name, string? Head)
{
    public BranchResponse ToResponse(StoredVersion? head) => new(Name, Head, head?.Lineage ?? 0, head?.ToResponse());
}

/// <summary>A head that is to move from where the mover saw it.</summary>
public sealed record BranchMove(string Branch, string? From, string To, string Reason, Guid By, DateTimeOffset At)
{
    public const string Push = "push";
    public const string Merge = "merge";
}
