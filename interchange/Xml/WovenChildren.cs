namespace CineGit.Interchange.Xml;

/// <summary>The children of an element in the original and in the made file, and which are the same.</summary>
internal sealed class WovenChildren(List<XmlNode> olds, List<XmlNode> youngs)
{
    /// <summary>For each of the young the index of the old one it is, or -1.</summary>
    readonly int[] _matches = [.. Enumerable.Repeat(-1, youngs.Count)];
    readonly Dictionary<int, int> _indexes = olds.Select((node, index) => (node, index)).ToDictionary(p => p.node.Index, p => p.index);
    bool _isList;

    public List<XmlNode> Olds => olds;

    public int IndexOfOld(XmlNode old) => _indexes[old.Index];

    /// <summary>For a list: the order over all names counts.</summary>
    public void MatchInOrder(XmlAlignment alignment)
    {
        _isList = true;
        alignment.Align(olds, youngs).CopyTo(_matches, 0);
    }

    /// <summary>For a record: children of each name by themselves.</summary>
    public void MatchByName(XmlAlignment alignment)
    {
        var oldsByName = olds.GroupBy(n => n.Name).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var named in youngs.Select((Node, Index) => (Node, Index)).GroupBy(p => p.Node.Name))
        {
            if (!oldsByName.TryGetValue(named.Key, out var among)) continue;
            var matches = alignment.Align(among, [.. named.Select(p => p.Node)]);
            foreach (var ((_, index), match) in named.Zip(matches)) if (match >= 0) _matches[index] = IndexOfOld(among[match]);
        }
    }

    /// <summary>The made children in the order they are written, each with what it was.</summary>
    public IEnumerable<(XmlNode? Was, XmlNode Becomes)> InOrder()
    {
        var order = Enumerable.Range(0, youngs.Count);
        if (!_isList) order = RecordOrder();
        return order.Select(i => (_matches[i] < 0 ? (XmlNode?)null : olds[_matches[i]], youngs[i]));
    }

    /// <summary>What was there keeps its order; what was not comes after the child that it was made after.</summary>
    IEnumerable<int> RecordOrder()
    {
        var places = new (int Place, int Step)[youngs.Count];
        var (place, step) = (-1, 0);
        for (var i = 0; i < youngs.Count; i++)
        {
            if (_matches[i] >= 0) (place, step) = (_matches[i], 0);
            else step++;
            places[i] = (place, step);
        }

        return Enumerable.Range(0, youngs.Count).OrderBy(i => places[i]);
    }
}
