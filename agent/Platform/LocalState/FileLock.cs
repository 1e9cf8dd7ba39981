namespace CineGit.Agent.Platform.LocalState;

/// <summary>
/// An exclusive lock between processes on a file that exists only for it. The operating system lets go of it when the
/// process ends, however it ends.
/// </summary>
internal sealed class FileLock : IDisposable
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    readonly FileStream _held;

    FileLock(FileStream held) => _held = held;

    /// <summary>Null when another process kept it for all of <paramref name="patience"/>.</summary>
    public static async Task<FileLock?> TryTakeAsync(string path, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            if (TryOpen(path) is { } stream) return new(stream);
            if (clock.GetElapsedTime(begun) >= patience) return null;
            await Task.Delay(Between, clock, ct);
        }
    }

    public void Dispose() => _held.Dispose();

    static FileStream? TryOpen(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
