using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;

namespace CineGit.Agent.Features.History;

/// <param name="Folder">The working copy.</param>
/// <param name="Hub">Its hub's address.</param>
/// <param name="Project">ORG/PROJECT.</param>
/// <param name="Branch">Where commits go.</param>
/// <param name="Head">Its newest version here; null while it has none.</param>
/// <param name="HubHead">Its head on the hub when it was last seen.</param>
/// <param name="Ahead">Versions that are here and not there.</param>
/// <param name="Behind">Versions that are there and not in this branch.</param>
/// <param name="Pending">Branches with versions to push.</param>
/// <param name="SignedInAs">Who; null when nobody is.</param>
internal sealed record StatusReport(
    string Folder, string Hub, string Project, string Branch, string? Head, string? HubHead, int Ahead, int Behind, IReadOnlyList<string> Pending, string? SignedInAs);

/// <summary><c>cinegit status</c>: where this working copy is, as far as it knows without asking the hub.</summary>
internal static class StatusCommand
{
    public static Command Create(Shell shell)
    {
        var json = FormatOption.Json();
        var command = new Command("status", "Say where this working copy is.") { json };
        command.SetAction((parsed, ct) => RunAsync(shell, parsed.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, bool json, CancellationToken ct)
    {
        var copy = shell.WorkingCopy();
        var config = await copy.ReadConfigAsync(ct);
        var refs = await copy.Refs.ReadAsync(ct);
        var head = refs.Head(config.Branch);
        var hubHead = refs.HubHead(config.Branch);
        var relation = await copy.Graph.RelateAsync(head, hubHead, ct);
        var tokens = await new HubTokens(shell.Home, config.Hub, shell.Clock).ReadAsync(ct);
        var pending = (await copy.Journal.PendingBranchesAsync(ct)).Where(b => refs.Head(b) != refs.HubHead(b)).ToList();
        var report = new StatusReport(
            copy.Folder,
            config.Hub.OriginalString,
            config.Name,
            config.Branch,
            head,
            hubHead,
            relation.OnlyFirst.Count,
            relation.OnlySecond.Count,
            pending,
            tokens?.UserName);
        if (json) shell.Output.Json(report, CliJson.Default.StatusReport);
        else Print(shell, report);
        return ExitCode.Done;
    }

    static void Print(Shell shell, StatusReport report)
    {
        shell.Output.Line($"{report.Project} on {report.Hub}, {(report.SignedInAs is { } who ? $"signed in as {who}" : "not signed in")}");
        shell.Output.Line(report.Head is { } head
            ? $"Branch {report.Branch} is at {WorkingCopy.Short(head)}."
            : $"Branch {report.Branch} has no version yet; make one with: cinegit commit FILE -m MSG");
        if (report.Ahead > 0) shell.Output.Line($"{Changes.Count(report.Ahead, "version")} not on the hub; send with: cinegit push");
        if (report.Behind > 0) shell.Output.Line($"{Changes.Count(report.Behind, "version")} on the hub that this branch does not have; take in with: cinegit pull");
        if (report is { Ahead: 0, Behind: 0, Head: not null }) shell.Output.Line("The hub had the same when it was last asked.");
        foreach (var branch in report.Pending.Where(b => b != report.Branch))
            shell.Output.Line($"Branch {branch} has versions to send too: cinegit push {branch}");
    }
}
