using System.Collections.Immutable;
using CineGit.Interchange.Edl;
using CineGit.Interchange.Fcp7Xml;
using CineGit.Interchange.Otio;

namespace CineGit.Interchange;

/// <summary>What a file turned out to be.</summary>
public abstract record FormatDetection
{
    FormatDetection()
    {
    }

    public sealed record Found(ITimelineFormat Format) : FormatDetection;

    /// <summary>Nothing here reads it; <paramref name="Message"/> says what it is and what to do.</summary>
    public sealed record Refused(string Message) : FormatDetection;
}

/// <summary>Every format there is. To add one: its folder here, and its line in <see cref="All"/>.</summary>
public static class TimelineFormats
{
    /// <summary>How many bytes <see cref="Detect"/> wants to see.</summary>
    public const int HeadLength = 4096;

    public static readonly ImmutableArray<ITimelineFormat> All = [new OtioFormat(), new OtiozFormat(), new EdlFormat(), new Fcp7XmlFormat()];

    /// <summary>The names as a person is told them: <c>otio, edl</c>.</summary>
    public static string Names => string.Join(", ", All.Select(f => f.Name));

    /// <summary>The format of this name, or null.</summary>
    public static ITimelineFormat? ByName(string name) =>
        All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format that a file of this name would be written in, or null.</summary>
    public static ITimelineFormat? ByExtension(string fileName)
    {
        var extension = Path.GetExtension(fileName);
        return All.FirstOrDefault(f => f.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Tells a file by its first bytes; by its extension only where they say nothing.</summary>
    public static FormatDetection Detect(ReadOnlySpan<byte> head, string fileName)
    {
        if (UnreadKinds.ByContent(head) is { } kind) return new FormatDetection.Refused($"{fileName} is {kind}, which this version does not read; it reads {Names}.");
        if (head.IsEmpty) return new FormatDetection.Refused($"{fileName} is empty.");
        foreach (var format in All)
        {
            if (format.Recognizes(head)) return new FormatDetection.Found(format);
        }

        if (UnreadKinds.ByExtension(fileName) is { } named)
        {
            return new FormatDetection.Refused($"{fileName} is {named} by its name, which this version does not read; it reads {Names}.");
        }

        return ByExtension(fileName) is { } byExtension
            ? new FormatDetection.Found(byExtension)
            : new FormatDetection.Refused($"{fileName} is in no format that this version reads ({Names}); if it is one of them, say which with --from.");
    }
}
