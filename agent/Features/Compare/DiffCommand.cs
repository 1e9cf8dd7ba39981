using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Compare;

/// <summary><c>cinegit diff A B</c>: what an editor did from one timeline to the other.</summary>
internal static class DiffCommand
{
    public static Command Create(Shell shell)
    {
        var before = new Argument<string>("A") { Description = "The earlier timeline." };
        var after = new Argument<string>("B") { Description = "The later one." };
        var timeline = FormatOption.Timeline();
        var json = FormatOption.Json();
        var command = new Command("diff", "Say what changed from one timeline to another.") { before, after, timeline, json };
        command.SetAction((parsed, ct) =>
            RunAsync(shell, parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), parsed.GetValue(timeline), parsed.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string before, string after, string? timeline, bool json, CancellationToken ct)
    {
        var a = await ReadCut.AloneAsync(shell, before, timeline, ct);
        var b = await ReadCut.AgainstAsync(shell, after, timeline, a, ct);
        var changes = SequenceDiff.Compare(a.Cut, b.Cut);
        if (json) shell.Output.Json(Report(changes, b), CliJson.Default.DiffReport);
        else Changes.Print(shell, changes);
        return changes.IsEmpty ? ExitCode.Done : ExitCode.Outcome;
    }

    static DiffReport Report(EditList changes, ReadCut after)
    {
        var clock = new RecordClock(after.Cut);
        return new(changes.IsEmpty, [.. changes.Edits.Select(e => CompareLines.Line(e, clock))], changes.Shifted, changes.Relocated, after.Assumptions);
    }
}
