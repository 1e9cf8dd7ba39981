using System.Globalization;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Platform.Database.Embedded;

/// <summary>
/// Starts and stops the server process of one cluster. <c>pg_ctl</c> puts it into a session of its own, so a terminal's
/// Ctrl-C reaches the hub alone, which then stops it in order.
/// </summary>
public sealed class Postmaster(PostgresBinaries binaries, PostgresAccount account, string cluster, string log)
{
    /// <summary>Recovery after a crash replays at most one checkpoint's worth of log; this is generous for it.</summary>
    const int StartSeconds = 120;

    const int StopSeconds = 3;

    /// <summary>Above every system's highest process number, so it never names a living process.</summary>
    const string NobodysPid = "2147483646";

    readonly string pidFile = Path.Combine(cluster, "postmaster.pid");

    /// <summary>The process number, when a server of this very cluster runs.</summary>
    public int? RunningPid()
    {
        var pid = WrittenPid();
        return pid is { } number && IsOurs(number) ? number : null;
    }

    public async Task StartAsync(CancellationToken ct)
    {
        await EndOrphanAsync(ct);
        var answer = await ToolRun.RunAsync(
            account.As(
                binaries.Program("pg_ctl"), "start", "-D", cluster, "-l", log, "-w", "-s",
                "-t", StartSeconds.ToString(CultureInfo.InvariantCulture)),
            TimeSpan.FromSeconds(StartSeconds + 30),
            ct);
        if (answer.Succeeded) return;

        await StopAsync();
        throw new HubStartException(
            $"PostgreSQL did not start on {cluster}; the end of {log} says why:{Environment.NewLine}{await LogTailAsync(answer.Output, ct)}");
    }

    /// <summary>Fast shutdown (sessions end, nothing is lost), then the immediate one (the next start recovers).</summary>
    public async Task StopAsync()
    {
        foreach (var mode in new[] { "fast", "immediate" })
        {
            if (RunningPid() is not { } pid) return;
            await ToolRun.RunAsync(
                account.As(
                    binaries.Program("pg_ctl"), "stop", "-D", cluster, "-m", mode, "-w", "-s",
                    "-t", StopSeconds.ToString(CultureInfo.InvariantCulture)),
                TimeSpan.FromSeconds(StopSeconds + 5),
                CancellationToken.None);
            await EndedAsync(pid);
        }
    }

    /// <summary>A killed hub leaves its server running; it belongs to nobody now, because this hub holds the folder's lock.</summary>
    async Task EndOrphanAsync(CancellationToken ct)
    {
        if (WrittenPid() is not { } pid) return;
        if (IsOurs(pid))
        {
            await StopAsync();
            if (RunningPid() is { } stubborn)
            {
                throw new HubStartException(
                    $"A PostgreSQL of an earlier hub still runs on {cluster} (process {stubborn}) and does not stop; end it, then start the hub again.");
            }
        }
        else if (ToolRun.NameOf(pid) is not null)
        {
            // After a reboot another program may have the number, and PostgreSQL would take it for a server. The rest of
            // the file stays: with it PostgreSQL makes sure that no process of the old server still has the shared memory.
            var lines = await File.ReadAllLinesAsync(pidFile, ct);
            lines[0] = NobodysPid;
            await File.WriteAllLinesAsync(pidFile, lines, ct);
        }
    }

    /// <summary>The server removes its file a moment before it ends.</summary>
    async Task EndedAsync(int pid)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var left = 100; left > 0 && RunningPid() is null && IsWorking(pid); left--)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Not so for one that has ended but that its parent has not asked after yet.</summary>
    static bool IsWorking(int pid) =>
        OperatingSystem.IsLinux() ? Directory.Exists($"/proc/{pid}/cwd") : ToolRun.NameOf(pid) is "postgres";

    int? WrittenPid()
    {
        try
        {
            var first = File.ReadLines(pidFile).FirstOrDefault();
            return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) && pid > 0 ? pid : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    bool IsOurs(int pid)
    {
        if (ToolRun.NameOf(pid) is not "postgres") return false;
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            // The server works in its cluster's folder; equal contents (number, folder, second of start) mean the same file.
            return File.ReadAllText($"/proc/{pid}/cwd/postmaster.pid") == File.ReadAllText(pidFile);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    async Task<string> LogTailAsync(string answer, CancellationToken ct)
    {
        const int lines = 15;
        var written = File.Exists(log) ? await File.ReadAllLinesAsync(log, ct) : [];
        return string.Join(Environment.NewLine, written.TakeLast(lines).Prepend(answer));
    }
}
