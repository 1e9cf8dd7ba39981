namespace CineGit.Hub.Platform.Host;

/// <summary>The hub's data folder. One hub at a time: the lock lives as long as the open file does, also through kill -9.</summary>
public sealed class HubFolder(HubOptions options) : IDisposable
{
    FileStream? heldLock;

    public string Path { get; } = System.IO.Path.GetFullPath(options.Data ?? UsualPlace());

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string SetupLink => System.IO.Path.Combine(Path, "setup-link");

    /// <summary>Makes the folder and takes its lock.</summary>
    public void Take()
    {
        try
        {
            Create();
            heldLock = new FileStream(
                System.IO.Path.Combine(Path, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new HubStartException(
                $"The hub may not write to its data folder {Path}; allow it, or choose another with --Hub:Data.", failure);
        }
        catch (IOException failure)
        {
            throw new HubStartException(
                Directory.Exists(Path)
                    ? $"Another hub is running on the data folder {Path}; stop it, or choose another folder with --Hub:Data."
                    : $"The data folder {Path} cannot be made ({failure.Message}); choose another with --Hub:Data.",
                failure);
        }
    }

    public void Dispose() => heldLock?.Dispose();

    void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
            return;
        }

        // PostgreSQL runs as another user when the hub is root: that user must get through, and see nothing.
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var mode = Environment.IsPrivilegedProcess ? own | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : own;
        Directory.CreateDirectory(Path, mode);
        if (Environment.IsPrivilegedProcess) File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Logs, own);
    }

    static string UsualPlace()
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) return "/var/lib/cinegit";
        // LocalApplicationData is $XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support, or %LocalAppData%.
        var folder = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return System.IO.Path.Combine(folder, "cinegit");
    }
}
