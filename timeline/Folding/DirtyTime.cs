using CineGit.Timeline.Time;

namespace CineGit.Timeline.Folding;

/// <summary>The time of the earlier cut in which something happened on any track, as ranges in order that do not touch.</summary>
sealed class DirtyTime
{
    readonly List<(Flicks Start, Flicks End)> _ranges = [];

    public IReadOnlyList<(Flicks Start, Flicks End)> Ranges => _ranges;

    public void Add(Flicks start, Flicks end) => _ranges.Add((start, end));

    /// <summary>Puts the ranges in order, those that touch together.</summary>
    public void Settle()
    {
        _ranges.Sort();
        var last = 0;
        for (var i = 1; i < _ranges.Count; i++)
        {
            if (_ranges[i].Start <= _ranges[last].End) _ranges[last] = (_ranges[last].Start, Flicks.Max(_ranges[last].End, _ranges[i].End));
            else _ranges[++last] = _ranges[i];
        }

        if (_ranges.Count > 0) _ranges.RemoveRange(last + 1, _ranges.Count - last - 1);
    }
}
