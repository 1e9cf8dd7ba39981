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
        var same = StatedPairs.Option("--same", "a clip of A is the same as one of B", "A=B");
        var notSame = StatedPairs.Option("--not-same", "a clip of A is not the same as one of B", "A=B");
        var command = new Command("diff", "Say what changed from one timeline to another.") { before, after, timeline, same, notSame, json };
        command.SetAction((parsed, ct) =>
        {
            var stated = StatedPairs.Of(parsed.GetValue(same), parsed.GetValue(notSame));
            return RunAsync(shell, new(parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), parsed.GetValue(timeline), stated), parsed.GetValue(json), ct);
        });
        return command;
    }

    /// <summary>What the command line asked for.</summary>
    sealed record Wish(string Before, string After, string? Timeline, StatedPairs Stated);

    static async Task<int> RunAsync(Shell shell, Wish wish, bool json, CancellationToken ct)
    {
        var a = await ReadCut.AloneAsync(shell, wish.Before, wish.Timeline, ct);
        var b = await ReadCut.AgainstAsync(shell, wish.After, wish.Timeline, a, wish.Stated, ct);
        var changes = SequenceDiff.Compare(a.Cut, b.Cut);
        if (json) shell.Output.Json(Report(changes, b), CliJson.Default.DiffReport);
        else Print(shell, changes, b);
        return changes.IsEmpty ? ExitCode.Done : ExitCode.Outcome;
    }

    static void Print(Shell shell, EditList changes, ReadCut after)
    {
        Changes.Print(shell, changes);
        foreach (var pairing in after.Pairings) shell.Output.Line(pairing.Words());
    }

    static DiffReport Report(EditList changes, ReadCut after)
    {
        var clock = new RecordClock(after.Cut);
        return new(changes.IsEmpty, [.. changes.Edits.Select(e => CompareLines.Line(e, clock))], changes.Shifted, changes.Relocated, after.Assumptions, after.Pairings);
    }
}
