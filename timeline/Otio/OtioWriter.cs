using System.Buffers;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>How .otio text is laid out; it says the same either way.</summary>
public enum OtioLayout
{
    /// <summary>As OpenTimelineIO does: a line for every value, four spaces a level, LF.</summary>
    Lines,

    /// <summary>All in one line without spaces, as programs write that save room.</summary>
    OneLine,
}

/// <summary>
/// Writes .otio text the way OpenTimelineIO lays it out: document order, four spaces, LF. Number lexemes are written as
/// they were read, so a document that nobody changed comes back with the same values to the last digit.
/// </summary>
public static class OtioWriter
{
    internal const int Indent = 4;

    /// <exception cref="InterchangeFormatException">A number is not finite, and <paramref name="nonFinite"/> says to refuse it; nothing was written.</exception>
    public static void Write(OtioDocument document, IBufferWriter<byte> output, NonFinite nonFinite = NonFinite.Keep, OtioLayout layout = OtioLayout.Lines)
    {
        if (nonFinite == NonFinite.Refuse) NonFiniteNumbers.Refuse(document.Root);
        var json = new JsonOutput(output, layout == OtioLayout.Lines);
        WriteValue(document.Root, 0, ref json);
        json.NewLine(0);
        json.Complete();
    }

    /// <summary>Piece by piece to a stream, which stays open, so that no whole file is held beside the document.</summary>
    /// <exception cref="InterchangeFormatException">As above.</exception>
    public static void Write(OtioDocument document, Stream output, NonFinite nonFinite = NonFinite.Keep, OtioLayout layout = OtioLayout.Lines)
    {
        using var pieces = new StreamOutput(output);
        Write(document, pieces, nonFinite, layout);
        pieces.Flush();
    }

    static void WriteValue(OtioValue value, int indent, ref JsonOutput json)
    {
        switch (value)
        {
            case OtioObject { Raw: { } raw }: RawLayout.Write(raw, indent, ref json); break;
            case OtioObject node: WriteObject(node, indent, ref json); break;
            case OtioArray list: WriteArray(list, indent, ref json); break;
            case OtioNumber number: json.Ascii(number.Lexeme); break;
            default: JsonScalar.Write(value, ref json); break;
        }
    }

    static void WriteObject(OtioObject node, int indent, ref JsonOutput json)
    {
        if (node.Fields.IsEmpty)
        {
            json.Utf8("{}"u8);
            return;
        }

        json.Byte((byte)'{');
        var isFirst = true;
        foreach (var field in node.Fields)
        {
            if (!isFirst) json.Byte((byte)',');
            isFirst = false;
            json.NewLine(indent + Indent);
            json.Quoted(field.Name);
            json.Colon();
            WriteValue(field.Value, indent + Indent, ref json);
        }

        json.NewLine(indent);
        json.Byte((byte)'}');
    }

    static void WriteArray(OtioArray list, int indent, ref JsonOutput json)
    {
        if (list.Items.IsEmpty)
        {
            json.Utf8("[]"u8);
            return;
        }

        json.Byte((byte)'[');
        var isFirst = true;
        foreach (var item in list.Items)
        {
            if (!isFirst) json.Byte((byte)',');
            isFirst = false;
            json.NewLine(indent + Indent);
            WriteValue(item, indent + Indent, ref json);
        }

        json.NewLine(indent);
        json.Byte((byte)']');
    }
}
