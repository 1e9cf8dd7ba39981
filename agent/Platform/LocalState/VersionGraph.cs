namespace CineGit.Agent.Platform.LocalState;

/// <summary>How two versions are related.</summary>
/// <param name="OnlyFirst">Ancestors of the first, itself included, that are not the second's; oldest first.</param>
/// <param name="OnlySecond">The same the other way round.</param>
/// <param name="Base">The youngest version both come from; null when they have none.</param>
internal sealed record Relation(IReadOnlyList<KnownVersion> OnlyFirst, IReadOnlyList<KnownVersion> OnlySecond, KnownVersion? Base);

/// <summary>Questions about who comes from whom, answered from the local versions.</summary>
internal sealed class VersionGraph(VersionStore versions)
{
    const int First = 1;
    const int Second = 2;
    const int Both = First | Second;

    /// <summary>
    /// Walks both histories together, youngest generation first: a version's descendants have all been seen when its turn
    /// comes, so its marks are final. Ends as soon as nothing but common history is left.
    /// </summary>
    public Task<Relation> RelateAsync(string? first, string? second, CancellationToken ct) =>
        RelateToAllAsync(first, second is null ? [] : [second], ct);

    /// <summary>What leads to a version and to none of the others, parents first.</summary>
    public async Task<IReadOnlyList<KnownVersion>> LackingAsync(string head, IReadOnlyCollection<string> others, CancellationToken ct) =>
        (await RelateToAllAsync(head, others, ct)).OnlyFirst;

    async Task<Relation> RelateToAllAsync(string? first, IReadOnlyCollection<string> seconds, CancellationToken ct)
    {
        var marks = new Dictionary<string, int>(StringComparer.Ordinal);
        var queue = new PriorityQueue<KnownVersion, (int, string)>(YoungestFirst);
        var unsettled = 0;
        await MarkAsync(first, First);
        foreach (var second in seconds) await MarkAsync(second, Second);

        List<KnownVersion> onlyFirst = [], onlySecond = [];
        KnownVersion? common = null;
        while (unsettled > 0 && queue.TryDequeue(out var version, out _))
        {
            var mark = marks[version.Id];
            if (mark == Both) common ??= version;
            else unsettled--;
            if (mark == First) onlyFirst.Add(version);
            if (mark == Second) onlySecond.Add(version);
            foreach (var parent in version.Record.Parents) await MarkAsync(parent, mark);
        }

        // The frontier that was never walked is common history; the base may be its youngest.
        while (common is null && queue.TryDequeue(out var version, out _))
        {
            if (marks[version.Id] == Both) common = version;
        }

        onlyFirst.Reverse();
        onlySecond.Reverse();
        return new(onlyFirst, onlySecond, common);

        async Task MarkAsync(string? id, int mark)
        {
            if (id is null) return;
            var before = marks.GetValueOrDefault(id);
            var after = before | mark;
            marks[id] = after;
            if (before == 0)
            {
                var version = await versions.GetAsync(id, ct);
                queue.Enqueue(version, (version.Generation, id));
                if (after != Both) unsettled++;
            }
            else if (before != Both && after == Both)
            {
                unsettled--;
            }
        }
    }

    /// <summary>
    /// The common ancestors that lead to no other common ancestor, the latest generation first; several where histories
    /// crossed, none when the two are unrelated.
    /// </summary>
    public async Task<IReadOnlyList<KnownVersion>> BestCommonAsync(string first, string second, CancellationToken ct)
    {
        const int covered = Both << 1;
        var marks = new Dictionary<string, int>(StringComparer.Ordinal) { [first] = First };
        marks[second] = marks.GetValueOrDefault(second) | Second;
        var queue = new PriorityQueue<KnownVersion, (int, string)>(YoungestFirst);
        foreach (var id in marks.Keys) await EnqueueAsync(id);
        var best = new List<KnownVersion>();
        while (queue.UnorderedItems.Any(item => marks[item.Element.Id] < covered) && queue.TryDequeue(out var version, out _))
        {
            var mark = marks[version.Id];
            if (mark == Both) best.Add(version);
            if ((mark & Both) == Both) mark |= covered;
            foreach (var parent in version.Record.Parents)
            {
                if (!marks.ContainsKey(parent)) await EnqueueAsync(parent);
                marks[parent] = marks.GetValueOrDefault(parent) | mark;
            }
        }

        return best;

        async Task EnqueueAsync(string id)
        {
            var version = await versions.GetAsync(id, ct);
            queue.Enqueue(version, (version.Generation, id));
        }
    }

    /// <summary>From this version back, youngest first.</summary>
    public async IAsyncEnumerable<KnownVersion> HistoryAsync(
        string head, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { head };
        var queue = new PriorityQueue<KnownVersion, (int, string)>(YoungestFirst);
        var newest = await versions.GetAsync(head, ct);
        queue.Enqueue(newest, (newest.Generation, head));
        while (queue.TryDequeue(out var version, out _))
        {
            yield return version;
            foreach (var id in version.Record.Parents.Where(seen.Add))
            {
                var parent = await versions.GetAsync(id, ct);
                queue.Enqueue(parent, (parent.Generation, id));
            }
        }
    }

    static readonly Comparer<(int Generation, string Id)> YoungestFirst = Comparer<(int Generation, string Id)>.Create(
        (a, b) => a.Generation != b.Generation ? b.Generation.CompareTo(a.Generation) : string.CompareOrdinal(a.Id, b.Id));
}
