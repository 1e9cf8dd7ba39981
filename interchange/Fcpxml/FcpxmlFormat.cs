using System.Collections.Immutable;
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
    public bool Recognizes(ReadOnlySpan<byte> head) => XmlHead.RootOf(head) == Root;

    public Imported Read(Stream input, ReadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        using var tree = XmlTree.Parse(Bytes.ReadAllMemory(input));
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
        try
        {
            using var writer = new FcpxmlWriter(document, diagnostics);
            var made = writer.Write();
            output.Write((options.Original.IsEmpty ? made : XmlWeave.Weave(options.Original, made, FcpxmlDialect.Value)).Span);
            return diagnostics.ToImmutable();
        }
        catch (OverflowException e)
        {
            throw new InterchangeFormatException("The times of the cut add up to more than any timeline holds.", "", e);
        }
    }
}
