using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Commit;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.LocalState;
using CineGit.Timeline.Merge;

namespace CineGit.Agent.Features.Replay;

/// <summary>What picking and reverting have in common on the command line.</summary>
internal sealed class ReplayRun(Shell shell, ReplayKind kind)
{
    public Command Create(string name, string description)
    {
        var version = new Argument<string>("VERSION") { Description = "A branch, or the first digits of a version." };
        var message = new Option<string?>("--message", "-m") { HelpName = "MSG", Description = "What was done; the version's own message otherwise." };
        var mainline = new Option<int?>("--mainline") { HelpName = "N", Description = "For a merge: the parent, 1 or 2, that its change is counted from." };
        var favor = new Option<string>("--favor") { HelpName = "ours|theirs", Description = "Answer every conflict with the branch's side (ours) or the change's (theirs)." };
        favor.AcceptOnlyFromAmong("ours", "theirs");
        var json = FormatOption.Json();
        var command = new Command(name, description) { version, message, mainline, favor, json };
        command.SetAction((parsed, ct) =>
        {
            var choice = parsed.GetValue(favor) switch { "ours" => Choice.Ours, "theirs" => (Choice?)Choice.Theirs, _ => null };
            var wish = new Wish(parsed.GetRequiredValue(version), parsed.GetValue(message), parsed.GetValue(mainline), choice);
            return RunAsync(wish, parsed.GetValue(json), ct);
        });
        return command;
    }

    /// <summary>What the command line asked for.</summary>
    sealed record Wish(string Version, string? Message, int? Mainline, Choice? Favor);

    async Task<int> RunAsync(Wish wish, bool json, CancellationToken ct)
    {
        if (wish.Message is not null && string.IsNullOrWhiteSpace(wish.Message))
            throw new WrongUseException("The message is empty; say what was done with -m \"…\", or leave -m out.");
        var copy = shell.WorkingCopy();
        using var held = await copy.LockAsync(ct);
        copy.SweepTemporaries();
        var replay = new Replay(copy, shell.Clock, kind);
        var source = await replay.FindAsync(wish.Version, wish.Mainline, ct);
        var author = await Author.NameAsync(shell, (await copy.ReadConfigAsync(ct)).Hub, ct);
        var result = await replay.ApplyAsync(source, wish.Favor, author, wish.Message?.Trim(), ct);
        if (json) shell.Output.Json(ReplayReport.From(source, result), CliJson.Default.ReplayReport);
        else Print(source, result);
        return result is ReplayResult.Conflicting ? ExitCode.Outcome : ExitCode.Done;
    }

    void Print(ReplaySource source, ReplayResult result)
    {
        var (branch, id) = (source.Branch, WorkingCopy.Short(source.Version.Id));
        switch (result)
        {
            case ReplayResult.Committed made:
                shell.Output.Line($"{branch} is at {WorkingCopy.Short(made.Version.Id)}: {made.Version.Record.Message}");
                Changes.Print(shell, made.Changes);
                foreach (var note in made.Merge.Notes) shell.Output.Line(note.Sentence);
                break;
            case ReplayResult.Unchanged when kind == ReplayKind.Pick:
                shell.Output.Line($"Nothing to pick: {branch} ({WorkingCopy.Short(source.Head.Id)}) has what {id} changed already.");
                break;
            case ReplayResult.Unchanged:
                shell.Output.Line($"Nothing to revert: {branch} ({WorkingCopy.Short(source.Head.Id)}) has nothing left of what {id} changed.");
                break;
            case ReplayResult.Conflicting open:
                PrintConflicts(source, open);
                break;
        }
    }

    void PrintConflicts(ReplaySource source, ReplayResult.Conflicting result)
    {
        var (branch, id) = (source.Branch, WorkingCopy.Short(source.Version.Id));
        var open = result.Merge.Conflicts.Where(c => c.Chosen is null).ToList();
        foreach (var conflict in open)
        {
            shell.Output.Line($"Conflict: {conflict.Sentence}");
            shell.Output.Line($"  on {branch}: {conflict.Ours.Words}");
            shell.Output.Line($"  {(kind == ReplayKind.Pick ? $"in {id}" : $"the revert of {id}")}: {conflict.Theirs.Words}");
        }

        shell.Output.Note($"{branch} and {(kind == ReplayKind.Pick ? id : $"the revert of {id}")} clash in {Changes.Count(open.Count, "place")}, and {branch} is as it was. Answer them all with --favor ours (the branch's side) or --favor theirs (the change's), or do it in the NLE: cinegit checkout {branch} -o FILE, then cinegit commit FILE -m MSG.");
    }
}

/// <summary><c>cinegit cherry-pick VERSION</c>: what a version changed, done again on the current branch.</summary>
internal static class CherryPickCommand
{
    public static Command Create(Shell shell) =>
        new ReplayRun(shell, ReplayKind.Pick).Create("cherry-pick", "Do on the current branch what a version elsewhere did.");
}

/// <summary><c>cinegit revert VERSION</c>: what a version changed, taken back on the current branch.</summary>
internal static class RevertCommand
{
    public static Command Create(Shell shell) =>
        new ReplayRun(shell, ReplayKind.Revert).Create("revert", "Take back on the current branch what a version did; what came later stays.");
}
