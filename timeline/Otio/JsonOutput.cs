using System.Buffers;
using System.Text;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Appends JSON text to a buffer. Strings are escaped minimally: quote, backslash, control characters and lone surrogates;
/// everything else is UTF-8 as it is.
/// </summary>
/// <param name="output">The buffer.</param>
/// <param name="lines">With a line for every value; else all in one.</param>
ref struct JsonOutput(IBufferWriter<byte> output, bool lines = true)
{
    const int LongestEscape = 6;
    const int LongestPiece = 32 * 1024;
    const string HexDigits = "0123456789abcdef";

    static readonly SearchValues<char> NeedCare = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    static readonly SearchValues<char> Plainest = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x60).Select(c => (char)c).Except(['"', '\\'])]);

    Span<byte> _free = output.GetSpan();
    int _used;

    public void Byte(byte value)
    {
        Reserve(1);
        _free[_used++] = value;
    }

    public void Utf8(scoped ReadOnlySpan<byte> text)
    {
        // In pieces, so that no buffer has to be as large as somebody's metadata.
        while (text.Length > LongestPiece)
        {
            Utf8(text[..LongestPiece]);
            text = text[LongestPiece..];
        }

        Reserve(text.Length);
        text.CopyTo(_free[_used..]);
        _used += text.Length;
    }

    /// <summary>Whether every value has a line of its own.</summary>
    public readonly bool Lines => lines;

    /// <summary>Between a name and its value.</summary>
    public void Colon() => Utf8(lines ? ": "u8 : ":"u8);

    public void NewLine(int indent)
    {
        if (!lines) return;
        Reserve(indent + 1);
        _free[_used] = (byte)'\n';
        _free.Slice(_used + 1, indent).Fill((byte)' ');
        _used += indent + 1;
    }

    /// <summary>ASCII that needs no escaping.</summary>
    public void Ascii(scoped ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        System.Text.Ascii.FromUtf16(text, _free[_used..], out var written);
        _used += written;
    }

    public void Quoted(scoped ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Plainest))
        {
            QuotedWithCare(text);
            return;
        }

        Reserve(text.Length + 2);
        _free[_used] = (byte)'"';
        System.Text.Ascii.FromUtf16(text, _free[(_used + 1)..], out var written);
        _free[_used + written + 1] = (byte)'"';
        _used += written + 2;
    }

    /// <summary>Characters that need no escaping.</summary>
    void Plain(scoped ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, _free[_used..]);
    }

    void QuotedWithCare(scoped ReadOnlySpan<char> text)
    {
        Byte((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(NeedCare);
            if (plain < 0)
            {
                Plain(text);
                break;
            }

            if (plain > 0) Plain(text[..plain]);
            text = text[plain..];
            if (text.Length > 1 && char.IsSurrogatePair(text[0], text[1]))
            {
                Plain(text[..2]);
                text = text[2..];
            }
            else
            {
                Escape(text[0]);
                text = text[1..];
            }
        }

        Byte((byte)'"');
    }

    /// <summary>Hands what was written to the buffer; call once at the end.</summary>
    public void Complete()
    {
        output.Advance(_used);
        _free = default;
        _used = 0;
    }

    void Escape(char character)
    {
        Reserve(LongestEscape);
        _free[_used++] = (byte)'\\';
        var letter = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => 'u',
        };
        _free[_used++] = (byte)letter;
        if (letter != 'u') return;
        for (var shift = 12; shift >= 0; shift -= 4) _free[_used++] = (byte)HexDigits[(character >> shift) & 0xF];
    }

    void Reserve(int bytes)
    {
        if (_free.Length - _used >= bytes) return;
        output.Advance(_used);
        _free = output.GetSpan(Math.Max(bytes, 4096));
        _used = 0;
    }
}
