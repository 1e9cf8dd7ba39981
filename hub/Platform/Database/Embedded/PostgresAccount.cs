using System.Globalization;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Platform.Database.Embedded;

/// <summary>The user that PostgreSQL runs as: the hub's own, or an unprivileged one when the hub is root (PostgreSQL refuses root).</summary>
public sealed class PostgresAccount
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    readonly string? name;
    readonly IReadOnlyList<string> prefix;

    PostgresAccount(string? name, IReadOnlyList<string> prefix)
    {
        this.name = name;
        this.prefix = prefix;
    }

    public static PostgresAccount Choose()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new PostgresAccount(null, []);

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToList();
        var account = accounts.Find(fields => fields[0] == "postgres") ?? accounts.Find(fields => fields[0] == "nobody")
            ?? throw new HubStartException(
                "PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as; create one, or start the hub as an ordinary user.");
        return new PostgresAccount(account[0], Prefix(account[0], account[3]));
    }

    /// <summary>The same command line, run as this user.</summary>
    public IReadOnlyList<string> As(params IReadOnlyList<string> commandLine) => [.. prefix, .. commandLine];

    /// <summary>Gives a file or folder, with all that is in it, to this user.</summary>
    public async Task GiveAsync(string path, CancellationToken ct)
    {
        if (name is null) return;
        var answer = await ToolRun.RunAsync(["chown", "-R", $"{name}:", path], Limit, ct);
        if (!answer.Succeeded)
        {
            throw new HubStartException($"{path} cannot be given to the user {name} that PostgreSQL runs as: {answer.Output}");
        }
    }

    /// <summary>Fails with a sentence when the user may not go into the folder, as below /root.</summary>
    public async Task RequireAccessAsync(string folder, string option, CancellationToken ct)
    {
        if (name is null) return;
        var answer = await ToolRun.RunAsync(As("/bin/sh", "-c", "cd \"$0\"", folder), Limit, ct);
        if (!answer.Succeeded)
        {
            throw new HubStartException(
                $"PostgreSQL runs as the user {name}, who may not enter {folder}; choose another folder with {option}, or start the hub as an ordinary user.");
        }
    }

    static List<string> Prefix(string user, string group)
    {
        if (Find("setpriv") is { } setpriv)
        {
            return [setpriv, $"--reuid={user}", string.Create(CultureInfo.InvariantCulture, $"--regid={group}"), "--init-groups", "--"];
        }

        if (Find("runuser") is { } runuser) return [runuser, "-u", user, "--"];
        if (Find("su") is { } su) return [su, "-s", "/bin/sh", user, "-c", "exec \"$0\" \"$@\"", "--"];
        throw new HubStartException(
            $"PostgreSQL does not run as root, and none of setpriv, runuser and su is there to run it as {user}; install util-linux, or start the hub as an ordinary user.");
    }

    static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/bin", "/usr/sbin", "/bin", "/sbin"])
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
