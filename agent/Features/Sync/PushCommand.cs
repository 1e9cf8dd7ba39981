using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;

namespace CineGit.Agent.Features.Sync;

/// <summary><c>cinegit push</c>: sends a branch's versions to the hub.</summary>
internal static class PushCommand
{
    public static Command Create(Shell shell)
    {
        var branch = new Argument<string?>("BRANCH") { Arity = ArgumentArity.ZeroOrOne, Description = "The current branch otherwise." };
        var json = FormatOption.Json();
        var command = new Command("push", "Send versions to the hub.") { branch, json };
        command.SetAction((parsed, ct) => RunAsync(shell, parsed.GetValue(branch), parsed.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string? name, bool json, CancellationToken ct)
    {
        var copy = shell.WorkingCopy();
        var config = await copy.ReadConfigAsync(ct);
        var branch = name ?? config.Branch;
        using var hub = HttpHubConnection.SignedIn(shell.Home, config.Hub, shell.Clock);
        using var held = await copy.LockSyncAsync(ct);
        var result = await new Push(hub, copy, shell.Output).BranchAsync(branch, ct);
        var (report, sentence, code) = Describe(branch, result);
        if (json) shell.Output.Json(report, CliJson.Default.PushReport);
        else if (code == ExitCode.Done) shell.Output.Line(sentence);
        else shell.Output.Note(sentence);
        return code;
    }

    static (PushReport Report, string Sentence, int Code) Describe(string branch, PushResult result) => result switch
    {
        PushResult.Pushed p => (
            new(branch, "pushed", p.Head, p.Versions),
            $"Sent {Changes.Count(p.Versions, "version")}; {branch} is at {WorkingCopy.Short(p.Head)} on the hub.",
            ExitCode.Done),
        PushResult.UpToDate u => (
            new(branch, "up-to-date", u.Head, 0), $"Nothing to send: the hub has {branch} at {WorkingCopy.Short(u.Head)} too.", ExitCode.Done),
        PushResult.Behind b => (
            new(branch, "behind", b.HubHead, 0),
            $"Nothing to send: the hub's {branch} is ahead at {WorkingCopy.Short(b.HubHead)}; take it in with: cinegit pull {branch}",
            ExitCode.Done),
        PushResult.Stale s => (
            new(branch, "stale", s.HubHead, 0),
            $"{branch} has moved on the hub, to {WorkingCopy.Short(s.HubHead)}; take that in first with: cinegit pull {branch}",
            ExitCode.Outcome),
        _ => (
            new(branch, "empty", null, 0),
            $"{branch} has no version to send; make one with: cinegit commit FILE -m MSG (cinegit branch lists the branches).",
            ExitCode.Outcome),
    };
}
