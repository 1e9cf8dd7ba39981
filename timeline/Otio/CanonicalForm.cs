using System.Buffers;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Otio;

/// <summary>
/// One sequence of bytes per value, the same on every machine: what is hashed, stored and sent.
/// <list type="bullet">
/// <item>UTF-8 JSON without white space, without a byte order mark, without a final line feed.</item>
/// <item>An object's fields in the order of their names' code points, which is the order of their UTF-8 bytes; a lone
/// surrogate counts as the last of all characters outside the surrogate pairs.</item>
/// <item>Strings escape <c>"</c>, <c>\</c>, control characters (<c>\b \f \n \r \t</c>, others <c>\u001f</c> in lower-case
/// hexadecimal) and lone surrogates (<c>\ud800</c>), nothing else.</item>
/// <item>Numbers as <see cref="OtioNumber.CanonicalLexeme"/> spells them; <c>NaN</c>, <c>Infinity</c> and
/// <c>-Infinity</c> bare, as OTIO does.</item>
/// <item>Lists in order. Nothing is left out: a field with a default value differs from no field.</item>
/// </list>
/// Two values have equal canonical bytes exactly when they are equal, and reading the bytes gives an equal value.
/// </summary>
public static class CanonicalForm
{
    public static void Write(OtioDocument document, IBufferWriter<byte> output) => Write(document.Root, output);

    public static void Write(OtioValue value, IBufferWriter<byte> output)
    {
        var json = new JsonOutput(output);
        WriteValue(value, ref json);
        json.Complete();
    }

    public static byte[] BytesOf(OtioValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="BytesOf"/> wrote.</summary>
    /// <exception cref="InterchangeFormatException">The bytes are no JSON value.</exception>
    public static OtioValue Parse(ReadOnlyMemory<byte> canonical) => new OtioReading(canonical.Span, new DiagnosticBag()).ReadWhole();

    public static ContentHash Hash(OtioDocument document) => Hash(document.Root);

    public static ContentHash Hash(OtioValue value)
    {
        using var hashing = new HashingOutput();
        Write(value, hashing);
        return hashing.Finish();
    }

    static void WriteValue(OtioValue value, ref JsonOutput json)
    {
        switch (value)
        {
            case OtioObject node: WriteObject(node, ref json); break;
            case OtioArray list: WriteArray(list, ref json); break;
            case OtioNumber number: json.Plain(number.CanonicalLexeme()); break;
            default: JsonScalar.Write(value, ref json); break;
        }
    }

    static void WriteObject(OtioObject node, ref JsonOutput json)
    {
        json.Byte((byte)'{');
        var isFirst = true;
        foreach (var field in Sorted(node.Fields.AsSpan()))
        {
            if (!isFirst) json.Byte((byte)',');
            isFirst = false;
            json.Quoted(field.Name);
            json.Byte((byte)':');
            WriteValue(field.Value, ref json);
        }

        json.Byte((byte)'}');
    }

    static void WriteArray(OtioArray list, ref JsonOutput json)
    {
        json.Byte((byte)'[');
        var isFirst = true;
        foreach (var item in list.Items)
        {
            if (!isFirst) json.Byte((byte)',');
            isFirst = false;
            WriteValue(item, ref json);
        }

        json.Byte((byte)']');
    }

    internal static ReadOnlySpan<OtioField> Sorted(ReadOnlySpan<OtioField> fields)
    {
        for (var i = 1; i < fields.Length; i++)
        {
            if (CompareCodePoints(fields[i - 1].Name, fields[i].Name) <= 0) continue;
            var sorted = fields.ToArray();
            sorted.AsSpan().Sort((a, b) => CompareCodePoints(a.Name, b.Name));
            return sorted;
        }

        return fields;
    }

    /// <summary>UTF-16 units sort like code points but for surrogates, which come before U+E000 and mean more than U+FFFF.</summary>
    internal static int CompareCodePoints(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length) return a.Length - b.Length;
        return Rank(a[same]) - Rank(b[same]);

        static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
