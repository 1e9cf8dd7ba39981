using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Otio;

/// <summary>OpenTimelineIO's own JSON; everything in it is kept.</summary>
public sealed class OtioFormat : ITimelineFormat
{
    public string Name => "otio";

    public ImmutableArray<string> Extensions => [".otio"];

    /// <summary>A JSON object that names an OTIO schema near its start.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        if (head is [0xEF, 0xBB, 0xBF, ..]) head = head[3..];
        return head.TrimStart(" \t\r\n"u8).StartsWith("{"u8) && head.IndexOf("\"OTIO_SCHEMA\""u8) >= 0;
    }

    public Imported Read(Stream input, ReadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var document = OtioReader.Read(Bytes.ReadAllMemory(input), diagnostics);
        return new(document, diagnostics.ToImmutable());
    }

    /// <summary>In lines, unless the original had it all in one.</summary>
    public ImmutableArray<Diagnostic> Write(OtioDocument document, Stream output, WriteOptions options)
    {
        var isOneLine = !options.Original.IsEmpty && !options.Original.Span.TrimEnd("\r\n"u8).Contains((byte)'\n');
        OtioWriter.Write(document, output, layout: isOneLine ? OtioLayout.OneLine : OtioLayout.Lines);
        return [];
    }
}
