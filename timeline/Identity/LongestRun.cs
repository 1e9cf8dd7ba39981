namespace CineGit.Timeline.Identity;

/// <summary>The longest increasing subsequence: which of the matched parts kept their order, so the fewest count as moved.</summary>
public static class LongestRun
{
    /// <summary>Positions in <paramref name="values"/> of a longest strictly increasing subsequence, ascending.</summary>
    public static List<int> Of(IReadOnlyList<int> values)
    {
        var tails = new List<int>();
        var previous = new int[values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            var low = 0;
            var high = tails.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (values[tails[middle]] < values[i]) low = middle + 1;
                else high = middle;
            }

            previous[i] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count) tails.Add(i);
            else tails[low] = i;
        }

        var run = new List<int>(tails.Count);
        for (var i = tails.Count > 0 ? tails[^1] : -1; i >= 0; i = previous[i]) run.Add(i);
        run.Reverse();
        return run;
    }
}
