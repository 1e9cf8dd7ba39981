using System.Collections.Immutable;
using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Ale;

/// <summary>Avid log exchange: a table of clips, one line each, without a sequence.</summary>
public sealed class AleFormat : ITimelineFormat
{
    public string Name => "ale";

    public ImmutableArray<string> Extensions => [".ale"];

    /// <summary>A line <c>Heading</c> first, and the heading's statements or the next section after it.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head is [0xEF, 0xBB, 0xBF, ..] ? head[3..] : head).AsSpan().TrimStart();
        if (!text.StartsWith(AleLog.Heading, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = text[AleLog.Heading.Length..];
        return rest.TrimStart(" \t").StartsWith("\r") || rest.TrimStart(" \t").StartsWith("\n");
    }

    public Imported Read(Stream input, ReadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        using var bytes = LentBytes.Read(input, options.FileName, "an Avid log");
        var log = AleLog.Parse(AleText.Decode(bytes.Span, diagnostics), options.FileName, diagnostics);
        var document = new AleReader(log, options, diagnostics).Read();
        return new(document, diagnostics.ToImmutable());
    }

    public ImmutableArray<Diagnostic> Write(OtioDocument document, Stream output, WriteOptions options)
    {
        var diagnostics = new DiagnosticBag();
        new AleWriter(document, diagnostics).Write(output, options.Original.Span);
        return diagnostics.ToImmutable();
    }
}
