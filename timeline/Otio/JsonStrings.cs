using System.Buffers;
using System.Globalization;

namespace CineGit.Timeline.Otio;

/// <summary>JSON text to characters. Lone surrogates written as <c>\uD800</c> and <c>\u0000</c> survive, as C# strings hold them.</summary>
static class JsonStrings
{
    /// <summary>False when the bytes are not UTF-8 or an escape is none; <paramref name="badAt"/> is where.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> raw, bool hasEscapes, out string text, out int badAt)
    {
        text = "";
        var chars = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            var ok = hasEscapes
                ? TryUnescape(raw, chars, out var length, out badAt)
                : TryTranscode(raw, chars, out length, out badAt);
            if (ok) text = new string(chars, 0, length);
            return ok;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    static bool TryTranscode(ReadOnlySpan<byte> raw, Span<char> chars, out int length, out int badAt)
    {
        var status = System.Text.Unicode.Utf8.ToUtf16(raw, chars, out badAt, out length, replaceInvalidSequences: false);
        return status == OperationStatus.Done;
    }

    static bool TryUnescape(ReadOnlySpan<byte> raw, Span<char> chars, out int length, out int badAt)
    {
        length = 0;
        badAt = 0;
        while (badAt < raw.Length)
        {
            var plain = raw[badAt..].IndexOf((byte)'\\');
            var run = plain < 0 ? raw[badAt..] : raw.Slice(badAt, plain);
            if (!TryTranscode(run, chars[length..], out var written, out var read))
            {
                badAt += read;
                return false;
            }

            length += written;
            badAt += run.Length;
            if (plain < 0) return true;
            if (!TryEscape(raw[badAt..], out chars[length], out var used)) return false;
            length++;
            badAt += used;
        }

        return true;
    }

    static bool TryEscape(ReadOnlySpan<byte> escape, out char character, out int used)
    {
        used = 2;
        character = (char)escape[1];
        switch (escape[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/': return true;
            case (byte)'b': character = '\b'; return true;
            case (byte)'f': character = '\f'; return true;
            case (byte)'n': character = '\n'; return true;
            case (byte)'r': character = '\r'; return true;
            case (byte)'t': character = '\t'; return true;
            case (byte)'u' when escape.Length >= 6:
                used = 6;
                var isHex = ushort.TryParse(
                    escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit);
                character = (char)unit;
                return isHex;
            default: return false;
        }
    }
}
