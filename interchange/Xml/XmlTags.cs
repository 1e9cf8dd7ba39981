using System.Buffers;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Xml;

/// <summary>Reads start and end tags, and keeps the names and attributes found in them.</summary>
/// <param name="attributes">Where the attributes go, tag by tag.</param>
internal sealed class XmlTags(ReadOnlyMemory<byte> text, LentList<XmlAttributeEntry> attributes)
{
    /// <summary>Up to here a repeated attribute is looked for by comparing each with each.</summary>
    const int FewAttributes = 16;

    static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/>=<\"'&"u8);

    readonly HashSet<int> _seen = [];

    public XmlNameTable Names { get; } = new();

    public LentList<XmlAttributeEntry> Attributes => attributes;

    /// <returns>The element's name, the place after the tag, and whether it was an empty element.</returns>
    public (int Name, int End, bool IsEmpty) ReadStartTag(int start)
    {
        var span = text.Span;
        var (name, at) = ReadName(start + 1);
        var first = Attributes.Count;
        while (true)
        {
            var blank = SkipBlank(at);
            if (blank >= span.Length) throw Fault("a tag is not closed", start);
            if (span[blank] == (byte)'>') return (name, blank + 1, false);
            if (span[blank] == (byte)'/')
            {
                if (blank + 1 >= span.Length || span[blank + 1] != (byte)'>') throw Fault("a slash stands alone in a tag", blank);
                return (name, blank + 2, true);
            }

            if (blank == at) throw Fault("a blank is missing in a tag", at);
            at = ReadAttribute(blank, first);
        }
    }

    public (int Name, int End) ReadEndTag(int start)
    {
        var (name, at) = ReadName(start + 2);
        at = SkipBlank(at);
        if (at >= text.Length || text.Span[at] != (byte)'>') throw Fault("an end tag is not closed", start);
        return (name, at + 1);
    }

    int ReadAttribute(int start, int first)
    {
        var span = text.Span;
        var (name, at) = ReadName(start);
        at = SkipBlank(at);
        if (at >= span.Length || span[at] != (byte)'=') throw Fault($"the attribute {Names[name]} has no value", start);
        at = SkipBlank(at + 1);
        if (at >= span.Length || span[at] is not ((byte)'"' or (byte)'\'')) throw Fault($"the value of {Names[name]} is not in quotes", start);
        var length = span[(at + 1)..].IndexOf(span[at]);
        if (length < 0) throw Fault($"the value of {Names[name]} has no end", start);
        var (from, to) = (at + 1, at + 1 + length);
        if (span[from..to].Contains((byte)'<')) throw Fault($"the value of {Names[name]} has a < in it", start);
        XmlCharacters.RequireKnownEntities(span, from, to);
        RequireOnce(name, first, start);
        Attributes.Add(new(name, start, from, to));
        return to + 1;
    }

    void RequireOnce(int name, int first, int place)
    {
        var count = Attributes.Count - first;
        if (count < FewAttributes)
        {
            for (var i = first; i < Attributes.Count; i++)
            {
                if (Attributes[i].Name == name) throw Fault($"the attribute {Names[name]} is there twice", place);
            }

            return;
        }

        if (count == FewAttributes)
        {
            _seen.Clear();
            for (var i = first; i < Attributes.Count; i++) _seen.Add(Attributes[i].Name);
        }

        if (!_seen.Add(name)) throw Fault($"the attribute {Names[name]} is there twice", place);
    }

    (int Name, int End) ReadName(int start)
    {
        var rest = text.Span[start..];
        var length = rest.IndexOfAny(NameEnds);
        if (length < 0) length = rest.Length;
        if (length <= 0 || rest[0] is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'.') throw Fault("a name is missing or is no name", start);
        return (Names.Add(rest[..length]), start + length);
    }

    int SkipBlank(int at)
    {
        var span = text.Span;
        while (at < span.Length && span[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    InterchangeFormatException Fault(string what, int at) => XmlLines.Fault(text.Span, what, at);
}
