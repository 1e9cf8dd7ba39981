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
/// <para>
/// There are two hashes. <see cref="Hash(OtioValue)"/> is SHA-256 over these bytes: what an object store files them under.
/// <see cref="OtioObject.Hash"/> is SHA-256 over the <em>node form</em> of an object: the byte 0x01 (kind and version), then
/// its canonical bytes in which every object in its own list <c>children</c>, and the object in its own field <c>tracks</c>,
/// is replaced by <c>#</c> and the 32 bytes of that object's own hash. Only these two fields of the object itself are
/// replaced; everything else, metadata above all, stands there whole. No JSON value begins with <c>#</c> and no canonical
/// form with 0x01, so different objects have different node forms and neither hash can be taken for the other. A timeline's
/// hash is thus computed from stack to track to clip, and a changed clip costs itself and the lists above it.
/// </para>
/// </summary>
public static class CanonicalForm
{
    /// <summary>Up to this many, moving fields one by one beats sorting.</summary>
    const int FewFields = 24;

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

    /// <summary>Reads what <see cref="BytesOf"/> wrote; well-formed JSON that nobody put in canonical form is taken too.</summary>
    /// <exception cref="InterchangeFormatException">The bytes are no JSON value.</exception>
    internal static OtioValue Parse(ReadOnlyMemory<byte> json, TextCache texts) => new OtioReading(json, texts, new DiagnosticBag()).ReadWhole();

    public static ContentHash Hash(OtioDocument document) => Hash(document.Root);

    public static ContentHash Hash(OtioValue value)
    {
        using var hashing = new HashingOutput();
        Write(value, hashing);
        return hashing.Finish();
    }

    internal static void WriteValue(OtioValue value, ref JsonOutput json)
    {
        switch (value)
        {
            case OtioObject { Raw: { } raw }: WriteRaw(raw, ref json); break;
            case OtioObject node: WriteObject(node, ref json); break;
            case OtioArray list: WriteArray(list, ref json); break;
            case OtioNumber number: json.Ascii(number.CanonicalLexeme()); break;
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

    static void WriteRaw(RawObject raw, ref JsonOutput json)
    {
        using var canonical = new PooledOutput();
        RawCanonical.Write(raw, canonical);
        json.Utf8(canonical.Written);
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
            if (sorted.Length <= FewFields) InsertInOrder(sorted, i);
            else sorted.AsSpan().Sort((a, b) => CompareCodePoints(a.Name, b.Name));
            return sorted;
        }

        return fields;
    }

    /// <param name="sorted">So many fields are in order.</param>
    static void InsertInOrder(Span<OtioField> fields, int sorted)
    {
        for (; sorted < fields.Length; sorted++)
        {
            var field = fields[sorted];
            var place = sorted;
            while (place > 0 && CompareCodePoints(fields[place - 1].Name, field.Name) > 0)
            {
                fields[place] = fields[place - 1];
                place--;
            }

            fields[place] = field;
        }
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
