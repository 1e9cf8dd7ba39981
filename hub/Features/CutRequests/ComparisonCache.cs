using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using Microsoft.Extensions.Caching.Memory;

namespace CineGit.Hub.Features.CutRequests;

/// <param name="Changes">From the base to the source.</param>
/// <param name="TargetChanges">From the base to the target.</param>
/// <param name="Merge">The three merged.</param>
public sealed record Comparison(EditList Changes, EditList TargetChanges, MergeResult Merge);

/// <summary>Comparisons made lately. Versions never change, so neither does what comes of three of them and the answers.</summary>
public sealed class ComparisonCache : IDisposable
{
    const int MostComparisons = 32;

    readonly MemoryCache _comparisons = new(new MemoryCacheOptions { SizeLimit = MostComparisons });

    /// <param name="project">Whose versions they are.</param>
    /// <param name="versions">Ids of the bases, the target and the source.</param>
    /// <param name="request">Their cuts, and everything else that the merge depends on.</param>
    public Comparison Of(Guid project, (string Bases, string Target, string Source) versions, MergeRequest request)
    {
        var key = (project, versions, request.OursName, request.TheirsName, Answers(request.Resolutions));
        if (_comparisons.TryGetValue<Comparison>(key, out var held) && held is not null) return held;
        var comparison = new Comparison(
            SequenceDiff.Compare(request.Base, request.Theirs),
            SequenceDiff.Compare(request.Base, request.Ours),
            ThreeWayMerge.Merge(request));
        return _comparisons.Set(key, comparison, new MemoryCacheEntryOptions { Size = 1 });
    }

    public void Dispose() => _comparisons.Dispose();

    static string Answers(ImmutableArray<Resolution> resolutions) => string.Join(
        ' ', resolutions.Select(each => $"{each.Conflict}={each.Choice}={each.Value}").Order(StringComparer.Ordinal));
}
