using System.Text;

namespace CineGit.Timeline.Objects;

/// <summary>Strings: UTF-8 where it can be, UTF-16 units where a lone surrogate keeps them from being UTF-8.</summary>
static class Texts
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(ByteWriter output, string text)
    {
        if (HasLoneSurrogate(text))
        {
            output.Unsigned((ulong)text.Length << 1 | 1);
            foreach (var unit in text) output.Fixed(unit);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        output.Unsigned((ulong)length << 1);
        Encoding.UTF8.GetBytes(text, output.Take(length));
    }

    public static string Read(ref ByteReader input)
    {
        var head = input.Unsigned();
        var length = (int)Math.Min(head >> 1, int.MaxValue / 2);
        if ((head & 1) == 0) return Decode(input.Bytes(length));
        return string.Create(length, input.Bytes(length * 2).ToArray(), (chars, units) =>
        {
            for (var i = 0; i < chars.Length; i++) chars[i] = (char)(units[2 * i] | units[2 * i + 1] << 8);
        });
    }

    static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new CorruptObjectException("a text is not UTF-8");
        }
    }

    static bool HasLoneSurrogate(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
