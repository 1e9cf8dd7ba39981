using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform.Events;

namespace CineGit.Hub.Features.Branches;

/// <param name="Name">As it was created; other spellings of its case are the same name, and taken.</param>
/// <param name="Head">Null while nothing was pushed.</param>
/// <param name="Protected">Whether it asks anything of what comes into it; see <see cref="BranchProtection"/>.</param>
public sealed record Branch(string Name, string? Head, bool Protected)
{
    public BranchResponse ToResponse(StoredVersion? head) => new(Name, Head, head?.Lineage ?? 0, head?.ToResponse()) { Protected = Protected };

    public HubEvent ToCreatedEvent() => HubEvent.Of(EventNames.BranchCreated, new(Name, Head), HubJson.Default.BranchCreatedEvent);
}

/// <summary>A head that is to move from where the mover saw it.</summary>
public sealed record BranchMove(string Branch, string? From, string To, string Reason, Guid By, DateTimeOffset At)
{
    public const string Push = "push";
    public const string Merge = "merge";

    public HubEvent ToEvent() => HubEvent.Of(EventNames.BranchMoved, new(Branch, From, To, Reason), HubJson.Default.BranchMovedEvent);
}
