using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Compare;

/// <summary><c>cinegit merge BASE OURS THEIRS -o OUT</c>, and many of them in one process with <c>--batch</c>.</summary>
internal static class MergeCommand
{
    const string RightUse = "cinegit merge BASE OURS THEIRS -o OUT [--json] [--answer ID=CHOICE] [--favor ours|theirs] [--same SIDE:BASE=CLIP] [--not-same SIDE:BASE=CLIP], or: cinegit merge --batch LIST --json";

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
        var answer = new Option<string[]>("--answer")
        {
            HelpName = "ID=CHOICE",
            Description = "Answer one conflict, as its list of answers says; a value that is typed in goes behind a colon: ID=manual:-6. May be given more than once.",
        };
        var batch = new Option<string>("--batch") { HelpName = "LIST", Description = "A file with BASE, OURS, THEIRS and OUT on each line, separated by tabs." };
        const string form = "ours|theirs:BASE=CLIP";
        var same = StatedPairs.Option("--same", "a clip of BASE is the same as one of OURS or THEIRS", form);
        var notSame = StatedPairs.Option("--not-same", "a clip of BASE is not the same as one of OURS or THEIRS", form);
        var timeline = FormatOption.Timeline();
        var json = FormatOption.Json();
        var command = new Command("merge", "Merge two timelines that were made from one.") { files, output, answer, favor, same, notSame, timeline, json, batch };
        command.SetAction((parsed, ct) =>
        {
            var choice = parsed.GetValue(favor) switch { "ours" => Choice.Ours, "theirs" => (Choice?)Choice.Theirs, _ => null };
            var (alike, apart) = (parsed.GetValue(same) ?? [], parsed.GetValue(notSame) ?? []);
            if (alike.Concat(apart).FirstOrDefault(p => !IsOfASide(p)) is { } sideless)
                throw new WrongUseException($"“{sideless}” does not say of which side; write ours: or theirs: before it, as in theirs:V1@01:00:10:00=V1@01:00:12:00.");
            var given = (parsed.GetValue(answer) ?? []).Select(Answer).ToList();
            return (parsed.GetValue(files), parsed.GetValue(output), parsed.GetValue(batch), parsed.GetValue(json)) switch
            {
                (null or [], null, { } list, true) when given.Count + alike.Length + apart.Length == 0 => MergeBatch.RunAsync(shell, list, choice, ct),
                ([var parent, var ours, var theirs], { } target, null, var asJson) =>
                    RunAsync(shell, Files(parent, ours, theirs, target, parsed.GetValue(timeline), alike, apart), new(given, choice), asJson, ct),
                _ => throw new WrongUseException($"A merge needs three timelines and an output, or a batch. Use: {RightUse}"),
            };
        });
        return command;

        static MergeFiles Files(string parent, string ours, string theirs, string target, string? chosen, string[] alike, string[] apart) => new(parent, ours, theirs, target, chosen)
        {
            StatedOfOurs = StatedPairs.Of(alike, apart, "ours"),
            StatedOfTheirs = StatedPairs.Of(alike, apart, "theirs"),
        };
    }

    static bool IsOfASide(string pair) => pair.StartsWith("ours:", StringComparison.Ordinal) || pair.StartsWith("theirs:", StringComparison.Ordinal);

    /// <summary><c>3f2a…=manual:-6</c></summary>
    static Resolution Answer(string text)
    {
        var (id, rest) = text.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign ? (text[..sign], text[(sign + 1)..]) : ("", text);
        var (word, value) = rest.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? (rest[..colon], rest[(colon + 1)..]) : (rest, null);
        return id.Length > 0 && CompareLines.ChoiceOf(word) is { } choice
            ? new(new(id), choice, value)
            : throw new WrongUseException($"“{text}” is no answer; write the conflict's id, an equals sign and one of the choices it lists, as in 3f2a…=ours.");
    }

    static async Task<int> RunAsync(Shell shell, MergeFiles files, MergeAnswers answers, bool json, CancellationToken ct)
    {
        var begun = shell.Clock.GetTimestamp();
        var result = await FileMerge.RunAsync(shell, files, answers, ct);
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
            shell.Output.Line($"Conflict {conflict.Id}: {conflict.Sentence}");
            shell.Output.Line($"  base: {conflict.Base.Words}");
            shell.Output.Line($"  ours: {conflict.Ours.Words}");
            shell.Output.Line($"  theirs: {conflict.Theirs.Words}");
            foreach (var line in CompareLines.Answers(conflict)) shell.Output.Line($"  --answer {line}");
        }

        shell.Output.Line(open.Count == 0
            ? $"Merged into {files.Out}."
            : $"Merged into {files.Out} with {Changes.Count(open.Count, "open conflict")}; answer them one by one with --answer, all with --favor ours or --favor theirs, or in a cut request.");
    }
}
