using System.Collections.Immutable;
using System.Text;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Final Cut Pro's FCPXML, versions 1.5 to 1.14, and the <c>Info.fcpxml</c> in a bundle.</summary>
public sealed class FcpxmlFormat : ITimelineFormat
{
    const string Root = "fcpxml";

    public string Name => Root;

    public ImmutableArray<string> Extensions => [".fcpxml", ".fcpxmld"];

    /// <summary>An XML file whose first element, or whose document type, is <c>fcpxml</c>.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        var text = FcpxmlHead.Decode(head).TrimStart(" \t\r\n\uFEFF");
        while (text.StartsWith("<?") || text.StartsWith("<!--"))
        {
            var close = text.StartsWith("<?") ? "?>" : "-->";
            var end = text.IndexOf(close);
            if (end < 0) return false;
            text = text[(end + close.Length)..].TrimStart();
        }

        if (text.StartsWith("<!DOCTYPE")) text = text["<!DOCTYPE".Length..].TrimStart();
        else if (text.StartsWith("<")) text = text[1..];
        else return false;
        return text.StartsWith(Root) && (text.Length == Root.Length || !char.IsLetterOrDigit(text[Root.Length]));
    }

    public Imported Read(Stream input, ReadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var tree = XmlTree.Parse(Bytes.ReadAllMemory(input));
        try
        {
            return new(new FcpxmlReader(tree, options, diagnostics).Read(), diagnostics.ToImmutable());
        }
        catch (OverflowException e)
        {
            // Each time alone is within range; sums of absurd ones need not be.
            throw new InterchangeFormatException($"The times in {options.FileName} add up to more than any timeline holds.", tree.Root.Place, e);
        }
    }

    public ImmutableArray<Diagnostic> Write(OtioDocument document, Stream output, WriteOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var made = Made(document, diagnostics);
        output.Write((options.Original.IsEmpty ? made : XmlWeave.Weave(options.Original, made, FcpxmlDialect.Value)).Span);
        return diagnostics.ToImmutable();
    }

    static ReadOnlyMemory<byte> Made(OtioDocument document, DiagnosticBag diagnostics)
    {
        try
        {
            return new FcpxmlWriter(document, diagnostics).Write();
        }
        catch (OverflowException e)
        {
            throw new InterchangeFormatException("The times of the cut add up to more than any timeline holds.", "", e);
        }
    }
}

internal static class FcpxmlHead
{
    public static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head[2..]),
        _ => Encoding.Latin1.GetString(head is [0xEF, 0xBB, 0xBF, ..] ? head[3..] : head),
    };
}

internal static class FcpxmlDialect
{
    /// <summary>What plays after what is told by order in storylines only; everywhere else by lane and offset.</summary>
    public static readonly XmlDialect Value = new(
        new XmlNames("spine", "mc-angle", "audition", "text"),
        new XmlNames("@offset"),
        new XmlNames("@id", "@name"));
}
