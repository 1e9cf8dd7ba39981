namespace CineGit.Contracts.Hub;

/// <summary>What a branch is to ask of everything that comes into it.</summary>
/// <param name="Approvals">So many people must have approved the very version that is merged, 0 to 20.</param>
/// <param name="Checks">Names of checks that it must have passed.</param>
/// <param name="MergeRoles">Roles that may merge; with no roles and no people, whoever may merge at all.</param>
/// <param name="MergePeople">People who may merge, besides.</param>
/// <param name="DirectPush">Whether versions may be pushed to it. A branch without versions takes its first push anyway.</param>
public sealed record SetProtectionRequest(
    int Approvals,
    IReadOnlyList<string>? Checks,
    IReadOnlyList<string>? MergeRoles,
    IReadOnlyList<Guid>? MergePeople,
    bool DirectPush);

/// <param name="Branch">The branch's name.</param>
/// <param name="Approvals">As <see cref="SetProtectionRequest"/> has it.</param>
/// <param name="Checks">Likewise.</param>
/// <param name="MergeRoles">Likewise.</param>
/// <param name="MergePeople">Likewise.</param>
/// <param name="DirectPush">Likewise.</param>
/// <param name="SetByName">Who asked for it last.</param>
/// <param name="SetAt">When.</param>
public sealed record ProtectionResponse(
    string Branch,
    int Approvals,
    IReadOnlyList<string> Checks,
    IReadOnlyList<string> MergeRoles,
    IReadOnlyList<Guid> MergePeople,
    bool DirectPush,
    string SetByName,
    DateTimeOffset SetAt);
