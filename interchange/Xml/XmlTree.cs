using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Xml;

/// <summary>
/// An XML file as a table of where everything in it is: about 40 bytes a node beside the text, and any part of it can be
/// copied as it stands. Comments, white space and spelling stay in the text.
/// </summary>
internal sealed class XmlTree : IDisposable
{
    const int CachedTexts = 2048;
    const int LongestCachedText = 32;
    const int LongestShared = 1024;
    const int MostShared = 4096;

    readonly LentList<XmlEntry> _entries;
    readonly LentList<XmlAttributeEntry> _attributes;
    readonly OtioString?[] _texts = new OtioString?[CachedTexts];
    readonly Dictionary<ulong, (int Start, int End, OtioValue Value)> _shared = [];
    int[]? _lineStarts;

    XmlTree(ReadOnlyMemory<byte> text, XmlEncoding encoding)
    {
        Text = text;
        Encoding = encoding;
        // Most elements have a tag at either end and one attribute or none, so this is nearly how many there are.
        var expected = (text.Span.Count((byte)'<') / 2) + 1;
        _entries = new(expected);
        _attributes = new(expected);
        var scanner = new XmlScanner(text, _entries, _attributes);
        scanner.Scan();
        Names = scanner.Names;
        DoctypeName = scanner.DoctypeName;
    }

    /// <summary>The whole file as UTF-8 without its byte order mark.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public XmlEncoding Encoding { get; }

    public XmlNameTable Names { get; }

    /// <summary>The name in the document type declaration; null without one.</summary>
    public string? DoctypeName { get; }

    public int Count => _entries.Count;

    /// <summary>Room to collect the fields of elements in, inner ones behind outer ones.</summary>
    public List<OtioField> Room { get; } = [];

    public XmlNode Root => new(this, 0);

    /// <exception cref="InterchangeFormatException">The bytes are not well-formed XML.</exception>
    public static XmlTree Parse(ReadOnlyMemory<byte> file)
    {
        var (encoding, text) = XmlEncoding.Decode(file);
        return new(text, encoding);
    }

    /// <summary>Gives the table back; nodes of the tree say nothing any more.</summary>
    public void Dispose()
    {
        _entries.Dispose();
        _attributes.Dispose();
    }

    /// <summary>
    /// <see cref="XmlMetadata.Of"/>, one instance for elements of the same text: programs write the same rate, labels and logging
    /// fields with every clip.
    /// </summary>
    public OtioValue Shared(XmlNode element)
    {
        var text = Slice(element.Entry.Start, element.Entry.End);
        if (text.Length > LongestShared) return XmlMetadata.Of(element);
        var digest = XmlDigest.OfText(text);
        if (_shared.TryGetValue(digest, out var known) && text.SequenceEqual(Slice(known.Start, known.End))) return known.Value;
        var value = XmlMetadata.Of(element);
        if (_shared.Count < MostShared) _shared[digest] = (element.Entry.Start, element.Entry.End, value);
        return value;
    }

    public ref readonly XmlEntry Entry(int node) => ref _entries[node];

    public ReadOnlySpan<XmlAttributeEntry> AttributesOf(int node)
    {
        var end = node + 1 < _entries.Count ? _entries[node + 1].FirstAttribute : _attributes.Count;
        return _attributes.Span[_entries[node].FirstAttribute..end];
    }

    public ReadOnlySpan<byte> Slice(int from, int to) => Text.Span[from..to];

    /// <summary>Counted from one.</summary>
    public int LineOf(int offset)
    {
        _lineStarts ??= LineStarts();
        var found = Array.BinarySearch(_lineStarts, offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The text of a leaf or of a text node, one instance for short texts that repeat.</summary>
    public OtioString TextOf(ReadOnlySpan<byte> text) => XmlCharacters.IsPlain(text) && Cached(text) is { } known ? known : new(XmlCharacters.Text(text));

    public OtioString ValueOf(XmlAttributeEntry attribute)
    {
        var value = Slice(attribute.ValueStart, attribute.ValueEnd);
        return XmlCharacters.IsPlainValue(value) && Cached(value) is { } known ? known : new(XmlCharacters.Value(value));
    }

    OtioString? Cached(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestCachedText || !System.Text.Ascii.IsValid(text)) return null;
        ref var slot = ref _texts[XmlDigest.OfText(text) % CachedTexts];
        if (slot is { } known && System.Text.Ascii.Equals(text, known.Value)) return known;
        return slot = new(System.Text.Encoding.ASCII.GetString(text));
    }

    int[] LineStarts()
    {
        var starts = new List<int> { 0 };
        var text = Text.Span;
        for (var at = text.IndexOf((byte)'\n'); at >= 0;)
        {
            starts.Add(at + 1);
            var next = text[(at + 1)..].IndexOf((byte)'\n');
            at = next < 0 ? next : at + 1 + next;
        }

        return [.. starts];
    }
}
