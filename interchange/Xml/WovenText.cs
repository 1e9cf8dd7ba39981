using System.Buffers;

namespace CineGit.Interchange.Xml;

/// <summary>One weaving of two trees; see <see cref="XmlWeave"/>.</summary>
internal sealed class WovenText
{
    readonly XmlTree _old;
    readonly XmlTree _young;
    readonly XmlDigests _oldDigests;
    readonly XmlDigests _youngDigests;
    readonly XmlAlignment _alignment;
    readonly bool _hasCarriageReturns;
    readonly ArrayBufferWriter<byte> _output;

    public WovenText(XmlTree old, XmlTree young, XmlDialect dialect)
    {
        (_old, _young) = (old, young);
        _oldDigests = new(old, dialect);
        _youngDigests = new(young, dialect);
        _alignment = new(_oldDigests, _youngDigests, dialect);
        _hasCarriageReturns = old.Text.Span.IndexOf("\r\n"u8) >= 0;
        _output = new(old.Text.Length + 1024);
    }

    public ReadOnlyMemory<byte> Weave()
    {
        var root = _old.Root.Entry;
        Old(0, root.Start);
        Element(_old.Root, _young.Root);
        Old(root.End, _old.Text.Length);
        return _output.WrittenMemory;
    }

    void Element(XmlNode old, XmlNode young)
    {
        if (_oldDigests.Whole(old) == _youngDigests.Whole(young))
        {
            Old(old.Entry.Start, old.Entry.End);
            return;
        }

        if (young.Inside.IsEmpty && old.Inside.IsEmpty)
        {
            StartTag(old, young, isOpen: false);
            Old(old.Entry.InsideEnd, old.Entry.End);
        }
        else if (HoldsText(old) || HoldsText(young))
        {
            StartTag(old, young, isOpen: true);
            Young(young.Entry.Inside, young.Entry.InsideEnd);
            EndTag(old);
        }
        else
        {
            StartTag(old, young, isOpen: true);
            if (!young.IsLeaf) Children(old, young);
            EndTag(old);
        }
    }

    /// <summary>True for text of its own: a leaf that is not empty, or text among elements.</summary>
    static bool HoldsText(XmlNode node)
    {
        if (node.IsLeaf) return !node.Inside.IsEmpty;
        foreach (var inside in node.Nodes) if (inside.Kind == XmlNodeKind.Text) return true;
        return false;
    }

    void Children(XmlNode old, XmlNode young)
    {
        var children = new WovenChildren(old.Children.ToList(), young.Children.ToList());
        if (_oldDigests.IsList(old)) children.MatchInOrder(_alignment);
        else children.MatchByName(_alignment);

        var usualGap = UsualGap(old);
        foreach (var (was, becomes) in children.InOrder())
        {
            if (was is { } original)
            {
                Old(GapStart(old, children, original), original.Entry.Start);
                Element(original, becomes);
            }
            else
            {
                _output.Write(usualGap);
                Young(becomes.Entry.Start, becomes.Entry.End);
            }
        }

        var last = children.Olds.Count > 0 ? children.Olds[^1].Entry.End : old.Entry.Inside;
        if (last < old.Entry.InsideEnd) Old(last, old.Entry.InsideEnd);
        else if (usualGap.Length > 0) _output.Write(GapBefore(old));
    }

    /// <summary>Where the white space and comments before a child of the original begin.</summary>
    static int GapStart(XmlNode parent, WovenChildren children, XmlNode child)
    {
        var index = children.IndexOfOld(child);
        return index == 0 ? parent.Entry.Inside : children.Olds[index - 1].Entry.End;
    }

    /// <summary>White space alone, as it stands before the first child; of a parent without any, one level more than before the parent.</summary>
    byte[] UsualGap(XmlNode parent)
    {
        foreach (var child in parent.Children) return LastBlank(_old.Slice(parent.Entry.Inside, child.Entry.Start));
        var before = GapBefore(parent);
        return before.Length == 0 ? before : [.. before, .. System.Text.Encoding.ASCII.GetBytes(XmlWeave.IndentOf(_old))];
    }

    /// <summary>The white space before an element of the original, from its line end on.</summary>
    byte[] GapBefore(XmlNode element)
    {
        var before = _old.Slice(0, element.Entry.Start);
        return LastBlank(before[(before.LastIndexOf((byte)'>') + 1)..]);
    }

    static byte[] LastBlank(ReadOnlySpan<byte> gap)
    {
        var blank = gap[(gap.LastIndexOfAnyExcept(" \t\r\n"u8) + 1)..];
        var lines = blank.LastIndexOf((byte)'\n');
        if (lines > 0 && blank[lines - 1] == (byte)'\r') lines--;
        return lines < 0 ? blank.ToArray() : blank[lines..].ToArray();
    }

    void StartTag(XmlNode old, XmlNode young, bool isOpen)
    {
        var tag = _old.Slice(old.Entry.Start, old.Entry.Inside);
        var isEmpty = tag.EndsWith("/>"u8);
        var at = old.Entry.Start + 1 + System.Text.Encoding.UTF8.GetByteCount(old.Name);
        Old(old.Entry.Start, at);
        foreach (var attribute in _old.AttributesOf(old.Index))
        {
            if (Find(young, _old.Names[attribute.Name]) is { } becomes)
            {
                var isSame = _old.ValueOf(attribute) == _young.ValueOf(becomes);
                Old(at, isSame ? attribute.ValueEnd + 1 : attribute.Start);
                if (!isSame) Young(becomes.Start, becomes.ValueEnd + 1);
            }

            at = attribute.ValueEnd + 1;
        }

        NewAttributes(old, young);
        if (!isEmpty || !isOpen) Old(at, old.Entry.Inside);
        else _output.Write(">"u8);
    }

    void NewAttributes(XmlNode old, XmlNode young)
    {
        foreach (var attribute in _young.AttributesOf(young.Index))
        {
            if (old[_young.Names[attribute.Name]] is not null) continue;
            _output.Write(" "u8);
            Young(attribute.Start, attribute.ValueEnd + 1);
        }
    }

    XmlAttributeEntry? Find(XmlNode young, string name)
    {
        foreach (var attribute in _young.AttributesOf(young.Index)) if (_young.Names[attribute.Name] == name) return attribute;
        return null;
    }

    void EndTag(XmlNode old)
    {
        if (old.Entry.InsideEnd < old.Entry.End)
        {
            Old(old.Entry.InsideEnd, old.Entry.End);
            return;
        }

        _output.Write("</"u8);
        _output.Write(System.Text.Encoding.UTF8.GetBytes(old.Name));
        _output.Write(">"u8);
    }

    void Old(int from, int to) => _output.Write(_old.Slice(from, to));

    void Young(int from, int to)
    {
        var text = _young.Slice(from, to);
        if (!_hasCarriageReturns)
        {
            _output.Write(text);
            return;
        }

        for (var at = text.IndexOf((byte)'\n'); at >= 0; at = text.IndexOf((byte)'\n'))
        {
            _output.Write(text[..at]);
            _output.Write("\r\n"u8);
            text = text[(at + 1)..];
        }

        _output.Write(text);
    }
}
