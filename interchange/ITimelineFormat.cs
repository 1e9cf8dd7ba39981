using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange;

/// <summary>A file read as an OTIO document, with what the reader had to say about it.</summary>
public sealed record Imported(OtioDocument Document, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>What the caller knows that the file does not say.</summary>
/// <param name="Rate">Frames per second of an EDL; null lets the reader decide and say what it assumed.</param>
/// <param name="FileName">For messages and default names; never opened.</param>
public sealed record ReadOptions(FrameRate? Rate, string FileName);

/// <summary>What a writer may lean on beside the document.</summary>
/// <param name="Original">
/// The bytes that the document, or a version before it, was read from; empty when there are none. What did not change since is
/// written as it stands there, to the byte. Bytes of another format, or damaged ones, are not used.
/// </param>
public sealed record WriteOptions(ReadOnlyMemory<byte> Original)
{
    /// <summary>From the document alone.</summary>
    public static readonly WriteOptions Alone = new(ReadOnlyMemory<byte>.Empty);
}

/// <summary>One interchange format. Streams in, streams out; no file is opened here.</summary>
public interface ITimelineFormat
{
    /// <summary>The name on the command line: <c>otio</c>, <c>edl</c>.</summary>
    string Name { get; }

    /// <summary>With the dot, the usual one first.</summary>
    ImmutableArray<string> Extensions { get; }

    /// <summary>True when the first bytes of a file (up to 4 KiB) look like this format.</summary>
    bool Recognizes(ReadOnlySpan<byte> head);

    /// <summary>
    /// The document goes on using the bytes: those of a <see cref="MemoryStream"/> that shows its buffer are not copied and have
    /// to stay as they are.
    /// </summary>
    /// <exception cref="InterchangeFormatException">The bytes cannot be read at all.</exception>
    Imported Read(Stream input, ReadOptions options);

    /// <summary>Writes what the format can say; everything it cannot is in the returned diagnostics.</summary>
    /// <exception cref="InterchangeFormatException">The document has nothing this format can hold.</exception>
    ImmutableArray<Diagnostic> Write(OtioDocument document, Stream output, WriteOptions options);
}
