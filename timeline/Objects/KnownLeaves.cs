using System.Collections.Immutable;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>
/// Leaves that a document was decoded from in part. A run of the very items that one of them gave needs no encoding: it can only
/// give that leaf again.
/// </summary>
sealed class KnownLeaves
{
    public static readonly KnownLeaves None = new([]);

    readonly Dictionary<OtioValue, (VersionObject Leaf, ImmutableArray<OtioValue> Items)> _byFirst = new(ReferenceEqualityComparer.Instance);

    /// <param name="roots">Only what is proven of them counts: a stranger's leaf may be another than its items give.</param>
    public KnownLeaves(IEnumerable<VersionObject> roots)
    {
        foreach (var leaf in roots.SelectMany(root => root.Walk()))
        {
            if (leaf is { IsProven: true, Decoded.Items: { Length: > 0 } items }) _byFirst.TryAdd(items[0], (leaf, items));
        }
    }

    /// <returns>Null when the run has to be encoded.</returns>
    public VersionObject? Of(ReadOnlySpan<OtioValue> run)
    {
        if (run.IsEmpty || !_byFirst.TryGetValue(run[0], out var known) || known.Items.Length != run.Length) return null;
        for (var i = 0; i < run.Length; i++)
        {
            if (!ReferenceEquals(known.Items[i], run[i])) return null;
        }

        return known.Leaf;
    }
}
