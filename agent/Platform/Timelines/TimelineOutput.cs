using CineGit.Agent.Platform.LocalState;
using CineGit.Interchange;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>Writing files that a person named.</summary>
internal static class TimelineOutput
{
    static string Extensions => string.Join(", ", TimelineFormats.All.SelectMany(f => f.Extensions));

    /// <exception cref="UnwritableFileException">No format that cinegit writes has this extension.</exception>
    public static ITimelineFormat FormatFor(string path)
    {
        if (TimelineFormats.ByExtension(path) is { } format) return format;
        var extension = Path.GetExtension(path);
        throw new UnwritableFileException(
            extension.Length == 0
                ? $"{path} has no extension to tell its format by; name one of {Extensions}."
                : $"{path} cannot be written: cinegit writes no {extension} files; choose one of {Extensions}.");
    }

    /// <exception cref="UnwritableFileException">The folder is not there, or may not be written to.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            if (TimelineFile.IsFinalCutBundle(path))
            {
                Directory.CreateDirectory(path);
                path = Path.Combine(path, TimelineFile.FinalCutContent);
            }

            await AtomicFile.WriteAsync(path, bytes, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnwritableFileException($"{path} cannot be written ({e.Message.TrimEnd('.')}); check the folder and its permissions.");
        }
    }
}
