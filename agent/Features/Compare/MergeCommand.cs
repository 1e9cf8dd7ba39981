using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Compare;

/// <summary><c>cinegit merge BASE OURS THEIRS -o OUT</c>, and many of them in one process with <c>--batch</c>.</summary>
internal static class MergeCommand
{
    const string RightUse = "cinegit merge BASE OURS THEIRS -o OUT [--json] [--favor ours|theirs], or: cinegit merge --batch LIST --json";

    public static Command Create(Shell shell)
    {
        var files = new Argument<string[]>("BASE OURS THEIRS")
        {
            Arity = new ArgumentArity(0, 3),
            Description = "The common ancestor and the two timelines made from it.",
        };
        var output = new Option<string>("--output", "-o") { HelpName = "OUT", Description = "The merged timeline; holds open conflicts as data." };
        var favor = new Option<string>("--favor") { HelpName = "ours|theirs", Description = "Answer every conflict with this side." };
        favor.AcceptOnlyFromAmong("ours", "theirs");
        var batch = new Option<string>("--batch") { HelpName = "LIST", Description = "A file with BASE, OURS, THEIRS and OUT on each line, separated by tabs." };
        var json = FormatOption.Json();
        var command = new Command("merge", "Merge two timelines that were made from one.") { files, output, favor, json, batch };
        command.SetAction((parsed, ct) =>
        {
            var choice = parsed.GetValue(favor) switch { "ours" => Choice.Ours, "theirs" => (Choice?)Choice.Theirs, _ => null };
            return (parsed.GetValue(files), parsed.GetValue(output), parsed.GetValue(batch), parsed.GetValue(json)) switch
            {
                (null or [], null, { } list, true) => MergeBatch.RunAsync(shell, list, choice, ct),
                ([var parent, var ours, var theirs], { } target, null, var asJson) =>
                    RunAsync(shell, new(parent, ours, theirs, target), choice, asJson, ct),
                _ => throw new WrongUseException($"A merge needs three timelines and an output, or a batch. Use: {RightUse}"),
            };
        });
        return command;
    }

    static async Task<int> RunAsync(Shell shell, MergeFiles files, Choice? favor, bool json, CancellationToken ct)
    {
        var begun = shell.Clock.GetTimestamp();
        var result = await FileMerge.RunAsync(shell, files, favor, ct);
        if (json) shell.Output.Json(Report(shell, files, result, begun), CliJson.Default.MergeReport);
        else Print(shell, files, result);
        return result.IsClean ? ExitCode.Done : ExitCode.Outcome;
    }

    public static MergeReport Report(Shell shell, MergeFiles files, MergeResult result, long begun)
    {
        var clock = new RecordClock(result.Merged);
        return new(
            files.Out,
            [.. result.Conflicts.Select(c => CompareLines.Line(c, clock))],
            [.. result.Notes.Select(n => CompareLines.Line(n, clock))],
            Math.Round(shell.Clock.GetElapsedTime(begun).TotalMilliseconds, 3));
    }

    static void Print(Shell shell, MergeFiles files, MergeResult result)
    {
        foreach (var note in result.Notes) shell.Output.Line(note.Sentence);
        var open = result.Conflicts.Where(c => c.Chosen is null).ToList();
        foreach (var conflict in open)
        {
            shell.Output.Line($"Conflict: {conflict.Sentence}");
            shell.Output.Line($"  base: {conflict.Base.Words}");
            shell.Output.Line($"  ours: {conflict.Ours.Words}");
            shell.Output.Line($"  theirs: {conflict.Theirs.Words}");
        }

        shell.Output.Line(open.Count == 0
            ? $"Merged into {files.Out}."
            : $"Merged into {files.Out} with {Changes.Count(open.Count, "open conflict")}; answer them all with --favor ours or --favor theirs, or one by one in a cut request.");
    }
}
