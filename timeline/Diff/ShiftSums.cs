using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>What the shifts of one track add up to at any moment, by the sums up to each of them.</summary>
sealed class ShiftSums
{
    readonly Flicks[] _moments;
    readonly Flicks[] _sums;

    public ShiftSums(IEnumerable<(Flicks At, Flicks Delta)> shifts)
    {
        (Flicks At, Flicks Delta)[] ordered = [.. shifts.OrderBy(s => s.At)];
        _moments = Array.ConvertAll(ordered, s => s.At);
        _sums = new Flicks[ordered.Length + 1];
        for (var i = 0; i < ordered.Length; i++) _sums[i + 1] = _sums[i] + ordered[i].Delta;
    }

    /// <summary>The sum of all shifts at or before a moment.</summary>
    public Flicks UpTo(Flicks moment)
    {
        var (low, high) = (0, _moments.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_moments[middle] <= moment) low = middle + 1;
            else high = middle;
        }

        return _sums[low];
    }
}
