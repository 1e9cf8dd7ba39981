using System.Collections.Immutable;
using System.Diagnostics;
using CineGit.Interchange;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>The file cannot be read as a timeline. The message is one sentence with file, place and reason.</summary>
internal sealed class UnreadableFileException(string message) : Exception(message);

/// <summary>The timeline cannot be written there or in that format. The message is one sentence.</summary>
internal sealed class UnwritableFileException(string message) : Exception(message);

/// <summary>A file that was read: its bytes, its format, and what is in it.</summary>
internal sealed record TimelineFile(
    string Name, ReadOnlyMemory<byte> Bytes, ITimelineFormat Format, OtioDocument Document, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <param name="path">What to read.</param>
    /// <param name="format">Its format when the person says so; null tells it by content, then by extension.</param>
    /// <param name="rate">For formats that do not say theirs.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="UnreadableFileException">It is not there, or no timeline.</exception>
    public static async Task<TimelineFile> ReadAsync(string path, ITimelineFormat? format, FrameRate? rate, CancellationToken ct)
    {
        try
        {
            if (Directory.Exists(path)) throw new UnreadableFileException($"{path} is a folder; name a timeline file.");
            return Read(await File.ReadAllBytesAsync(path, ct), path, format, rate);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableFileException($"{path} is not there; check the name and the folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException($"{path} cannot be opened ({e.Message.TrimEnd('.')}); check its permissions and that nothing else holds it.");
        }
    }

    public static TimelineFile Read(ReadOnlyMemory<byte> bytes, string name, ITimelineFormat? format, FrameRate? rate)
    {
        format ??= Detect(bytes.Span, name);
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            var imported = format.Read(stream, new(rate, Path.GetFileName(name)));
            return new(name, bytes, format, imported.Document, imported.Diagnostics);
        }
        catch (InterchangeFormatException e)
        {
            throw Unreadable(name, e);
        }
    }

    static ITimelineFormat Detect(ReadOnlySpan<byte> bytes, string name)
    {
        var head = bytes[..Math.Min(bytes.Length, TimelineFormats.HeadLength)];
        return TimelineFormats.Detect(head, name) switch
        {
            FormatDetection.Found found => found.Format,
            FormatDetection.Refused refused => throw new UnreadableFileException(refused.Message),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The cut in the document; what it takes assumptions about is added to <paramref name="diagnostics"/>.</summary>
    /// <exception cref="UnreadableFileException">There is no timeline in it.</exception>
    public Sequence ReadCut(DiagnosticBag diagnostics)
    {
        try
        {
            return CutReader.Read(Document, diagnostics);
        }
        catch (InterchangeFormatException e)
        {
            throw Unreadable(Name, e);
        }
    }

    /// <summary>The document in a format, and what the format could not say.</summary>
    /// <exception cref="UnwritableFileException">The format holds nothing of it.</exception>
    public static (ReadOnlyMemory<byte> Bytes, ImmutableArray<Diagnostic> Losses) Encode(OtioDocument document, ITimelineFormat format)
    {
        try
        {
            using var stream = new MemoryStream();
            var losses = format.Write(document, stream);
            return (stream.ToArray(), losses);
        }
        catch (InterchangeFormatException e)
        {
            var place = e.Location.Length == 0 ? "" : $" at {e.Location}";
            throw new UnwritableFileException($"This timeline cannot be written as {format.Name}{place}: {e.Message}");
        }
    }

    /// <summary>The place is said once: some readers have it in their sentence already.</summary>
    static UnreadableFileException Unreadable(string name, InterchangeFormatException e) =>
        new(e.Message.Contains(e.Location, StringComparison.Ordinal) ? $"{name}: {e.Message}" : $"{name}, {e.Location}: {e.Message}");
}
