namespace CineGit.Hub.Tests;

/// <summary>A folder that goes with its test. Other users may pass through: as root, PostgreSQL runs as one of them.</summary>
public sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(
            Path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("cinegit-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
