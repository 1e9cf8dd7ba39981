using System.Text;
using CineGit.Timeline.Identity;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>The user's own folder: tokens, logs, and which working copies there are. <c>$CINEGIT_HOME</c>, else <c>~/.config/cinegit</c>.</summary>
internal sealed class CineGitHome(string folder)
{
    public const string Variable = "CINEGIT_HOME";

    public string Folder { get; } = Path.GetFullPath(folder);

    public string LogFolder => Path.Combine(Folder, "logs");

    public string AgentLock => Path.Combine(Folder, "agent.lock");

    string CopiesFolder => Path.Combine(Folder, "working-copies");

    public static CineGitHome FromEnvironment()
    {
        var set = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(set)) return new(set);
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new(Path.Combine(profile.Length > 0 ? profile : Path.GetTempPath(), ".config", "cinegit"));
    }

    /// <summary>Where one hub's tokens are, and the lock for renewing them.</summary>
    public (string Tokens, string Lock) TokenFiles(Uri hub)
    {
        var name = ContentHash.Of(Encoding.UTF8.GetBytes(hub.AbsoluteUri)).Hex[..16];
        var tokens = Path.Combine(Folder, "tokens");
        return (Path.Combine(tokens, name + ".json"), Path.Combine(tokens, name + ".lock"));
    }

    /// <summary>Where this machine's key for one hub is.</summary>
    public string KeyFile(Uri hub) => Path.ChangeExtension(TokenFiles(hub).Tokens, ".key");

    /// <summary>Makes a folder that only its owner can look into.</summary>
    public static void MakePrivateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Tells the daemon about a working copy: one small file each, so that nobody overwrites another's.</summary>
    public async Task RegisterAsync(WorkingCopy copy, CancellationToken ct)
    {
        MakePrivateFolder(Folder);
        MakePrivateFolder(CopiesFolder);
        var bytes = Encoding.UTF8.GetBytes(copy.Folder);
        await AtomicFile.WriteAsync(Path.Combine(CopiesFolder, ContentHash.Of(bytes).Hex[..16]), bytes, ct);
    }

    /// <summary>The registered working copies that are reachable at the moment; an unplugged drive's come back with it.</summary>
    public async Task<IReadOnlyList<WorkingCopy>> WorkingCopiesAsync(TimeProvider clock, CancellationToken ct)
    {
        if (!Directory.Exists(CopiesFolder)) return [];
        List<WorkingCopy> copies = [];
        foreach (var file in Directory.EnumerateFiles(CopiesFolder).Where(f => Path.GetFileName(f).Length == 16).Order(StringComparer.Ordinal))
        {
            var folder = await File.ReadAllTextAsync(file, ct);
            if (WorkingCopy.IsAt(folder)) copies.Add(WorkingCopy.At(folder, clock));
        }

        return copies;
    }
}
