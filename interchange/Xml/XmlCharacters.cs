using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Xml;

/// <summary>Text as it stands in the file to the characters it means (XML 1.0, 2.11, 3.3.3, 4.6).</summary>
internal static class XmlCharacters
{
    /// <summary>What makes text mean something else than it is: references, CDATA sections, carriage returns.</summary>
    static readonly SearchValues<byte> Marks = SearchValues.Create("&<\r"u8);

    static readonly SearchValues<byte> AttributeMarks = SearchValues.Create("&\r\n\t"u8);

    public static bool IsPlain(ReadOnlySpan<byte> text) => !text.ContainsAny(Marks);

    public static bool IsPlainValue(ReadOnlySpan<byte> value) => !value.ContainsAny(AttributeMarks);

    /// <exception cref="InterchangeFormatException">There is a reference to something that XML itself does not define.</exception>
    public static void RequireKnownEntities(ReadOnlySpan<byte> text, int from, int to)
    {
        var at = from;
        while (true)
        {
            var found = text[at..to].IndexOfAny((byte)'&', (byte)'<');
            if (found < 0) return;
            at += found;
            if (text[at] == (byte)'<')
            {
                at = AfterCData(text, at);
                continue;
            }

            if (Reference(text[at..to], out var length) is null)
                throw XmlLines.Fault(text, "an & does not begin one of the references that XML itself has (&amp; &lt; &gt; &quot; &apos; &#10;); entities of the file's own are not read", at);
            at += length;
        }
    }

    /// <summary>The text of an element, its CDATA sections opened, line ends as line feeds.</summary>
    public static string Text(ReadOnlySpan<byte> text) => IsPlain(text) ? Encoding.UTF8.GetString(text) : Opened(text, isValue: false);

    /// <summary>The value of an attribute; line ends and tabs are blanks there.</summary>
    public static string Value(ReadOnlySpan<byte> value) => IsPlainValue(value) ? Encoding.UTF8.GetString(value) : Opened(value, isValue: true);

    static string Opened(ReadOnlySpan<byte> text, bool isValue)
    {
        var opened = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(isValue ? AttributeMarks : Marks);
            opened.Append(Encoding.UTF8.GetString(plain < 0 ? text : text[..plain]));
            if (plain < 0) break;
            text = text[(plain + OpenMark(text[plain..], opened, isValue))..];
        }

        return opened.ToString();
    }

    /// <returns>How many bytes the mark has.</returns>
    static int OpenMark(ReadOnlySpan<byte> text, StringBuilder opened, bool isValue)
    {
        switch (text[0])
        {
            case (byte)'\r':
                opened.Append(isValue ? ' ' : '\n');
                return text.Length > 1 && text[1] == (byte)'\n' ? 2 : 1;
            case (byte)'<':
                var end = AfterCData(text, 0);
                opened.Append(Encoding.UTF8.GetString(text["<![CDATA[".Length..(end - "]]>".Length)]).ReplaceLineEndings("\n"));
                return end;
            case (byte)'&':
                opened.Append(Reference(text, out var length));
                return length;
            default:
                opened.Append(' ');
                return 1;
        }
    }

    static int AfterCData(ReadOnlySpan<byte> text, int at) => at + text[at..].IndexOf("]]>"u8) + "]]>".Length;

    /// <summary>What a reference at the start of the text stands for; null when it is none.</summary>
    static string? Reference(ReadOnlySpan<byte> text, out int length)
    {
        const int longest = 12;
        length = text[..Math.Min(text.Length, longest)].IndexOf((byte)';') + 1;
        if (length < 3) return null;
        var name = text[1..(length - 1)];
        if (name[0] == (byte)'#') return Numbered(name[1..]);
        if (name.SequenceEqual("amp"u8)) return "&";
        if (name.SequenceEqual("lt"u8)) return "<";
        if (name.SequenceEqual("gt"u8)) return ">";
        if (name.SequenceEqual("quot"u8)) return "\"";
        return name.SequenceEqual("apos"u8) ? "'" : null;
    }

    static string? Numbered(ReadOnlySpan<byte> digits)
    {
        var isHex = digits is [(byte)'x', ..];
        if (isHex) digits = digits[1..];
        var isNumber = Utf8Parser.TryParse(digits, out int code, out var used, isHex ? 'x' : 'D') && used == digits.Length && !digits.IsEmpty;
        return isNumber && code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : null;
    }
}
