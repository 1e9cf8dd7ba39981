namespace CineGit.Agent.Platform.LocalState;

/// <summary>
/// A file is either as it was or wholly as it shall be, whenever the process or the power goes: written beside, flushed,
/// renamed.
/// </summary>
internal static class AtomicFile
{
    public const string TemporarySuffix = ".cinegit-tmp";

    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        WriteAsync(path, bytes, UnixFileMode.None, ct);

    /// <summary>For secrets: nobody but the owner may read it, from the first moment.</summary>
    public static Task WritePrivateAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        WriteAsync(path, bytes, UnixFileMode.UserRead | UnixFileMode.UserWrite, ct);

    static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, UnixFileMode mode, CancellationToken ct)
    {
        var target = Path.GetFullPath(LinkTarget(path) ?? path);
        if (IsDevice(target))
        {
            await File.WriteAllBytesAsync(target, bytes, ct);
            return;
        }

        var folder = Path.GetDirectoryName(target) ?? throw new IOException($"{path} is a folder; name a file.");
        if (Directory.Exists(target)) throw new IOException($"{path} is a folder; name a file.");
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}{TemporarySuffix}");
        try
        {
            await WriteDurablyAsync(temporary, bytes, mode, ct);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        DirectoryFlush.Flush(folder);
    }

    /// <summary>A link keeps being one; what it leads to is replaced.</summary>
    static string? LinkTarget(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;

    static async Task WriteDurablyAsync(string path, ReadOnlyMemory<byte> bytes, UnixFileMode mode, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (mode != UnixFileMode.None && !OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        await using var stream = new FileStream(path, options);
        await stream.WriteAsync(bytes, ct);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>A pipe or terminal given as <c>/dev/stdout</c> must be written to, never replaced.</summary>
    static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));
}
