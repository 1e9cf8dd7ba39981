using System.Collections.Immutable;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Final Cut Pro 7's XML (xmeml 1 to 5), which Premiere, Resolve, Lightworks and others write and read.</summary>
public sealed class Fcp7XmlFormat : ITimelineFormat
{
    /// <summary>Items of a track count in their order; a ripple changes where they are and their place among the others.</summary>
    internal static readonly XmlDialect Dialect = new(
        new XmlNames("track", "children", "bin", "project", "xmeml"), new XmlNames("start", "end", "clipindex"), new XmlNames("@id"));

    public string Name => "fcp7xml";

    public ImmutableArray<string> Extensions => [".xml"];

    public bool Recognizes(ReadOnlySpan<byte> head) => XmlHead.RootOf(head) == "xmeml";

    public Imported Read(Stream input, ReadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        using var tree = XmlTree.Parse(Bytes.ReadAllMemory(input));
        var document = new Fcp7XmlReader(tree, diagnostics).Read(options);
        return new(document, diagnostics.ToImmutable());
    }

    public ImmutableArray<Diagnostic> Write(OtioDocument document, Stream output, WriteOptions options)
    {
        var diagnostics = new DiagnosticBag();
        using var writer = new Fcp7XmlWriter(document, diagnostics, options.Original.IsEmpty ? "\t" : XmlWeave.IndentOf(options.Original));
        var made = writer.Write();
        output.Write((options.Original.IsEmpty ? made : XmlWeave.Weave(options.Original, made, Dialect)).Span);
        return diagnostics.ToImmutable();
    }
}
