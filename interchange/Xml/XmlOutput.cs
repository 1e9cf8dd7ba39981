using System.Buffers;
using System.Globalization;
using System.Text;

namespace CineGit.Interchange.Xml;

/// <summary>Writes XML as UTF-8 with LF and one element a line. Characters that XML cannot hold become U+FFFD and are counted.</summary>
/// <param name="indent">What one level is indented by.</param>
internal sealed class XmlOutput(string indent) : IDisposable
{
    const int FirstSize = 64 * 1024;

    /// <summary>Most names and values; longer ones go faster through what handles many characters at once.</summary>
    const int ShortText = 48;

    static readonly SearchValues<char> NeedCare = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '&', '<', '>', '"', '\uFFFE', '\uFFFF', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    readonly byte[] _indent = Encoding.UTF8.GetBytes(indent);
    readonly List<Level> _open = [];
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    readonly List<string> _omitted = [];
    int _length;
    bool _inTag;

    /// <summary>Until the next write, and until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>How many characters could not be written.</summary>
    public int Replaced { get; private set; }

    /// <summary>Keys of metadata that are no names in XML, and were left out.</summary>
    public IReadOnlyList<string> Omitted => _omitted;

    /// <param name="doctype">The name in the document type declaration; null for none.</param>
    public void Declaration(string? doctype)
    {
        Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        if (doctype is null) return;
        Raw("<!DOCTYPE "u8);
        Utf8(doctype);
        Raw(">\n"u8);
    }

    public void Omit(string key) => _omitted.Add(key);

    public void Start(string name)
    {
        BeginContent(isText: false);
        Raw("<"u8);
        Utf8(name);
        _open.Add(new(name));
        _inTag = true;
    }

    /// <summary>Only right after <see cref="Start"/> or another attribute.</summary>
    public void Attribute(ReadOnlySpan<char> name, string value)
    {
        if (!_inTag) throw new InvalidOperationException($"The attribute {name.ToString()} comes after the content.");
        Raw(" "u8);
        Utf8(name);
        Raw("=\""u8);
        Escaped(value, isValue: true);
        Raw("\""u8);
    }

    public void Attribute(string name, long value) => Attribute(name, value.ToString(CultureInfo.InvariantCulture));

    public void Leaf(string name, string text)
    {
        Start(name);
        if (text.Length > 0) Text(text);
        End();
    }

    public void Leaf(string name, long value) => Leaf(name, value.ToString(CultureInfo.InvariantCulture));

    public void Text(string text)
    {
        BeginContent(isText: true);
        Escaped(text, isValue: false);
    }

    /// <summary>Text where nothing was written in the element yet.</summary>
    public void TextIfEmpty(string text)
    {
        if (_inTag) Text(text);
    }

    public void End()
    {
        var level = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (_inTag)
        {
            Raw("/>"u8);
            _inTag = false;
        }
        else
        {
            if (!level.HasText) NewLine();
            Raw("</"u8);
            Utf8(level.Name);
            Raw(">"u8);
        }

        if (_open.Count == 0) Raw("\n"u8);
    }

    void BeginContent(bool isText)
    {
        if (_inTag) Raw(">"u8);
        _inTag = false;
        if (_open.Count == 0) return;
        if (isText) _open[^1] = _open[^1] with { HasText = true };
        else if (!_open[^1].HasText) NewLine();
    }

    void NewLine()
    {
        Raw("\n"u8);
        for (var i = 0; i < _open.Count; i++) Raw(_indent);
    }

    void Escaped(ReadOnlySpan<char> text, bool isValue)
    {
        text = text[Plain(text)..];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(NeedCare);
            Utf8(plain < 0 ? text : text[..plain]);
            if (plain < 0) return;
            text = text[plain..];
            if (text.Length > 1 && char.IsSurrogatePair(text[0], text[1]))
            {
                Utf8(text[..2]);
                text = text[2..];
                continue;
            }

            Raw(Escape(text[0], isValue));
            text = text[1..];
        }
    }

    ReadOnlySpan<byte> Escape(char character, bool isValue)
    {
        switch (character)
        {
            case '&': return "&amp;"u8;
            case '<': return "&lt;"u8;
            case '>': return "&gt;"u8;
            case '"': return isValue ? "&quot;"u8 : "\""u8;
            case '\n': return isValue ? "&#10;"u8 : "\n"u8;
            case '\t': return isValue ? "&#9;"u8 : "\t"u8;
            case '\r': return "&#13;"u8;
        }

        Replaced++;
        return "\uFFFD"u8;
    }

    /// <summary>Writes what a short text begins with that is ASCII and needs no care; how many characters that was.</summary>
    int Plain(ReadOnlySpan<char> text)
    {
        if (text.Length > ShortText) return 0;
        Reserve(text.Length);
        var room = _buffer.AsSpan(_length, text.Length);
        var done = 0;
        while (done < text.Length && text[done] is >= ' ' and < '\x7F' and not ('&' or '<' or '>' or '"'))
        {
            room[done] = (byte)text[done];
            done++;
        }

        _length += done;
        return done;
    }

    void Utf8(ReadOnlySpan<char> text)
    {
        text = text[Plain(text)..];
        if (text.IsEmpty) return;
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    void Reserve(int more)
    {
        if (_buffer.Length - _length < more) Grow(more);
    }

    /// <summary>What was outgrown serves the next file: large arrays are dear to make and to collect.</summary>
    void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(2L * _buffer.Length, (long)_length + more), Array.MaxLength));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    public void Dispose()
    {
        _length = 0;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    readonly record struct Level(string Name, bool HasText = false);
}
