using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>The alignment in order of two short runs that makes the sum of likeness largest.</summary>
static class SimilarityWindow
{
    /// <summary>Larger windows are left to the search for moves; the table is quadratic.</summary>
    public const int MaxCells = 40_000;

    /// <summary>Matched pairs with their score, and the margin by which each beats the next best partner on either side.</summary>
    public static List<(Placed Mine, Placed Theirs, int Score, int Margin)> Align(
        IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, Func<Placed, Placed, int> score)
    {
        var scores = new int[mine.Count, theirs.Count];
        var best = new int[mine.Count + 1, theirs.Count + 1];
        for (var m = mine.Count - 1; m >= 0; m--)
        {
            for (var t = theirs.Count - 1; t >= 0; t--)
            {
                scores[m, t] = score(mine[m], theirs[t]);
                var skip = Math.Max(best[m + 1, t], best[m, t + 1]);
                var take = scores[m, t] >= Likeness.Threshold ? scores[m, t] + best[m + 1, t + 1] : 0;
                best[m, t] = Math.Max(skip, take);
            }
        }

        var pairs = new List<(Placed, Placed, int, int)>();
        for (int m = 0, t = 0; m < mine.Count && t < theirs.Count;)
        {
            if (scores[m, t] >= Likeness.Threshold && best[m, t] == scores[m, t] + best[m + 1, t + 1])
            {
                pairs.Add((mine[m], theirs[t], scores[m, t], Margin(scores, m, t)));
                m++;
                t++;
            }
            else if (best[m, t] == best[m + 1, t])
            {
                m++;
            }
            else
            {
                t++;
            }
        }

        return pairs;
    }

    static int Margin(int[,] scores, int m, int t)
    {
        var next = 0;
        for (var i = 0; i < scores.GetLength(0); i++)
            if (i != m) next = Math.Max(next, scores[i, t]);
        for (var i = 0; i < scores.GetLength(1); i++)
            if (i != t) next = Math.Max(next, scores[m, i]);
        return scores[m, t] - next;
    }
}
