using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.LocalState;
using Serilog;
using Serilog.Formatting.Json;

namespace CineGit.Agent.Features.Daemon;

/// <summary><c>cinegit agent</c>: one per user; sends what was committed offline as soon as the hub is there.</summary>
internal static class AgentCommand
{
    const long LogFileBytes = 10 * 1024 * 1024;
    const int LogFilesKept = 10;

    public static Command Create(Shell shell)
    {
        var command = new Command("agent", "Run in the background and send pending versions.");
        command.SetAction((_, ct) => RunAsync(shell, ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, CancellationToken ct)
    {
        CineGitHome.MakePrivateFolder(shell.Home.Folder);
        CineGitHome.MakePrivateFolder(shell.Home.LogFolder);
        using var single = await FileLock.TryTakeAsync(shell.Home.AgentLock, TimeSpan.Zero, shell.Clock, ct);
        if (single is null)
        {
            shell.Output.Note($"The agent is running already for this user; its log is in {shell.Home.LogFolder}.");
            return ExitCode.Outcome;
        }

        await using var log = new LoggerConfiguration()
            .WriteTo.File(
                new JsonFormatter(renderMessage: true),
                Path.Combine(shell.Home.LogFolder, "agent-.log"),
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: LogFileBytes,
                retainedFileCountLimit: LogFilesKept)
            .CreateLogger();
        log.Information("Agent {Version} started", Platform.ThisProgram.Version);
        shell.Output.Line("cinegit agent ready");
        try
        {
            await new PendingPushes(shell, log).RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.Information("Agent stopped");
        }

        return ExitCode.Done;
    }
}
