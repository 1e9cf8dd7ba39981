namespace CineGit.Interchange.Edl.Original;

/// <summary>One event of the list that is to be written.</summary>
/// <param name="Event">The event of the original whose lines it takes; null for an event that it does not have.</param>
/// <param name="Block">What it says; null for lines that have no place in the cut.</param>
/// <param name="IsInPlace">It stands among the events where the original has it.</param>
/// <param name="IsWhole">It says all that the original's event says.</param>
internal sealed record RevisionEntry(OriginalEvent? Event, EdlBlock? Block, bool IsInPlace, bool IsWhole);

/// <summary>The order of the events: the original's own, in record order again where the original was.</summary>
internal sealed class RevisionOrder
{
    readonly OriginalList _original;
    readonly EdlComposition _after;
    readonly BlockMatch _match;
    readonly RevisionEntry?[] _kept;
    readonly List<RevisionEntry> _first = [];
    readonly Dictionary<RevisionEntry, List<RevisionEntry>> _followers = new(ReferenceEqualityComparer.Instance);

    RevisionOrder(OriginalList original, EdlComposition after, BlockMatch match)
    {
        _original = original;
        _after = after;
        _match = match;
        _kept = new RevisionEntry?[original.Events.Count];
    }

    public static IReadOnlyList<RevisionEntry> Of(OriginalList original, EdlComposition after, BlockMatch match)
    {
        var order = new RevisionOrder(original, after, match);
        order.Arrange();
        var entries = order.InListOrder();
        return IsInRecordOrder(original) ? InRecordOrder(entries) : entries;
    }

    void Arrange()
    {
        var whole = WholeEvents();
        foreach (var own in _original.Events)
        {
            if (own.Says is null) _kept[own.Index] = new(own, null, true, true);
        }

        var lanes = new Dictionary<string, RevisionEntry>();
        foreach (var block in _after.Blocks)
        {
            var source = _match.SourceOf(block);
            var own = source is null ? null : _original.EventOf(source);
            var isWhole = own is not null && (own.Parts.Count == 1 || whole.Contains(own.Index));
            if (isWhole && !ReferenceEquals(own?.Says, source)) continue;
            var before = lanes.GetValueOrDefault(block.Lane);
            var isInPlace = own is not null && _kept[own.Index] is null && _match.IsInOrder(block);
            var entry = new RevisionEntry(own, block, isInPlace, isWhole);
            lanes[block.Lane] = entry;
            if (isInPlace && own is not null) _kept[own.Index] = entry;
            else if (before is null) _first.Add(entry);
            else Follow(before, entry);
        }
    }

    void Follow(RevisionEntry before, RevisionEntry entry)
    {
        if (!_followers.TryGetValue(before, out var list)) _followers[before] = list = [];
        list.Add(entry);
    }

    /// <summary>Events of several blocks that are all still there, each once and as it was; only such can keep a channel that takes several blocks to say.</summary>
    HashSet<int> WholeEvents()
    {
        var several = _original.Events.Where(e => e.Parts.Count > 1).ToList();
        if (several.Count == 0) return [];
        var shifts = new Dictionary<int, long>();
        var edited = new HashSet<int>();
        foreach (var block in _after.Blocks)
        {
            if (_match.SourceOf(block) is not { } source) continue;
            var isFirst = shifts.TryAdd(source.Index, block.RecordIn - source.RecordIn);
            if (!isFirst || !BlockLikeness.Same.Equals(source, block) || !source.Channels.Equals(block.Channels)) edited.Add(source.Index);
        }

        return
        [
            .. several
                .Where(e => e.Parts.TrueForAll(p => shifts.TryGetValue(p.Index, out var shift) && shift == shifts[e.Parts[0].Index] && !edited.Contains(p.Index)))
                .Select(e => e.Index),
        ];
    }

    List<RevisionEntry> InListOrder()
    {
        var entries = new List<RevisionEntry>(_kept.Length);
        foreach (var entry in _first) Add(entry, entries);
        foreach (var entry in _kept)
        {
            if (entry is not null) Add(entry, entries);
        }

        return entries;
    }

    void Add(RevisionEntry entry, List<RevisionEntry> entries)
    {
        var waiting = new Stack<RevisionEntry>([entry]);
        while (waiting.TryPop(out var next))
        {
            entries.Add(next);
            if (!_followers.TryGetValue(next, out var followers)) continue;
            for (var i = followers.Count - 1; i >= 0; i--) waiting.Push(followers[i]);
        }
    }

    static bool IsInRecordOrder(OriginalList original)
    {
        var last = long.MinValue;
        foreach (var own in original.Events)
        {
            if (own.Says is not { } says) continue;
            if (says.RecordIn < last) return false;
            last = says.RecordIn;
        }

        return true;
    }

    /// <summary>What has no place in the cut stays behind what it stood behind.</summary>
    static List<RevisionEntry> InRecordOrder(List<RevisionEntry> entries)
    {
        var keyed = new List<(long RecordIn, RevisionEntry Entry)>(entries.Count);
        var last = long.MinValue;
        foreach (var entry in entries)
        {
            last = entry.Block?.RecordIn ?? last;
            keyed.Add((last, entry));
        }

        return [.. keyed.OrderBy(k => k.RecordIn).Select(k => k.Entry)];
    }
}
