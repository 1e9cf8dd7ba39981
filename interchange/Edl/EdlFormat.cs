using System.Collections.Immutable;
using CineGit.Interchange.Edl.Original;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>CMX 3600 edit decision lists and the dialects that grew from them.</summary>
public sealed class EdlFormat : ITimelineFormat
{
    public string Name => "edl";

    public ImmutableArray<string> Extensions => [".edl"];

    /// <summary>A title, a frame code statement or an event line among the first lines that say anything.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        const int linesToTry = 20;
        if (head.StartsWith("<"u8) || head.StartsWith("{"u8)) return false;
        var text = EdlText.Decode(head, new DiagnosticBag());
        return Enumerable.Range(0, text.Lines.Count)
            .Select(i => EdlLine.Parse(text.Said(i), i + 1))
            .Where(l => l is not EdlLine.Blank)
            .Take(linesToTry)
            .Any(l => l is EdlLine.Event or EdlLine.Note(EdlNote.Title or EdlNote.FrameCode));
    }

    public Imported Read(Stream input, ReadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        using var bytes = LentBytes.Read(input, options.FileName, "an edit decision list");
        var text = EdlText.Decode(bytes.Span, diagnostics);
        var list = new EdlParser(diagnostics).Parse(text);
        var clock = EdlClock.For(list, options.Rate, diagnostics);
        var document = new EdlReader(list, text, clock, diagnostics).Read(options);
        return new(document, diagnostics.ToImmutable());
    }

    public ImmutableArray<Diagnostic> Write(OtioDocument document, Stream output, WriteOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var composition = EdlComposition.Of(document, diagnostics);
        if (!Revision.TryWrite(options.Original, composition, output)) new EdlWriter(composition).Write(output);
        return diagnostics.ToImmutable();
    }
}
