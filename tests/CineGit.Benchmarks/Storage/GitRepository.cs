#pragma warning disable RS0030 // git is what is measured against; it is started here and nowhere else.
using System.Diagnostics;

namespace CineGit.Benchmarks.Storage;

/// <summary>What a user would pick instead: one .otio file in a git repository, a commit per version.</summary>
sealed class GitRepository : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("cinegit-git-").FullName;

    public GitRepository()
    {
        Git("init", "-q");
        Git("config", "gc.auto", "0");
        Git("config", "user.name", "editor");
        Git("config", "user.email", "editor@example.com");
    }

    /// <summary>What the repository's objects take, in bytes.</summary>
    public long Size => new DirectoryInfo(Path.Combine(_folder, ".git", "objects")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    public void Commit(ReadOnlySpan<byte> otio)
    {
        File.WriteAllBytes(Path.Combine(_folder, "film.otio"), otio);
        Git("add", "film.otio");
        Git("commit", "-q", "-m", "five edits");
    }

    public void CollectGarbage() => Git("gc", "-q");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", _folder, .. arguments]))
            ?? throw new InvalidOperationException("git could not be started");
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}");
    }
}
