using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Folding;

/// <summary>Linked elements of the first cut: all of a group are kept when one is, whatever tracks they are on.</summary>
sealed class LinkGroups
{
    const int None = -1;

    readonly List<QuietRow> _rows;
    readonly Dictionary<string, int> _groups;
    readonly int[][] _groupOf;
    readonly bool[] _kept;

    public LinkGroups(List<QuietRow> rows)
    {
        _rows = rows;
        _groups = new(rows.Count == 0 ? 0 : rows.Max(r => r.Elements.Length));
        _groupOf = [.. rows.Select(r => new int[r.Elements.Length])];
        for (var r = 0; r < rows.Count; r++) FindGroups(r);
        _kept = new bool[_groups.Count];
    }

    /// <summary>Linked elements mostly begin at one time on neighbouring tracks, so that is where a link is looked for first.</summary>
    void FindGroups(int row)
    {
        var (here, beside) = (_rows[row], row > 0 ? _rows[row - 1] : null);
        var at = 0;
        for (var i = 0; i < here.Elements.Length; i++)
        {
            var link = here.Elements[i].Link;
            while (beside is not null && at < beside.Elements.Length && beside.StartOf(at) < here.StartOf(i)) at++;
            var isBeside = link is not null && beside is not null && at < beside.Elements.Length && beside.Elements[at].Link == link;
            _groupOf[row][i] = isBeside ? _groupOf[row - 1][at] : GroupOf(link);
        }
    }

    int GroupOf(string? link)
    {
        if (link is null) return None;
        if (!_groups.TryGetValue(link, out var group)) _groups.Add(link, group = _groups.Count);
        return group;
    }

    /// <summary>Takes an element that is kept in some cut.</summary>
    public void Keep(Element element)
    {
        if (element.Link is { } link && _groups.TryGetValue(link, out var group)) _kept[group] = true;
    }

    /// <summary>Keeps what is linked with what is kept; true when there was something.</summary>
    public bool KeepLinked()
    {
        for (var r = 0; r < _rows.Count; r++)
        {
            for (var i = 0; i < _groupOf[r].Length; i++)
            {
                if (_groupOf[r][i] != None && _rows[r].IsKept(i)) _kept[_groupOf[r][i]] = true;
            }
        }

        var isMore = false;
        for (var r = 0; r < _rows.Count; r++)
        {
            for (var i = 0; i < _groupOf[r].Length; i++)
            {
                if (_groupOf[r][i] == None || _rows[r].IsKept(i) || !_kept[_groupOf[r][i]]) continue;
                _rows[r].Keep(i);
                isMore = true;
            }
        }

        return isMore;
    }

    /// <summary>The first elements of stretches that have linked elements between them.</summary>
    public HashSet<(ElementId One, ElementId Other)> Joined()
    {
        var joined = new HashSet<(ElementId, ElementId)>();
        var firstOf = new ElementId?[_groups.Count];
        for (var r = 0; r < _rows.Count; r++)
        {
            foreach (var stretch in _rows[r].Stretches)
            {
                var id = _rows[r].Elements[stretch.First].Id;
                for (var i = stretch.First; i < stretch.End; i++)
                {
                    if (_groupOf[r][i] is None) continue;
                    ref var first = ref firstOf[_groupOf[r][i]];
                    if (first is null) first = id;
                    else if (first != id) joined.Add((first.Value, id));
                }
            }
        }

        return joined;
    }
}
