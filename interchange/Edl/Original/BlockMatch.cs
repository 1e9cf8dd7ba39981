namespace CineGit.Interchange.Edl.Original;

/// <summary>
/// Which event of the list before each event of the list after is: on its own track in order, what stayed the same first, then
/// what was edited between such; then what moved, and what is there a second time.
/// </summary>
internal sealed class BlockMatch
{
    /// <summary>How far to look for an edited event among those that are left between two that stayed.</summary>
    const int LookAhead = 16;

    readonly EdlBlock?[] _sources;
    readonly bool[] _inOrder;
    readonly bool[] _taken;

    BlockMatch(int before, int after)
    {
        _sources = new EdlBlock?[after];
        _inOrder = new bool[after];
        _taken = new bool[before];
    }

    public static BlockMatch Of(IReadOnlyList<EdlBlock> before, IReadOnlyList<EdlBlock> after)
    {
        var match = new BlockMatch(before.Count, after.Count);
        var lanes = before.GroupBy(b => b.Lane).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var lane in after.GroupBy(b => b.Lane))
        {
            if (lanes.TryGetValue(lane.Key, out var earlier)) match.MatchLane(earlier, [.. lane]);
        }

        match.MatchElsewhere(before, after);
        return match;
    }

    /// <summary>True when any event of the list after is one of the list before.</summary>
    public bool IsAny => Array.Exists(_sources, s => s is not null);

    /// <summary>What an event of the list after was; null for one that is new.</summary>
    public EdlBlock? SourceOf(EdlBlock after) => _sources[after.Index];

    /// <summary>True for an event that is on its track what it was, before and after the same others.</summary>
    public bool IsInOrder(EdlBlock after) => _inOrder[after.Index];

    void Pair(EdlBlock before, EdlBlock after)
    {
        _sources[after.Index] = before;
        _inOrder[after.Index] = true;
        _taken[before.Index] = true;
    }

    void MatchLane(List<EdlBlock> before, List<EdlBlock> after)
    {
        var i = 0;
        for (; i < before.Count && i < after.Count && BlockLikeness.Same.Equals(before[i], after[i]); i++) Pair(before[i], after[i]);
        if (i == before.Count && i == after.Count) return;
        var ends = 0;
        for (; before.Count - ends > i && after.Count - ends > i && BlockLikeness.Same.Equals(before[^(ends + 1)], after[^(ends + 1)]); ends++) Pair(before[^(ends + 1)], after[^(ends + 1)]);
        MatchMiddle(before[i..^ends], after[i..^ends]);
    }

    void MatchMiddle(List<EdlBlock> before, List<EdlBlock> after)
    {
        var anchors = Anchors(before, after);
        var (i, j) = (0, 0);
        foreach (var (x, y) in anchors)
        {
            MatchBetween(before, i, x, after, j, y);
            Pair(before[x], after[y]);
            (i, j) = (x + 1, y + 1);
        }

        MatchBetween(before, i, before.Count, after, j, after.Count);
    }

    /// <summary>Events that both lists have once, as many as are in the same order in both.</summary>
    static List<(int Before, int After)> Anchors(List<EdlBlock> before, List<EdlBlock> after)
    {
        var places = new Dictionary<EdlBlock, (int Before, int After)>(before.Count, BlockLikeness.Same);
        const int several = -2;
        for (var i = 0; i < before.Count; i++) places[before[i]] = (places.ContainsKey(before[i]) ? several : i, -1);
        for (var j = 0; j < after.Count; j++)
        {
            if (places.TryGetValue(after[j], out var place)) places[after[j]] = (place.Before, place.After == -1 ? j : several);
        }

        return Ascending([.. places.Values.Where(p => p is { Before: >= 0, After: >= 0 }).OrderBy(p => p.Before)]);
    }

    /// <summary>The longest part of the pairs whose second numbers rise, by patience sorting.</summary>
    static List<(int Before, int After)> Ascending(List<(int Before, int After)> pairs)
    {
        var (tops, previous) = (new List<int>(), new int[pairs.Count]);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (low, high) = (0, tops.Count);
            if (high > 0 && pairs[tops[high - 1]].After < pairs[i].After) low = high;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (pairs[tops[middle]].After < pairs[i].After) low = middle + 1;
                else high = middle;
            }

            previous[i] = low == 0 ? -1 : tops[low - 1];
            if (low == tops.Count) tops.Add(i);
            else tops[low] = i;
        }

        var run = new List<(int, int)>(tops.Count);
        for (var i = tops.Count == 0 ? -1 : tops[^1]; i >= 0; i = previous[i]) run.Add(pairs[i]);
        run.Reverse();
        return run;
    }

    /// <summary>Between two anchors: the same from both ends inwards, then what was edited, in order.</summary>
    void MatchBetween(List<EdlBlock> before, int from, int to, List<EdlBlock> after, int start, int end)
    {
        for (; from < to && start < end && BlockLikeness.Same.Equals(before[from], after[start]); from++, start++) Pair(before[from], after[start]);
        for (; from < to && start < end && BlockLikeness.Same.Equals(before[to - 1], after[end - 1]); to--, end--) Pair(before[to - 1], after[end - 1]);
        for (var last = from - 1; start < end; start++)
        {
            var found = FirstAkin(before, from, Math.Min(to, from + LookAhead), after[start]);
            if (found >= 0)
            {
                Pair(before[found], after[start]);
                (last, from) = (found, found + 1);
            }
            else if (last >= 0 && BlockLikeness.IsAkin(before[last], after[start]))
            {
                // The second half of an event that was cut in two.
                _sources[after[start].Index] = before[last];
            }
        }
    }

    static int FirstAkin(List<EdlBlock> before, int from, int to, EdlBlock after)
    {
        for (var i = from; i < to; i++)
        {
            if (BlockLikeness.Same.Equals(before[i], after)) return i;
        }

        for (var i = from; i < to; i++)
        {
            if (BlockLikeness.IsAkin(before[i], after)) return i;
        }

        return -1;
    }

    void MatchElsewhere(IReadOnlyList<EdlBlock> before, IReadOnlyList<EdlBlock> after)
    {
        var left = after.Where(b => SourceOf(b) is null).ToList();
        if (left.Count == 0) return;
        var known = new Dictionary<EdlBlock, EdlBlock>(BlockLikeness.Same);
        foreach (var block in before)
        {
            if (!known.TryGetValue(block, out var other) || (_taken[other.Index] && !_taken[block.Index])) known[block] = block;
        }

        foreach (var block in left)
        {
            if (!known.TryGetValue(block, out var source)) continue;
            _sources[block.Index] = source;
            _taken[source.Index] = true;
        }
    }
}
