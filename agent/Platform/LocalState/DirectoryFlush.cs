using System.Runtime.InteropServices;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>
/// Makes a rename durable. On Linux and macOS the new name is on disk only once its folder is flushed, and .NET opens no
/// handle on a folder; NTFS journals renames itself.
/// </summary>
internal static partial class DirectoryFlush
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0) throw new IOException($"The folder {folder} could not be opened to make a write durable (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            // Some network file systems answer EINVAL: they know no flush of a folder and write it through.
            if (Sync(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
                throw new IOException($"The folder {folder} could not be flushed to disk (errno {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    const int ReadOnly = 0;
    const int InvalidArgument = 22;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
