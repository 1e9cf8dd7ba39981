namespace CineGit.Interchange.Xml;

/// <summary>
/// A digest for every element of a tree: equal when two elements say the same, however they are spelled, indented or ordered
/// where order says nothing. Comments and processing instructions say nothing.
/// </summary>
internal sealed class XmlDigests
{
    readonly XmlTree _tree;
    readonly bool[] _lists;
    readonly bool[] _placeElements;
    readonly bool[] _placeAttributes;
    readonly uint[] _occurrences;
    readonly ulong[] _whole;
    readonly ulong[] _placeless;

    public XmlDigests(XmlTree tree, XmlDialect dialect)
    {
        _tree = tree;
        var names = Enumerable.Range(0, tree.Names.Count);
        _lists = [.. names.Select(n => dialect.Lists.Contains(tree.Names[n]))];
        _placeElements = [.. names.Select(n => dialect.Places.Contains(tree.Names[n]))];
        _placeAttributes = [.. names.Select(n => dialect.Places.Contains(tree.Names.AttributeKey(n)))];
        _occurrences = new uint[tree.Names.Count];
        _whole = new ulong[tree.Count];
        _placeless = new ulong[tree.Count];
        for (var node = tree.Count - 1; node >= 0; node--) Digest(new(tree, node));
    }

    public ulong Whole(XmlNode node) => _whole[node.Index];

    /// <summary>Without what says where the element is, of it and of all inside.</summary>
    public ulong Placeless(XmlNode node) => _placeless[node.Index];

    public bool IsList(XmlNode node) => _lists[node.Entry.Name];

    void Digest(XmlNode node)
    {
        if (node.Kind is XmlNodeKind.Comment or XmlNodeKind.Instruction) return;
        var (whole, placeless) = node.Kind == XmlNodeKind.Element ? OfAttributes(node) : (0UL, 0UL);
        if (node.IsLeaf)
        {
            var text = XmlCharacters.IsPlain(node.Inside) ? XmlDigest.OfText(node.Inside) : XmlDigest.OfText(System.Text.Encoding.UTF8.GetBytes(node.Text));
            (whole, placeless) = (XmlDigest.Of(whole, text), XmlDigest.Of(placeless, text));
        }
        else
        {
            var (inside, insidePlaceless) = OfNodes(node);
            (whole, placeless) = (XmlDigest.Of(whole, inside), XmlDigest.Of(placeless, insidePlaceless));
        }

        (_whole[node.Index], _placeless[node.Index]) = (whole, placeless);
    }

    (ulong Whole, ulong Placeless) OfAttributes(XmlNode node)
    {
        var name = _tree.Names.Digest(node.Entry.Name);
        var (whole, placeless) = (name, name);
        foreach (var attribute in _tree.AttributesOf(node.Index))
        {
            var value = _tree.Slice(attribute.ValueStart, attribute.ValueEnd);
            var text = XmlCharacters.IsPlainValue(value) ? XmlDigest.OfText(value) : XmlDigest.OfText(System.Text.Encoding.UTF8.GetBytes(XmlCharacters.Value(value)));
            var digest = XmlDigest.Of(_tree.Names.Digest(attribute.Name), text);
            unchecked
            {
                whole += digest;
                if (!_placeAttributes[attribute.Name]) placeless += digest;
            }
        }

        return (whole, placeless);
    }

    (ulong Whole, ulong Placeless) OfNodes(XmlNode parent)
    {
        var isOrdered = IsList(parent) || HasOwnText(parent);
        var (whole, placeless) = (0UL, 0UL);
        ulong position = 0;
        foreach (var node in parent.Nodes)
        {
            if (node.Kind is XmlNodeKind.Comment or XmlNodeKind.Instruction) continue;
            var among = isOrdered || node.Kind == XmlNodeKind.Text ? position++ : _occurrences[node.Entry.Name]++;
            unchecked
            {
                whole += XmlDigest.Of(_whole[node.Index], among);
                if (node.Kind == XmlNodeKind.Text || !_placeElements[node.Entry.Name]) placeless += XmlDigest.Of(_placeless[node.Index], among);
            }
        }

        if (isOrdered) return (whole, placeless);
        foreach (var child in parent.Children) _occurrences[child.Entry.Name] = 0;
        return (whole, placeless);
    }

    static bool HasOwnText(XmlNode parent)
    {
        foreach (var node in parent.Nodes) if (node.Kind == XmlNodeKind.Text) return true;
        return false;
    }
}
