using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Commit;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Sync;

/// <summary><c>cinegit pull</c>: takes the hub's versions of a branch in, merging them with one's own when that is clean.</summary>
internal static class PullCommand
{
    public static Command Create(Shell shell)
    {
        var branch = new Argument<string?>("BRANCH") { Arity = ArgumentArity.ZeroOrOne, Description = "The current branch otherwise." };
        var json = FormatOption.Json();
        var command = new Command("pull", "Take versions in from the hub.") { branch, json };
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
        var author = await Author.NameAsync(shell, config.Hub, ct);
        var result = await new Pull(hub, copy, shell.Output, shell.Clock).BranchAsync(branch, author, ct);
        if (json) shell.Output.Json(await ReportAsync(copy, branch, result, ct), CliJson.Default.PullReport);
        else Print(shell, branch, result);
        return result is PullResult.Conflicting or PullResult.Unrelated ? ExitCode.Outcome : ExitCode.Done;
    }

    static void Print(Shell shell, string branch, PullResult result)
    {
        switch (result)
        {
            case PullResult.UpToDate { Head: null }:
                shell.Output.Line($"{branch} has no version yet, here or on the hub.");
                break;
            case PullResult.UpToDate up:
                shell.Output.Line($"{branch} has everything that the hub has{(up.Ahead > 0 ? $", and {Changes.Count(up.Ahead, "version")} to send: cinegit push {branch}" : "")}.");
                break;
            case PullResult.FastForwarded forward:
                shell.Output.Line($"Took in {Changes.Count(forward.Versions, "version")}; {branch} is at {WorkingCopy.Short(forward.Head)}. Get it as a file with: cinegit checkout {branch} -o FILE");
                break;
            case PullResult.Merged merged:
                foreach (var note in merged.Merge.Notes) shell.Output.Line(note.Sentence);
                shell.Output.Line($"Merged the hub's {branch} with yours; {branch} is at {WorkingCopy.Short(merged.Head)}. Get it as a file with: cinegit checkout {branch} -o FILE, and send it with: cinegit push {branch}");
                break;
            case PullResult.Conflicting conflicting:
                PrintConflicts(shell, branch, conflicting);
                break;
            case PullResult.Unrelated unrelated:
                shell.Output.Note($"The hub's {branch} ({WorkingCopy.Short(unrelated.HubHead)}) and yours have no version in common, so they cannot be merged; keep yours on a branch of its own with: cinegit branch NEW --from {branch}");
                break;
        }
    }

    static void PrintConflicts(Shell shell, string branch, PullResult.Conflicting result)
    {
        var open = result.Merge.Conflicts.Where(c => c.Chosen is null).ToList();
        foreach (var conflict in open)
        {
            shell.Output.Line($"Conflict: {conflict.Sentence}");
            shell.Output.Line($"  on the hub: {conflict.Ours.Words}");
            shell.Output.Line($"  here: {conflict.Theirs.Words}");
        }

        shell.Output.Note($"{branch} here and {branch} on the hub clash in {Changes.Count(open.Count, "place")}, and {branch} is as it was. Settle them in a cut request: cinegit branch NEW --from {branch}, then cinegit push NEW, then cinegit cut-request create --source NEW --target {branch} --title T; once it is merged, cinegit pull {branch} goes through.");
    }

    static async Task<PullReport> ReportAsync(WorkingCopy copy, string branch, PullResult result, CancellationToken ct)
    {
        var refs = await copy.Refs.ReadAsync(ct);
        var (word, merge) = result switch
        {
            PullResult.FastForwarded => ("fast-forwarded", null),
            PullResult.Merged m => ("merged", m.Merge),
            PullResult.Conflicting c => ("conflicts", (MergeResult?)c.Merge),
            PullResult.Unrelated => ("unrelated", null),
            _ => ("up-to-date", null),
        };
        if (merge is null) return new(branch, word, refs.Head(branch), refs.HubHead(branch), [], []);
        var clock = new RecordClock(merge.Merged);
        return new(
            branch,
            word,
            refs.Head(branch),
            refs.HubHead(branch),
            [.. merge.Conflicts.Select(c => CompareLines.Line(c, clock))],
            [.. merge.Notes.Select(n => CompareLines.Line(n, clock))]);
    }
}
