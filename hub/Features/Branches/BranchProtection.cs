using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Events;

namespace CineGit.Hub.Features.Branches;

/// <summary>What a branch asks of everything that is to come into it.</summary>
/// <param name="Branch">Its name.</param>
/// <param name="Approvals">So many people must have approved the very version that is merged.</param>
/// <param name="Checks">Names of checks that it must have passed.</param>
/// <param name="MergeRoles">Roles that may merge.</param>
/// <param name="MergePeople">People who may, besides.</param>
/// <param name="DirectPush">Whether versions may be pushed to it.</param>
/// <param name="SetByName">Who asked for it last, as they were called then.</param>
/// <param name="SetAt">When.</param>
public sealed record BranchProtection(
    string Branch,
    int Approvals,
    ImmutableArray<string> Checks,
    ImmutableArray<string> MergeRoles,
    ImmutableArray<Guid> MergePeople,
    bool DirectPush,
    string SetByName,
    DateTimeOffset SetAt)
{
    /// <param name="role">The person's, in this project.</param>
    public bool LetsMerge(Guid person, string role) =>
        (MergeRoles.IsEmpty && MergePeople.IsEmpty) || MergePeople.Contains(person) || MergeRoles.Contains(role, StringComparer.Ordinal);

    /// <param name="head">Where the branch is; its first version can come by a push only.</param>
    public bool LetsPush(string? head) => DirectPush || head is null;

    public ProtectionResponse ToResponse() => new(Branch, Approvals, Checks, MergeRoles, MergePeople, DirectPush, SetByName, SetAt);

    public static HubEvent ToEvent(string branch, bool isProtected) =>
        HubEvent.Of(EventNames.BranchProtected, new(branch, isProtected), HubJson.Default.BranchProtectedEvent);
}
