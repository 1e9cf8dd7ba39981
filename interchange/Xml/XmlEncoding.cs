using System.Text;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Xml;

/// <summary>How the bytes of an XML file become UTF-8 and become themselves again: by byte order mark, else by declaration, else UTF-8.</summary>
/// <param name="Other">Null for UTF-8.</param>
/// <param name="Mark">The byte order mark the file began with.</param>
internal sealed record XmlEncoding(Encoding? Other, ReadOnlyMemory<byte> Mark)
{
    /// <summary>The declaration has to be within the first bytes of a file to count.</summary>
    const int LongestDeclaration = 256;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="InterchangeFormatException">The bytes are not of the encoding they claim, or it is not known here.</exception>
    public static (XmlEncoding Encoding, ReadOnlyMemory<byte> Text) Decode(ReadOnlyMemory<byte> file)
    {
        var encoding = Of(file);
        var content = file[encoding.Mark.Length..];
        try
        {
            if (encoding.Other is { } other) return (encoding, Utf8.GetBytes(other.GetString(content.Span)));
        }
        catch (ArgumentException e)
        {
            throw new InterchangeFormatException($"The file says that it is {encoding.Other?.WebName}, and its bytes are not; export it again.", "line 1", e);
        }

        if (!System.Text.Unicode.Utf8.IsValid(content.Span))
            throw new InterchangeFormatException("The file has bytes that are not UTF-8 and names no other encoding; export it again.", LineOfFirstBadBytes(content.Span));
        return (encoding, content);
    }

    public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> text)
    {
        if (Other is null && Mark.IsEmpty) return text;
        var bytes = Other is null ? text : Other.GetBytes(Utf8.GetString(text.Span));
        byte[] marked = [.. Mark.Span, .. bytes.Span];
        return marked;
    }

    static XmlEncoding Of(ReadOnlyMemory<byte> file) => file.Span switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new(null, file[..3]),
        [0xFF, 0xFE, ..] => new(Strict("utf-16"), file[..2]),
        [0xFE, 0xFF, ..] => new(Strict("utf-16BE"), file[..2]),
        [(byte)'<', 0, ..] => new(Strict("utf-16"), default),
        [0, (byte)'<', ..] => new(Strict("utf-16BE"), default),
        var head => new(Declared(head), default),
    };

    static Encoding? Declared(ReadOnlySpan<byte> file)
    {
        var head = System.Text.Encoding.Latin1.GetString(file[..Math.Min(file.Length, LongestDeclaration)]);
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        if (!head.StartsWith("<?xml", StringComparison.Ordinal) || end < 0) return null;
        var at = head.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0 || at > end) return null;
        var quoted = head[(at + "encoding".Length)..end].Trim().TrimStart('=').Trim().Split('"', '\'');
        return quoted is [_, var name, ..] && !IsUtf8(name) ? Strict(name) : null;
    }

    /// <summary>An ASCII file is UTF-8 as it stands; one that says UTF-16 in single bytes is not what it says, and is UTF-8 if it reads as that.</summary>
    static bool IsUtf8(string name) => name.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII" or "ASCII" or "UTF-16";

    static Encoding Strict(string name)
    {
        try
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));
        }
        catch (ArgumentException e)
        {
            throw new InterchangeFormatException($"The file is in the encoding {name}, which is not known here; save it as UTF-8.", "line 1", e);
        }
    }

    static string LineOfFirstBadBytes(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes[range])) break;
            line++;
        }

        return $"line {line}";
    }
}
