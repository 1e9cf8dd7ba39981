namespace CineGit.Timeline.Objects;

/// <summary>
/// Where a run of items ends. Only the items' keys decide, never their values: an edit to a clip moves no boundary, an inserted
/// or removed clip moves those of one run, seldom of its neighbour too, and one sequence has one division whatever its history.
/// </summary>
static class Boundaries
{
    const int Shortest = 12;
    const int Usual = 40;
    const int Longest = 160;

    /// <summary>
    /// By the length of the run so far, how small a key must be to end it: the hazard of a Weibull distribution with exponent 4
    /// around <see cref="Usual"/>, in whole numbers, so that every machine has the same.
    /// </summary>
    static readonly ulong[] Thresholds = [.. Enumerable.Range(0, Longest + 1).Select(Threshold)];

    /// <summary>The first index after each run.</summary>
    /// <param name="keys">One per item; null where a run cannot end, because the item belongs to what follows it.</param>
    public static List<int> Of(IReadOnlyList<ulong?> keys)
    {
        var ends = new List<int>();
        var start = 0;
        for (var i = 0; i < keys.Count; i++)
        {
            var length = i + 1 - start;
            if (length < Longest && (keys[i] is not { } key || key >> 32 >= Thresholds[length])) continue;
            ends.Add(i + 1);
            start = i + 1;
        }

        if (start < keys.Count) ends.Add(keys.Count);
        return ends;
    }

    static ulong Threshold(int length)
    {
        const ulong usualToTheFourth = (ulong)Usual * Usual * Usual * Usual;
        var n = (ulong)length;
        return length < Shortest ? 0 : Math.Min((4 * n * n * n << 32) / usualToTheFourth, 1UL << 32);
    }
}
