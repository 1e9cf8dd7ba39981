namespace CineGit.Hub.Tests;

/// <summary>A folder that goes with its test. Other users may pass through: as root, PostgreSQL runs as one of them.</summary>
public sealed class TestFolder : IDisposable
{
    const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public TestFolder() => SetMode(Path, Own | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    public string Path { get; } = Directory.CreateTempSubdirectory("cinegit-test-").FullName;

    public static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    public void CloseToOthers() => SetMode(Path, Own);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}
