using System.Text;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Ale;

/// <summary>A line and how it ends: CR LF, LF, CR, or nothing at the end of the file.</summary>
internal readonly record struct AleLine(string Text, string End)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}

/// <summary>The lines of a log, and what is needed to write them the same way.</summary>
internal sealed record AleText(IReadOnlyList<AleLine> Lines, bool IsLatin1, bool HasByteOrderMark)
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string LineEnd => Lines.Count > 0 && Lines[0].End.Length > 0 ? Lines[0].End : "\n";

    public static AleText Decode(ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        var marked = bytes is [0xEF, 0xBB, 0xBF, ..];
        if (marked) bytes = bytes[3..];
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return new(Split(Utf8.GetString(bytes)), false, marked);
        diagnostics.Warn(DiagnosticCodes.AleEncoding, "", "The log is not UTF-8 and was read as Latin-1; check names with accents.");
        return new(Split(Encoding.Latin1.GetString(bytes)), true, marked);
    }

    public static void Encode(StringBuilder whole, bool isLatin1, bool hasByteOrderMark, Stream output)
    {
        var text = whole.ToString();
        if (hasByteOrderMark) output.Write([0xEF, 0xBB, 0xBF]);
        output.Write(isLatin1 && !text.AsSpan().ContainsAnyExceptInRange('\0', '\xFF') ? Encoding.Latin1.GetBytes(text) : Utf8.GetBytes(text));
    }

    static List<AleLine> Split(string text)
    {
        var lines = new List<AleLine>();
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            if (length < 0)
            {
                lines.Add(new(text[start..], ""));
                break;
            }

            var end = start + length;
            var isPair = text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n';
            lines.Add(new(text[start..end], isPair ? "\r\n" : text[end] == '\r' ? "\r" : "\n"));
            start = end + (isPair ? 2 : 1);
        }

        return lines;
    }
}
