using System.Buffers;
using System.Text;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>Where a line stands in the text of its list.</summary>
/// <param name="Length">Without the line end and without trailing blanks.</param>
/// <param name="Next">Where the next line begins.</param>
internal readonly record struct EdlTextLine(int Start, int Length, int Next);

/// <summary>The bytes of a list as lines, and what is needed to write them the same way.</summary>
/// <param name="LineEnd"><c>\r\n</c>, <c>\n</c> or <c>\r</c>: the one used most.</param>
/// <param name="Encoding"><c>utf-8</c>, <c>latin-1</c>, <c>utf-16</c> or <c>utf-16be</c>.</param>
/// <param name="HasByteOrderMark">True when a UTF-8 list began with a byte order mark.</param>
internal sealed record EdlText(string Whole, IReadOnlyList<EdlTextLine> Lines, string LineEnd, string Encoding, bool HasByteOrderMark)
{
    public const string Latin1 = "latin-1";

    public const string Utf8 = "utf-8";

    const string Utf16 = "utf-16";

    const string Utf16BigEndian = "utf-16be";

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool IsUtf16 => Encoding is Utf16 or Utf16BigEndian;

    /// <summary>What a line says.</summary>
    public ReadOnlySpan<char> Line(int index) => Said(index).Span;

    /// <summary>What a line says, where it stands.</summary>
    public ReadOnlyMemory<char> Said(int index) => Whole.AsMemory(Lines[index].Start, Lines[index].Length);

    public static EdlText Decode(ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Split(Encoding16(bytes, bigEndian: false, diagnostics), Utf16, false);
        if (bytes is [0xFE, 0xFF, ..]) return Split(Encoding16(bytes, bigEndian: true, diagnostics), Utf16BigEndian, false);
        var marked = bytes is [0xEF, 0xBB, 0xBF, ..];
        if (marked) bytes = bytes[3..];
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return Split(StrictUtf8.GetString(bytes), Utf8, marked);

        diagnostics.Warn(
            DiagnosticCodes.EdlEncoding,
            LocationOfFirstBadLine(bytes),
            "The list is not UTF-8 and was read as Latin-1; check names with accents.");
        return Split(System.Text.Encoding.Latin1.GetString(bytes), Latin1, marked);
    }

    /// <summary>As this list is encoded, or in UTF-8 where its encoding has no such characters.</summary>
    public void Encode(StringBuilder whole, Stream output)
    {
        if (Encoding == Utf16) Encode(whole, System.Text.Encoding.Unicode, [0xFF, 0xFE], output);
        else if (Encoding == Utf16BigEndian) Encode(whole, System.Text.Encoding.BigEndianUnicode, [0xFE, 0xFF], output);
        else Encode(whole, Encoding == Latin1, HasByteOrderMark, output);
    }

    public static void Encode(StringBuilder whole, bool isLatin1, bool hasByteOrderMark, Stream output) => Encode(
        whole,
        isLatin1 && FitsLatin1(whole) ? System.Text.Encoding.Latin1 : Utf8WithReplacement,
        hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : [],
        output);

    static readonly UTF8Encoding Utf8WithReplacement = new(encoderShouldEmitUTF8Identifier: false);

    static bool FitsLatin1(StringBuilder whole)
    {
        foreach (var chunk in whole.GetChunks())
        {
            if (chunk.Span.ContainsAnyExceptInRange('\0', '\xFF')) return false;
        }

        return true;
    }

    static void Encode(StringBuilder whole, Encoding encoding, ReadOnlySpan<byte> mark, Stream output)
    {
        output.Write(mark);
        var encoder = encoding.GetEncoder();
        var room = ArrayPool<byte>.Shared.Rent(1 << 15);
        foreach (var chunk in whole.GetChunks())
        {
            for (var rest = chunk.Span; rest.Length > 0;)
            {
                encoder.Convert(rest, room, flush: false, out var used, out var written, out _);
                output.Write(room, 0, written);
                rest = rest[used..];
            }
        }

        encoder.Convert([], room, flush: true, out _, out var last, out _);
        output.Write(room, 0, last);
        ArrayPool<byte>.Shared.Return(room);
    }

    static string Encoding16(ReadOnlySpan<byte> bytes, bool bigEndian, DiagnosticBag diagnostics)
    {
        diagnostics.Note(DiagnosticCodes.EdlEncoding, "line 1", "The list is UTF-16; without the list it came from it is written back as UTF-8.");
        return (bigEndian ? System.Text.Encoding.BigEndianUnicode : System.Text.Encoding.Unicode).GetString(bytes[2..]);
    }

    static string LocationOfFirstBadLine(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes[range])) break;
            line++;
        }

        return $"line {line}";
    }

    static EdlText Split(string text, string encoding, bool marked)
    {
        const int usualLine = 40;
        var lines = new List<EdlTextLine>((text.Length / usualLine) + 1);
        int crlf = 0, lf = 0, cr = 0;
        for (var start = 0; ;)
        {
            var rest = text.AsSpan(start);
            var end = rest.IndexOfAny('\r', '\n');
            // Some DOS programs end a text file with Ctrl-Z or pad it with zero bytes.
            var length = (end < 0 ? rest : rest[..end]).TrimEnd(" \t\x1A\0").Length;
            if (end < 0)
            {
                lines.Add(new(start, length, text.Length));
                break;
            }

            var isPair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
            if (isPair) crlf++;
            else if (rest[end] == '\n') lf++;
            else cr++;
            var next = start + end + (isPair ? 2 : 1);
            lines.Add(new(start, length, next));
            start = next;
        }

        var lineEnd = lf > crlf && lf >= cr ? "\n" : cr > crlf ? "\r" : "\r\n";
        return new(text, lines, lineEnd, encoding, marked);
    }
}
