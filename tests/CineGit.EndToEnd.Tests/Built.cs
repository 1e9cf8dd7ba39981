using CineGit.Demo;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CineGit.EndToEnd.Tests;

/// <summary>The programs as the build left them beside this test assembly.</summary>
static class Built
{
    static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    static readonly string Bin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    public static Programs Programs { get; } = new(Dll("CineGit.Hub", "CineGit.Hub.dll"), Dll("CineGit.Agent", "cinegit.dll"));

    public static string Demo { get; } = Dll("CineGit.Demo", "CineGit.Demo.dll");

    /// <summary>Where screenshots and other things to look at are left.</summary>
    public static string Shown(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Bin, "..", "screenshots"));
        return Path.Combine(folder.FullName, name);
    }

    static string Dll(string project, string file) => Path.Combine(Bin, project, Configuration, file);
}

/// <summary>A folder that another user may pass through, since PostgreSQL does not run as root; gone afterwards.</summary>
sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Folder = Directory.CreateTempSubdirectory("cinegit-e2e-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        }
    }

    public string Folder { get; }

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
