using System.Text;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>The bytes of a list as lines, and what is needed to write them the same way.</summary>
/// <param name="Lines">Without their line ends and without trailing blanks.</param>
/// <param name="LineEnd"><c>\r\n</c>, <c>\n</c> or <c>\r</c>: the one used most.</param>
/// <param name="Encoding"><c>utf-8</c>, <c>latin-1</c> or <c>utf-16</c>.</param>
/// <param name="HasByteOrderMark">True when a UTF-8 list began with a byte order mark.</param>
internal sealed record EdlText(string[] Lines, string LineEnd, string Encoding, bool HasByteOrderMark)
{
    public const string Latin1 = "latin-1";

    public const string Utf8 = "utf-8";

    const string Utf16 = "utf-16";

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static EdlText Decode(ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Split(Encoding16(bytes, bigEndian: false, diagnostics), Utf16, false);
        if (bytes is [0xFE, 0xFF, ..]) return Split(Encoding16(bytes, bigEndian: true, diagnostics), Utf16, false);
        var marked = bytes is [0xEF, 0xBB, 0xBF, ..];
        if (marked) bytes = bytes[3..];
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return Split(StrictUtf8.GetString(bytes), Utf8, marked);

        diagnostics.Warn(
            DiagnosticCodes.EdlEncoding,
            LocationOfFirstBadLine(bytes),
            "The list is not UTF-8 and was read as Latin-1; check names with accents.");
        return Split(System.Text.Encoding.Latin1.GetString(bytes), Latin1, marked);
    }

    static string Encoding16(ReadOnlySpan<byte> bytes, bool bigEndian, DiagnosticBag diagnostics)
    {
        diagnostics.Note(DiagnosticCodes.EdlEncoding, "line 1", "The list is UTF-16; it is written back as UTF-8.");
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
        var lines = new List<string>();
        int crlf = 0, lf = 0, cr = 0;
        var rest = text.AsSpan();
        while (true)
        {
            var end = rest.IndexOfAny('\r', '\n');
            // Some DOS programs end a text file with Ctrl-Z or pad it with zero bytes.
            lines.Add((end < 0 ? rest : rest[..end]).TrimEnd(" \t\x1A\0").ToString());
            if (end < 0) break;
            var isPair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
            if (isPair) crlf++;
            else if (rest[end] == '\n') lf++;
            else cr++;
            rest = rest[(end + (isPair ? 2 : 1))..];
        }

        var lineEnd = lf > crlf && lf >= cr ? "\n" : cr > crlf ? "\r" : "\r\n";
        return new([.. lines], lineEnd, encoding, marked);
    }
}
