using CineGit.Agent.Platform.LocalState;

namespace CineGit.Agent.Features.Sync;

/// <summary>
/// What the hub is told to be here, so that it sends or misses no more than needed: a version stands for all that leads to it.
/// From each the list goes 1, 2, 4, 8… versions back, so that whatever the hub has of a line, something near it is named.
/// </summary>
internal sealed class Haves(WorkingCopy copy)
{
    /// <summary>A list that is cut short costs bytes and never correctness.</summary>
    const int Most = 500;

    /// <summary>
    /// Of everything that is whole here: the branches' heads, and the newest versions that no branch reaches, which a pull
    /// that was cut off leaves behind. What the disk has lost, and what comes after it, is not named, and so comes again.
    /// </summary>
    public async Task<IReadOnlyList<string>> HereAsync(CancellationToken ct)
    {
        var whole = await WholeAsync(ct);
        var refs = await copy.Refs.ReadAsync(ct);
        var isParent = whole.Values.SelectMany(v => v.Record.Parents).ToHashSet(StringComparer.Ordinal);
        var newest = whole.Values.Where(v => !isParent.Contains(v.Id)).OrderByDescending(v => v.Generation).Select(v => v.Id);
        var heads = refs.Heads.Values.Concat(refs.Hub.Values).Where(whole.ContainsKey).Concat(newest).Distinct(StringComparer.Ordinal).ToList();
        List<string> back = [];
        foreach (var head in heads)
        {
            await foreach (var id in BackAsync(head, v => ValueTask.FromResult(whole[v]))) back.Add(id);
        }

        return Listed(heads, back);
    }

    /// <summary>A version and what leads to it, for asking what the hub has; with others worth asking about.</summary>
    public async Task<IReadOnlyList<string>> LeadingToAsync(string head, IReadOnlyList<string> others, CancellationToken ct)
    {
        List<string> back = [];
        await foreach (var id in BackAsync(head, async v => await copy.Versions.GetAsync(v, ct))) back.Add(id);
        return Listed([head], back.Concat(others));
    }

    static IReadOnlyList<string> Listed(IEnumerable<string> first, IEnumerable<string> then) =>
        [.. first.Concat(then).Distinct(StringComparer.Ordinal).Take(Most)];

    static async IAsyncEnumerable<string> BackAsync(string head, Func<string, ValueTask<KnownVersion>> get)
    {
        var position = 0;
        var next = 1;
        for (var at = await get(head); at.Record.Parents is [var parent, ..]; at = await get(parent))
        {
            if (++position != next) continue;
            yield return parent;
            next = checked(next * 2);
        }
    }

    /// <summary>The versions that are here with everything that leads to them.</summary>
    async Task<Dictionary<string, KnownVersion>> WholeAsync(CancellationToken ct)
    {
        List<KnownVersion> all = [];
        await foreach (var version in copy.Versions.AllAsync(ct)) all.Add(version);
        var whole = new Dictionary<string, KnownVersion>(StringComparer.Ordinal);
        foreach (var version in all.OrderBy(v => v.Generation))
        {
            if (version.Record.Parents.All(whole.ContainsKey) && copy.Shelf.HasPacks(version.Id, version.Record)) whole[version.Id] = version;
        }

        return whole;
    }
}
