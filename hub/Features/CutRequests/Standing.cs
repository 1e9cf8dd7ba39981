using System.Collections.Immutable;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform.Database;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Where a cut request stands: its two heads, and what they come to together.</summary>
public abstract record Standing(string? SourceHead, string? TargetHead)
{
    public virtual int OpenConflicts => 0;

    /// <summary>There are not two cuts with a common one, so there is nothing to compare.</summary>
    /// <param name="Why">In words, with what to do.</param>
    public sealed record Apart(string? SourceHead, string? TargetHead, string Why) : Standing(SourceHead, TargetHead);

    /// <param name="Bases">The best common ancestors; the first is the one that is compared with.</param>
    /// <param name="Asked">What was merged, with the answers given so far.</param>
    /// <param name="Comparison">What both did since the base, and the three merged.</param>
    public sealed record Compared(
        string SourceId,
        string TargetId,
        ImmutableArray<string> Bases,
        MergeRequest Asked,
        Comparison Comparison) : Standing(SourceId, TargetId)
    {
        public Sequence Base => Asked.Base;

        /// <summary>The cut that the request would go into: ours.</summary>
        public Sequence Target => Asked.Ours;

        /// <summary>The cut with the changes: theirs.</summary>
        public Sequence Source => Asked.Theirs;

        public MergeResult Merge => Comparison.Merge;

        /// <summary>True when the target has everything that the source has.</summary>
        public bool IsContained => Bases[0] == SourceId;

        public override int OpenConflicts => Merge.Conflicts.Count(conflict => conflict.Chosen is null);
    }
}

/// <summary>Finds out where cut requests stand.</summary>
public sealed class Standings(CutCache cuts, ComparisonCache comparisons)
{
    public async Task<Standing> FindAsync(
        ProjectTransaction tx, CutRequest request, IReadOnlyCollection<Answer> answers, CancellationToken ct)
    {
        var (sourceHead, targetHead) = request.IsOpen
            ? await HeadsAsync(tx, request, ct)
            : (request.SourceHead, request.TargetHead);
        if (sourceHead is null)
        {
            return new Standing.Apart(sourceHead, targetHead, $"The branch {request.SourceBranch} has no versions yet; push one to it.");
        }

        if (targetHead is null)
        {
            return new Standing.Apart(
                sourceHead, targetHead, $"The branch {request.TargetBranch} has no versions yet; push its first version straight to it.");
        }

        var bases = await AncestryStore.BestCommonAsync(tx, sourceHead, targetHead, ct);
        return bases.IsEmpty
            ? new Standing.Apart(
                sourceHead,
                targetHead,
                $"{request.SourceBranch} and {request.TargetBranch} have no version in common to merge from; start one from the other.")
            : await CompareAsync(tx, request, sourceHead, targetHead, bases, answers, ct);
    }

    static async Task<(string? Source, string? Target)> HeadsAsync(ProjectTransaction tx, CutRequest request, CancellationToken ct)
    {
        var source = await BranchStore.FindAsync(tx, request.SourceBranch, ct);
        var target = await BranchStore.FindAsync(tx, request.TargetBranch, ct);
        return (source?.Head, target?.Head);
    }

    async Task<Standing> CompareAsync(
        ProjectTransaction tx,
        CutRequest request,
        string sourceHead,
        string targetHead,
        ImmutableArray<string> bases,
        IReadOnlyCollection<Answer> answers,
        CancellationToken ct)
    {
        var versions = await VersionStore.FindManyAsync(tx, [sourceHead, targetHead, .. bases], ct);
        var common = ImmutableArray.CreateBuilder<Sequence>(bases.Length);
        foreach (var id in bases) common.Add(await cuts.OfVersionAsync(tx, versions[id], ct));
        var target = await cuts.OfVersionAsync(tx, versions[targetHead], ct);
        var source = await cuts.OfVersionAsync(tx, versions[sourceHead], ct);
        var merge = new MergeRequest(common[0], target, source)
        {
            OtherBases = [.. common.Skip(1)],
            Resolutions = [.. answers.Select(answer => new Resolution(new ConflictId(answer.Conflict), answer.Choice, answer.Value))],
            OursName = request.TargetBranch,
            TheirsName = request.SourceBranch,
        };
        var comparison = comparisons.Of(tx.Project, (string.Join(' ', bases), targetHead, sourceHead), merge);
        return new Standing.Compared(sourceHead, targetHead, bases, merge, comparison);
    }
}
