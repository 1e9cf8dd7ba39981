using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Xml;

/// <summary>
/// Walks the text once and notes where everything is. Well-formedness is checked (XML 1.0, fifth edition); a document type is
/// skipped unread, so nothing outside the file is ever opened and no entity of its own is replaced.
/// </summary>
/// <param name="entries">Where the nodes go, in document order.</param>
/// <param name="attributes">Where their attributes go.</param>
internal sealed class XmlScanner(ReadOnlyMemory<byte> text, LentList<XmlEntry> entries, LentList<XmlAttributeEntry> attributes)
{
    /// <summary>Real files reach 40; what is deeper is made to break readers.</summary>
    const int DeepestNesting = 500;

    readonly XmlTags _tags = new(text, attributes);
    readonly Stack<int> _open = new();
    int _at;

    public string? DoctypeName { get; private set; }

    public XmlNameTable Names => _tags.Names;

    /// <exception cref="InterchangeFormatException">The text is not well formed.</exception>
    public void Scan()
    {
        while (NextMarkup(out var runStart))
        {
            var markup = text.Span[_at..];
            if (markup.StartsWith("</"u8)) Close(runStart);
            else
            {
                AddText(runStart);
                if (markup.StartsWith("<!--"u8)) Skip("<!--"u8, "-->"u8, XmlNodeKind.Comment, "comment");
                else if (markup.StartsWith("<?"u8)) Skip("<?"u8, "?>"u8, XmlNodeKind.Instruction, "processing instruction");
                else if (markup.StartsWith("<!"u8)) SkipDoctype();
                else Open();
            }
        }

        if (_open.TryPeek(out var unclosed)) throw Fault($"the element {Names[entries[unclosed].Name]} that begins at {XmlLines.Place(text.Span, entries[unclosed].Start)} is not closed; the file may be cut off", _at);
        if (entries.Count == 0) throw Fault("there is no element in it", _at);
    }

    /// <summary>Goes to the next tag, over text and CDATA sections.</summary>
    bool NextMarkup(out int runStart)
    {
        runStart = _at;
        while (true)
        {
            var rest = text.Span[_at..];
            var found = rest.IndexOf((byte)'<');
            if (found < 0)
            {
                _at = text.Length;
                RequireBlankOutside(runStart);
                return false;
            }

            _at += found;
            if (!rest[found..].StartsWith("<![CDATA["u8)) break;
            var end = rest[found..].IndexOf("]]>"u8);
            if (end < 0) throw Fault("a CDATA section is not closed", _at);
            _at += end + "]]>".Length;
        }

        RequireBlankOutside(runStart);
        return true;
    }

    void RequireBlankOutside(int runStart)
    {
        if (_open.Count == 0 && !IsBlank(runStart, _at)) throw Fault("there is text outside the root element", runStart);
    }

    void Open()
    {
        if (_open.Count == 0 && entries.Count > 0) throw Fault("there is a second root element", _at);
        if (_open.Count == DeepestNesting) throw Fault($"elements are nested more than {DeepestNesting} deep", _at);
        var start = _at;
        var entry = new XmlEntry { Start = start, FirstAttribute = _tags.Attributes.Count };
        (entry.Name, _at, var isEmpty) = _tags.ReadStartTag(_at);
        (entry.Inside, entry.InsideEnd, entry.End, entry.Next) = (_at, _at, _at, entries.Count + 1);
        if (!isEmpty) _open.Push(entries.Count);
        entries.Add(entry);
    }

    void Close(int runStart)
    {
        var (name, end) = _tags.ReadEndTag(_at);
        if (!_open.TryPop(out var opened)) throw Fault($"</{Names[name]}> closes nothing", _at);
        if (entries[opened].Name != name) throw Fault($"</{Names[name]}> closes {Names[entries[opened].Name]} that begins at {XmlLines.Place(text.Span, entries[opened].Start)}", _at);
        var isLeaf = entries.Count == opened + 1;
        if (isLeaf) XmlCharacters.RequireKnownEntities(text.Span, runStart, _at);
        else AddText(runStart);
        ref var entry = ref entries[opened];
        (entry.InsideEnd, entry.End, entry.Next) = (_at, end, entries.Count);
        _at = end;
    }

    void AddText(int runStart)
    {
        if (_open.Count == 0 || IsBlank(runStart, _at)) return;
        XmlCharacters.RequireKnownEntities(text.Span, runStart, _at);
        Add(XmlNodeKind.Text, runStart, _at);
    }

    void Skip(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> closing, XmlNodeKind kind, string word)
    {
        var length = text.Span[(_at + opening.Length)..].IndexOf(closing);
        if (length < 0) throw Fault($"a {word} is not closed", _at);
        var end = _at + opening.Length + length + closing.Length;
        if (_open.Count > 0) Add(kind, _at, end);
        _at = end;
    }

    void Add(XmlNodeKind kind, int start, int end)
    {
        var entry = new XmlEntry { Kind = kind, Start = start, Inside = start, InsideEnd = end, End = end };
        (entry.Next, entry.FirstAttribute) = (entries.Count + 1, _tags.Attributes.Count);
        entries.Add(entry);
    }

    void SkipDoctype()
    {
        if (entries.Count > 0 || !text.Span[_at..].StartsWith("<!DOCTYPE"u8)) throw Fault("this declaration does not belong here", _at);
        (DoctypeName, _at) = XmlDoctype.Skip(text.Span, _at);
    }

    bool IsBlank(int from, int to) => text.Span[from..to].IndexOfAnyExcept(" \t\r\n"u8) < 0;

    InterchangeFormatException Fault(string what, int at) => XmlLines.Fault(text.Span, what, at);
}
