using System.Buffers;
using System.Text;

namespace CineGit.Interchange.Xml;

/// <summary>The document type declaration: only its name is looked at.</summary>
internal static class XmlDoctype
{
    static readonly SearchValues<byte> Marks = SearchValues.Create("\"'[]>"u8);
    static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n[>"u8);

    /// <returns>The root's name and the place after the declaration.</returns>
    public static (string Name, int End) Skip(ReadOnlySpan<byte> text, int start)
    {
        var at = start + "<!DOCTYPE".Length;
        var head = text[at..].TrimStart(" \t\r\n"u8);
        var name = head[..Math.Max(head.IndexOfAny(NameEnds), 0)];
        var inSubset = false;
        while (at < text.Length)
        {
            var found = text[at..].IndexOfAny(Marks);
            if (found < 0) break;
            at += found;
            switch (text[at])
            {
                case (byte)'[':
                    inSubset = true;
                    break;
                case (byte)']':
                    inSubset = false;
                    break;
                case (byte)'>' when !inSubset:
                    return (Encoding.UTF8.GetString(name), at + 1);
                case (byte)'"' or (byte)'\'':
                    at = AfterQuote(text, at);
                    break;
            }

            at++;
        }

        throw XmlLines.Fault(text, "the document type is not closed", start);
    }

    static int AfterQuote(ReadOnlySpan<byte> text, int at)
    {
        var length = text[(at + 1)..].IndexOf(text[at]);
        return length < 0 ? text.Length : at + 1 + length;
    }
}
