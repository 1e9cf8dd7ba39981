namespace CineGit.Hub.Features.Versions;

/// <summary>Room for bytes on their way between the network and the database, so that neither waits for the other.</summary>
static class Spool
{
    const long InMemory = 1 << 20;
    const int FileBuffer = 64 << 10;

    /// <summary>In memory for little, else a temporary file that is gone once disposed.</summary>
    /// <param name="expected">How many bytes will come; null when nobody says.</param>
    public static Stream Create(long? expected)
    {
        if (expected is >= 0 and <= InMemory) return new MemoryStream((int)expected);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = FileBuffer,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"cinegit-{Guid.NewGuid():n}"), options);
    }
}
