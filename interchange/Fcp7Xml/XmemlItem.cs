using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>The modelled elements of an item, found in one go: items are many, and have some thirty elements each.</summary>
internal sealed class XmemlItem
{
    public XmemlItem(XmlNode element)
    {
        Element = element;
        foreach (var child in element.Children) Take(child);
    }

    List<XmlNode>? _filters;
    List<XmlNode>? _markers;
    List<XmlNode>? _links;

    public XmlNode Element { get; }

    public XmlNode Name { get; private set; }

    public XmlNode Enabled { get; private set; }

    public XmlNode Duration { get; private set; }

    public XmlNode Rate { get; private set; }

    public XmlNode Start { get; private set; }

    public XmlNode End { get; private set; }

    public XmlNode In { get; private set; }

    public XmlNode Out { get; private set; }

    public XmlNode TicksIn { get; private set; }

    public XmlNode TicksOut { get; private set; }

    public XmlNode MasterClip { get; private set; }

    public XmlNode File { get; private set; }

    public XmlNode Sequence { get; private set; }

    public XmlNode Multiclip { get; private set; }

    public XmlNode Effect { get; private set; }

    public IReadOnlyList<XmlNode> Filters => _filters ?? [];

    public IReadOnlyList<XmlNode> Markers => _markers ?? [];

    public IReadOnlyList<XmlNode> Links => _links ?? [];

    /// <summary>Modelled elements that may be there once, a second time.</summary>
    public List<OtioValue>? Extra { get; private set; }

    public string Text => Name.Exists ? Name.Text : "";

    void Take(XmlNode child)
    {
        switch (child.Name)
        {
            case "name": Name = Once(Name, child); break;
            case "enabled": Enabled = Once(Enabled, child); break;
            case "duration": Duration = Once(Duration, child); break;
            case "rate": Rate = Once(Rate, child); break;
            case "start": Start = Once(Start, child); break;
            case "end": End = Once(End, child); break;
            case "in": In = Once(In, child); break;
            case "out": Out = Once(Out, child); break;
            case "pproTicksIn": TicksIn = Once(TicksIn, child); break;
            case "pproTicksOut": TicksOut = Once(TicksOut, child); break;
            case "masterclipid": MasterClip = Once(MasterClip, child); break;
            case "file": File = Once(File, child); break;
            case "sequence": Sequence = Once(Sequence, child); break;
            case "multiclip": Multiclip = child; break;
            case "effect": Effect = Effect.Exists ? Effect : child; break;
            case "filter": (_filters ??= []).Add(child); break;
            case "marker": (_markers ??= []).Add(child); break;
            case "link": (_links ??= []).Add(child); break;
        }
    }

    XmlNode Once(XmlNode known, XmlNode child)
    {
        if (!known.Exists) return child;
        (Extra ??= []).Add(OtioArray.Of([child.Name, XmlMetadata.Of(child)]));
        return known;
    }
}
