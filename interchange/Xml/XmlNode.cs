using System.Buffers.Text;
using System.Text;

namespace CineGit.Interchange.Xml;

/// <summary>A node of a tree; default for none.</summary>
internal readonly record struct XmlNode(XmlTree Tree, int Index)
{
    public bool Exists => Tree is not null;

    public XmlNodeKind Kind => Entry.Kind;

    public ref readonly XmlEntry Entry => ref Tree.Entry(Index);

    /// <summary>Interned; empty for what is no element.</summary>
    public string Name => Kind == XmlNodeKind.Element ? Tree.Names[Entry.Name] : "";

    /// <summary>True when nothing is inside but text.</summary>
    public bool IsLeaf => Entry.Next == Index + 1;

    public XmlAttributes Attributes => new(this);

    /// <summary>The elements inside.</summary>
    public XmlChildren Children => new(this, null);

    /// <summary>Everything inside: elements, comments, and text where there is more than text.</summary>
    public XmlNodes Nodes => new(this);

    /// <summary>What a leaf or a text node says; of an element with others inside, its own text and that of its children joined.</summary>
    public string Text
    {
        get
        {
            if (IsLeaf) return LeafText.Value;
            var joined = new StringBuilder();
            foreach (var node in Nodes) if (node.Kind is XmlNodeKind.Element or XmlNodeKind.Text) joined.Append(node.Text);
            return joined.ToString();
        }
    }

    /// <summary>For diagnostics: <c>line 12</c>.</summary>
    public string Place => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Tree.LineOf(Entry.Start)}");

    /// <summary>Text as it stands in the file.</summary>
    internal ReadOnlySpan<byte> Inside => Tree.Slice(Entry.Inside, Entry.InsideEnd);

    internal Timeline.Otio.OtioString LeafText => Tree.TextOf(Inside);

    /// <summary>The value of an attribute; null without it.</summary>
    public string? this[string attribute]
    {
        get
        {
            foreach (var candidate in Tree.AttributesOf(Index))
            {
                if (Tree.Names[candidate.Name] == attribute) return Tree.ValueOf(candidate).Value;
            }

            return null;
        }
    }

    /// <summary>The elements inside that have this name.</summary>
    public XmlChildren Named(string name) => new(this, name);

    /// <summary>The first element of this name inside; default when there is none, and of default.</summary>
    public XmlNode Child(string name)
    {
        if (!Exists) return default;
        foreach (var child in Named(name)) return child;
        return default;
    }

    /// <summary>The text of the first element of this name; null when there is none.</summary>
    public string? TextOf(string child) => Child(child) is { Exists: true } found ? found.Text : null;

    public long? IntegerOf(string child) => Child(child) is { Exists: true } found ? found.Integer() : null;

    /// <summary>The text as a whole number; null when it is none.</summary>
    public long? Integer()
    {
        if (!IsLeaf) return null;
        var text = Inside.Trim(" \t\r\n"u8);
        return Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length ? value : null;
    }
}

internal readonly struct XmlAttributes(XmlNode node)
{
    public int Count => node.Tree.AttributesOf(node.Index).Length;

    public Enumerator GetEnumerator() => new(node);

    internal ref struct Enumerator(XmlNode node)
    {
        readonly ReadOnlySpan<XmlAttributeEntry> _entries = node.Tree.AttributesOf(node.Index);
        int _at = -1;

        public readonly (string Name, string Value) Current => (node.Tree.Names[_entries[_at].Name], node.Tree.ValueOf(_entries[_at]).Value);

        public bool MoveNext() => ++_at < _entries.Length;
    }
}

/// <param name="parent">Whose children; default has none.</param>
/// <param name="name">Only those of this name; null for all.</param>
internal readonly struct XmlChildren(XmlNode parent, string? name)
{
    public Enumerator GetEnumerator() => new(parent, name);

    public int Count()
    {
        var count = 0;
        foreach (var _ in this) count++;
        return count;
    }

    public List<XmlNode> ToList()
    {
        var list = new List<XmlNode>();
        foreach (var child in this) list.Add(child);
        return list;
    }

    internal struct Enumerator(XmlNode parent, string? name)
    {
        readonly int _end = parent.Exists ? parent.Entry.Next : 0;
        int _next = parent.Exists ? parent.Index + 1 : 0;

        public XmlNode Current { get; private set; }

        public bool MoveNext()
        {
            while (_next < _end)
            {
                Current = new(parent.Tree, _next);
                _next = Current.Entry.Next;
                if (Current.Kind == XmlNodeKind.Element && (name is null || Current.Name == name)) return true;
            }

            return false;
        }
    }
}

internal readonly struct XmlNodes(XmlNode parent)
{
    public Enumerator GetEnumerator() => new(parent);

    internal struct Enumerator(XmlNode parent)
    {
        readonly int _end = parent.Entry.Next;
        int _next = parent.Index + 1;

        public XmlNode Current { get; private set; }

        public bool MoveNext()
        {
            if (_next >= _end) return false;
            Current = new(parent.Tree, _next);
            _next = Current.Entry.Next;
            return true;
        }
    }
}
