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
    /// <summary>Clips of all merged cuts held: many short films, or a few long ones.</summary>
    const long MostElements = 100_000;

    /// <summary>What even an empty comparison counts for.</summary>
    const long LeastSize = 1_000;

    /// <summary>What comes when all is full is not held, so much is made free then: half, that it seldom happens.</summary>
    const double MadeFree = 0.5;

    /// <summary>Answers change the merge, and not what either side did.</summary>
    readonly MemoryCache _edits = Empty();

    readonly MemoryCache _merges = Empty();

    /// <param name="project">Whose versions they are.</param>
    /// <param name="versions">Ids of the bases, the target and the source.</param>
    /// <param name="request">Their cuts, and everything else that the merge depends on.</param>
    public Comparison Of(Guid project, (string Bases, string Target, string Source) versions, MergeRequest request)
    {
        var size = LeastSize + request.Base.Tracks.Sum(track => track.Elements.Length);
        return new(
            Of(_edits, size, (project, versions.Bases, versions.Source), () => SequenceDiff.Compare(request.Base, request.Theirs)),
            Of(_edits, size, (project, versions.Bases, versions.Target), () => SequenceDiff.Compare(request.Base, request.Ours)),
            Of(
                _merges, size, (project, versions, request.OursName, request.TheirsName, Answers(request.Resolutions)),
                () => ThreeWayMerge.Merge(request)));
    }

    public void Dispose()
    {
        _edits.Dispose();
        _merges.Dispose();
    }

    static MemoryCache Empty() => new(new MemoryCacheOptions { SizeLimit = MostElements, CompactionPercentage = MadeFree });

    static T Of<T>(MemoryCache cache, long size, object key, Func<T> make)
        where T : class =>
        cache.TryGetValue<T>(key, out var held) && held is not null
            ? held
            : cache.Set(key, make(), new MemoryCacheEntryOptions { Size = size });

    static string Answers(ImmutableArray<Resolution> resolutions) => string.Join(
        ' ', resolutions.Select(each => $"{each.Conflict}={each.Choice}={each.Value}").Order(StringComparer.Ordinal));
}
