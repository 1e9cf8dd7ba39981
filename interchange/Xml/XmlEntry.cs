namespace CineGit.Interchange.Xml;

internal enum XmlNodeKind : byte
{
    Element,

    /// <summary>Text beside elements or comments; the text of a leaf is the leaf's own.</summary>
    Text,
    Comment,
    Instruction,
}

/// <summary>One node of a tree, in document order; offsets are into the file as UTF-8.</summary>
internal struct XmlEntry
{
    public int Start;

    /// <summary>After the start tag; the end of the node when it is an empty element.</summary>
    public int Inside;

    public int InsideEnd;
    public int End;

    /// <summary>The number of the node after this one and all in it.</summary>
    public int Next;

    public int Name;
    public int FirstAttribute;
    public XmlNodeKind Kind;
}

internal readonly record struct XmlAttributeEntry(int Name, int Start, int ValueStart, int ValueEnd);
