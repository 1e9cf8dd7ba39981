using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Commit;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Features.Replay;

/// <summary>What a version did is done again, or undone.</summary>
internal enum ReplayKind
{
    Pick,
    Revert,
}

/// <param name="Version">Whose change.</param>
/// <param name="Parent">What the change is measured against.</param>
/// <param name="Head">What it is applied to.</param>
/// <param name="Branch">Whose head that is.</param>
internal sealed record ReplaySource(KnownVersion Version, KnownVersion Parent, KnownVersion Head, string Branch);

internal abstract record ReplayResult
{
    ReplayResult()
    {
    }

    /// <param name="Version">The branch's head now.</param>
    /// <param name="Changes">Against the head before.</param>
    /// <param name="Merge">With its notes.</param>
    internal sealed record Committed(KnownVersion Version, EditList Changes, MergeResult Merge) : ReplayResult;

    /// <summary>The branch's cut is what it would become.</summary>
    internal sealed record Unchanged : ReplayResult;

    /// <summary>The branch changed the same things; it is as it was.</summary>
    internal sealed record Conflicting(MergeResult Merge) : ReplayResult;
}

/// <summary>
/// The change between a version and its parent, applied to the current branch's head as a three-way merge: base and theirs
/// are parent and version for a pick, and the other way round for a revert.
/// </summary>
internal sealed class Replay(WorkingCopy copy, TimeProvider clock, ReplayKind kind)
{
    /// <summary>Finds the three versions.</summary>
    /// <param name="name">The version as a person gave it.</param>
    /// <param name="mainline">Which parent of a merge counts, from 1; null when not said.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="WrongUseException">There is no such parent.</exception>
    /// <exception cref="LocalStateException">There is no such version.</exception>
    public async Task<ReplaySource> FindAsync(string name, int? mainline, CancellationToken ct)
    {
        var branch = (await copy.ReadConfigAsync(ct)).Branch;
        var version = await copy.ResolveAsync(name, ct);
        var parent = await copy.Versions.GetAsync(ParentOf(version, mainline), ct);
        var head = (await copy.Refs.ReadAsync(ct)).Head(branch)
            ?? throw new WrongUseException($"{branch} has no version yet to apply a change to; begin it with: cinegit branch {branch} --from VERSION, or: cinegit commit FILE -m MSG");
        return new(version, parent, await copy.Versions.GetAsync(head, ct), branch);
    }

    string ParentOf(KnownVersion version, int? mainline)
    {
        var id = WorkingCopy.Short(version.Id);
        return (version.Record.Parents, mainline) switch
        {
            ([], _) => throw new WrongUseException($"{id} is a first version: nothing is before it, so it cannot be {Done}."),
            ([var only], null) => only,
            ([_], _) => throw new WrongUseException($"{id} is no merge, so --mainline says nothing about it; leave it out."),
            ({ Count: var count }, null) => throw new WrongUseException(
                $"{id} is a merge of {count} versions; say with --mainline 1 or --mainline 2 which of them its change is counted from (1 is the branch it was merged into)."),
            ({ Count: var count } parents, { } number) => number >= 1 && number <= count
                ? parents[number - 1]
                : throw new WrongUseException($"{id} is a merge of {count} versions; --mainline is a number from 1 to {count}."),
        };
    }

    string Done => kind == ReplayKind.Pick ? "picked" : "reverted";

    /// <summary>The caller holds the working copy's lock.</summary>
    /// <param name="source">From <see cref="FindAsync"/>, under the same lock.</param>
    /// <param name="favor">Answers every conflict; null leaves them open.</param>
    /// <param name="author">Who does it.</param>
    /// <param name="message">Null takes the version's own.</param>
    /// <param name="ct">Stops before the branch moves.</param>
    public async Task<ReplayResult> ApplyAsync(ReplaySource source, Choice? favor, string author, string? message, CancellationToken ct)
    {
        var (version, parent, head, branch) = source;
        var ours = await StoredCut.ReadAsync(copy, head, ct);
        var before = await StoredCut.ReadAsync(copy, parent, ct);
        var after = await StoredCut.ReadAsync(copy, version, ct);
        var id = WorkingCopy.Short(version.Id);
        var request = kind == ReplayKind.Pick
            ? new MergeRequest(before, ours, after) { OursName = branch, TheirsName = id }
            : new MergeRequest(after, ours, before) { OursName = branch, TheirsName = $"the revert of {id}" };
        var merge = FileMerge.Merge(request, favor);
        if (!merge.IsClean) return new ReplayResult.Conflicting(merge);

        var cut = CutObjects.Encode(CutWriter.Write(merge.Merged));
        if (cut.Hash.Hex == head.Record.Cut) return new ReplayResult.Unchanged();
        var made = await new CutCommit(copy, clock).CommitComputedAsync(branch, head, cut, author, Message(version, message), ct);
        return new ReplayResult.Committed(made, SequenceDiff.Compare(ours, merge.Merged), merge);
    }

    /// <summary>Names the version, whatever else it says: nothing else in the history leads there.</summary>
    string Message(KnownVersion version, string? said)
    {
        var id = WorkingCopy.Short(version.Id);
        return kind == ReplayKind.Pick
            ? $"{said ?? version.Record.Message} (picked from {id})"
            : $"{said ?? $"Revert “{version.Record.Message}”"} (reverts {id})";
    }
}
