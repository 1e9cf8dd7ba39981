namespace CineGit.Interchange.Xml;

/// <summary>The most pairs that are in one order on both sides.</summary>
internal static class RisingRun
{
    /// <param name="pairs">Ascending in <c>Young</c>.</param>
    public static List<(int Old, int Young)> Of(List<(int Old, int Young)> pairs)
    {
        var tails = new List<int>();
        var before = new int[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            var (low, high) = (0, tails.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (pairs[tails[middle]].Old < pairs[i].Old) low = middle + 1;
                else high = middle;
            }

            before[i] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count) tails.Add(i);
            else tails[low] = i;
        }

        if (tails.Count == pairs.Count) return pairs;
        var run = new List<(int Old, int Young)>(tails.Count);
        for (var i = tails.Count > 0 ? tails[^1] : -1; i >= 0; i = before[i]) run.Add(pairs[i]);
        run.Reverse();
        return run;
    }
}
