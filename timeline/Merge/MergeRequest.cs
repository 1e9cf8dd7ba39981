using System.Collections.Immutable;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>Three identified cuts to merge. Every element carries its id; elements without one are new.</summary>
public sealed record MergeRequest(Sequence Base, Sequence Ours, Sequence Theirs)
{
    /// <summary>The other best common versions, where histories crossed.</summary>
    public ImmutableArray<Sequence> OtherBases { get; init; } = [];

    public ImmutableArray<Resolution> Resolutions { get; init; } = [];

    /// <summary>What sentences call our side: a branch name, <c>main</c>.</summary>
    public string OursName { get; init; } = "ours";

    public string TheirsName { get; init; } = "theirs";

    /// <summary>The definition whose inside this is about; conflicts inside two of them are told apart by it. Empty at the top.</summary>
    internal string Scope { get; init; } = "";

    /// <summary>Shared by the merge of a cut and those of what is nested in it.</summary>
    internal NestMemo Insides { get; init; } = new();
}

/// <summary>
/// The merged cut and what is still open. While a conflict is open, <see cref="Merged"/> holds its base term where there is
/// one, else ours: a cut that can be shown, never one that may be published.
/// </summary>
public sealed record MergeResult(Sequence Merged, ImmutableArray<Conflict> Conflicts, ImmutableArray<ReviewNote> Notes)
{
    public bool IsClean => Conflicts.All(c => c.Chosen is not null);
}
