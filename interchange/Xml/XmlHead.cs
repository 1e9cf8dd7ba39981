using System.Buffers;
using System.Text;

namespace CineGit.Interchange.Xml;

/// <summary>What the first bytes of a file say of the XML in it.</summary>
internal static class XmlHead
{
    static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>[");

    /// <summary>The name in the document type, else of the first element; empty for XML that does not come to it; null for no XML.</summary>
    public static string? RootOf(ReadOnlySpan<byte> head)
    {
        var text = Decode(head).TrimStart(" \t\r\n\uFEFF");
        if (!text.StartsWith('<')) return null;
        while (text.StartsWith("<?") || text.StartsWith("<!--"))
        {
            var close = text.StartsWith("<?") ? "?>" : "-->";
            var end = text.IndexOf(close);
            if (end < 0) return "";
            text = text[(end + close.Length)..].TrimStart();
        }

        if (text.StartsWith("<!DOCTYPE")) text = text["<!DOCTYPE".Length..].TrimStart();
        else if (text.StartsWith('<')) text = text[1..];
        else return "";
        var length = text.IndexOfAny(NameEnds);
        return (length < 0 ? text : text[..length]).ToString();
    }

    static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head[2..]),
        [(byte)'<', 0, ..] => Encoding.Unicode.GetString(head),
        [0, (byte)'<', ..] => Encoding.BigEndianUnicode.GetString(head),
        _ => Encoding.Latin1.GetString(head is [0xEF, 0xBB, 0xBF, ..] ? head[3..] : head),
    };
}
