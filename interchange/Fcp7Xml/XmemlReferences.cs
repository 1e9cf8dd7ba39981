using CineGit.Interchange.Xml;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Elements by name and id: one that has an id and nothing inside stands for the first of that id that has something inside,
/// wherever in the file it is.
/// </summary>
internal sealed class XmemlReferences(XmlTree tree)
{
    readonly Dictionary<(string Name, string Id), XmlNode> _definitions = [];
    bool _knowsAll;

    /// <summary>The definition behind a reference; the element itself when it is one, or when there is none.</summary>
    public XmlNode Resolve(XmlNode element)
    {
        if (!element.Exists || element["id"] is not { } id) return element;
        if (!element.IsLeaf)
        {
            _definitions.TryAdd((element.Name, id), element);
            return element;
        }

        if (_definitions.TryGetValue((element.Name, id), out var known)) return known;
        LearnAll();
        return _definitions.GetValueOrDefault((element.Name, id), element);
    }

    /// <summary>False for an element that defines an id again.</summary>
    public bool IsFirst(XmlNode element) =>
        element["id"] is not { } id || Resolve(element) is var _ && _definitions.TryGetValue((element.Name, id), out var first) && first.Index == element.Index;

    /// <summary>References before their definition are rare: only then is the file gone through for them.</summary>
    void LearnAll()
    {
        if (_knowsAll) return;
        _knowsAll = true;
        for (var i = 0; i < tree.Count; i++)
        {
            var node = new XmlNode(tree, i);
            if (node.Kind == XmlNodeKind.Element && !node.IsLeaf && HasId(node) && node["id"] is { } id) _definitions.TryAdd((node.Name, id), node);
        }
    }

    static bool HasId(XmlNode node) => node.Name is not "parameter" && XmemlSpelling.HasAttributes(node);
}
