using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using CineGit.Interchange;
using CineGit.Interchange.Otio;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>The file cannot be read as a timeline. The message is one sentence with file, place and reason.</summary>
internal sealed class UnreadableFileException(string message) : Exception(message);

/// <summary>The timeline cannot be written there or in that format. The message is one sentence.</summary>
internal sealed class UnwritableFileException(string message) : Exception(message);

/// <summary>A file that was read: its bytes (of a bundle those of the timeline in it), its format, and what is in it.</summary>
internal sealed record TimelineFile(
    string Name, ReadOnlyMemory<byte> Bytes, ITimelineFormat Format, OtioDocument Document, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Final Cut Pro's bundles since FCPXML 1.10: a folder with the timeline in it under this name.</summary>
    public const string FinalCutContent = "Info.fcpxml";

    /// <summary>What to call <see cref="Bytes"/> when they are kept on their own.</summary>
    public string BytesName => IsFinalCutBundle(Name)
        ? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Name)) + ".fcpxml"
        : Format is OtiozFormat || BundleOutput.IsFolder(Name)
        ? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Name)) + ".otio"
        : Path.GetFileName(Name);

    /// <summary>What a writer of this format may lean on when it writes what became of this file; empty for any other format.</summary>
    public ReadOnlyMemory<byte> OriginalFor(ITimelineFormat format) => Format == format ? Bytes : ReadOnlyMemory<byte>.Empty;

    public static bool IsFinalCutBundle(string path) =>
        Path.GetExtension(Path.TrimEndingDirectorySeparator(path)).Equals(".fcpxmld", StringComparison.OrdinalIgnoreCase);

    /// <param name="path">What to read; of a bundle only the timeline is.</param>
    /// <param name="format">Its format when the person says so; null tells it by content, then by extension.</param>
    /// <param name="rate">For formats that do not say theirs.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="UnreadableFileException">It is not there, or no timeline.</exception>
    public static async Task<TimelineFile> ReadAsync(string path, ITimelineFormat? format, FrameRate? rate, CancellationToken ct)
    {
        try
        {
            if (Directory.Exists(path)) return await ReadFolderAsync(path, rate, ct);
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (format is null or OtiozFormat && ReadBundle(file, path, rate) is { } bundle) return bundle;
            if (file.CanSeek) return Read(await File.ReadAllBytesAsync(path, ct), path, format, rate);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            return Read(bytes.ToArray(), path, format, rate);
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
            using var stream = ReadOnly(bytes);
            var imported = format.Read(stream, new(rate, Path.GetFileName(name)));
            return new(name, bytes, format, imported.Document, imported.Diagnostics);
        }
        catch (InterchangeFormatException e)
        {
            throw Unreadable(name, e);
        }
    }

    static MemoryStream ReadOnly(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var part) && part.Array is { } array
        ? new(array, part.Offset, part.Count, writable: false, publiclyVisible: true)
        : new(bytes.ToArray(), writable: false);

    static async Task<TimelineFile> ReadFolderAsync(string path, FrameRate? rate, CancellationToken ct)
    {
        var content = Path.Combine(path, BundlePlan.ContentName);
        if (File.Exists(content)) return Read(await File.ReadAllBytesAsync(content, ct), path, TimelineFormats.ByExtension(content), rate);
        var info = Path.Combine(path, FinalCutContent);
        if (File.Exists(info)) return Read(await File.ReadAllBytesAsync(info, ct), path, TimelineFormats.ByExtension(info), rate);
        if (IsFinalCutBundle(path)) throw new UnreadableFileException($"{path} is a folder without {FinalCutContent}, so it is no FCPXML bundle; name a timeline file.");
        throw new UnreadableFileException(BundleOutput.IsFolder(path)
            ? $"{path} is a folder without {BundlePlan.ContentName}, so it is no OTIO bundle; name a timeline file."
            : $"{path} is a folder; name a timeline file.");
    }

    /// <summary>A bundle's media can be larger than memory, so only the timeline is taken out of its zip; null for no zip.</summary>
    static TimelineFile? ReadBundle(FileStream file, string path, FrameRate? rate)
    {
        if (!file.CanSeek) return null;
        var bundle = new OtiozFormat();
        Span<byte> head = stackalloc byte[4];
        var isZip = bundle.Recognizes(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        file.Position = 0;
        if (!isZip) return null;
        try
        {
            using var archive = BundleArchive.Open(file);
            return Read(archive.ReadContent(), path, TimelineFormats.ByExtension(BundlePlan.ContentName), rate) with { Format = TimelineFormats.ByName(bundle.Name) ?? bundle };
        }
        catch (InterchangeFormatException e)
        {
            throw Unreadable(path, e);
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

    /// <summary>The file with another of its timelines as the cut.</summary>
    /// <param name="name">The one a person asked for; null for <paramref name="usual"/>.</param>
    /// <param name="usual">What the cut was called so far; used when a timeline of the file has that name.</param>
    /// <exception cref="UnreadableFileException">There is no timeline of the name that was asked for.</exception>
    public TimelineFile Choosing(string? name, string? usual)
    {
        if ((name ?? usual) is not { } wanted) return this;
        if (Document.WithCut(wanted) is { } document) return this with { Document = document };
        if (name is null) return this;
        var names = string.Join(", ", Document.Timelines().Select(t => $"“{t.Text("name")}”"));
        throw new UnreadableFileException($"{Name} has no timeline “{name}”; choose one of: {names}.");
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
    /// <param name="document">What to write.</param>
    /// <param name="format">Which writer.</param>
    /// <param name="original">The file it comes from in that format, empty when there is none.</param>
    /// <exception cref="UnwritableFileException">The format holds nothing of it.</exception>
    public static (ReadOnlyMemory<byte> Bytes, ImmutableArray<Diagnostic> Losses) Encode(
        OtioDocument document, ITimelineFormat format, ReadOnlyMemory<byte> original)
    {
        try
        {
            // A stream that grows from nothing copies a large file a dozen times, in blocks that only a full collection frees.
            using var stream = new MemoryStream((int)Math.Min(Array.MaxLength, original.Length * 5L / 4));
            var losses = format.Write(document, stream, new(original));
            return (stream.GetBuffer().AsMemory(0, (int)stream.Length), losses);
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
