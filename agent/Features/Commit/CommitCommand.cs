using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Commit;

/// <param name="Committed">False when there was nothing to commit.</param>
/// <param name="Branch">Where.</param>
/// <param name="Version">The branch's head now.</param>
/// <param name="Parent">The version before; null for a first one.</param>
/// <param name="Edits">What changed; empty for a first version.</param>
/// <param name="Shifted">Elements that only moved because something before them changed.</param>
/// <param name="Relocated">Clips whose media is where the whole folder went, as on another machine; not among the edits.</param>
/// <param name="Assumptions">Where an element was taken for the same one on thin evidence.</param>
/// <param name="Pairings">Those of them that <c>--not-same</c> and <c>--same</c> correct.</param>
/// <param name="Diagnostics">What reading the file found.</param>
internal sealed record CommitReport(
    bool Committed,
    string Branch,
    string Version,
    string? Parent,
    IReadOnlyList<EditLine> Edits,
    int Shifted,
    int Relocated,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<PairingLine> Pairings,
    IReadOnlyList<FindingLine> Diagnostics);

/// <summary><c>cinegit commit FILE -m MSG</c>: keeps an NLE's export as a version; needs no hub.</summary>
internal static class CommitCommand
{
    public static Command Create(Shell shell)
    {
        var input = new Argument<string>("FILE") { Description = "The timeline as the NLE exported it." };
        var message = new Option<string>("--message", "-m") { HelpName = "MSG", Required = true, Description = "What was done." };
        var author = new Option<string?>("--author") { HelpName = "NAME", Description = "Whose work it is, when not the signed-in person's." };
        var rate = FormatOption.Rate();
        var timeline = FormatOption.Timeline();
        var same = StatedPairs.Option("--same", "a clip of the branch is the same as one of FILE");
        var notSame = StatedPairs.Option("--not-same", "a clip of the branch is not the same as one of FILE");
        var json = FormatOption.Json();
        var command = new Command("commit", "Keep an exported timeline as a version of the current branch.") { input, message, author, rate, timeline, same, notSame, json };
        command.SetAction((parsed, ct) =>
        {
            var wish = new Wish(
                parsed.GetRequiredValue(input), parsed.GetRequiredValue(message), parsed.GetValue(author), parsed.GetValue(rate), parsed.GetValue(timeline))
            {
                Stated = StatedPairs.Of(parsed.GetValue(same), parsed.GetValue(notSame)),
            };
            return RunAsync(shell, wish, parsed.GetValue(json), ct);
        });
        return command;
    }

    /// <summary>What the command line asked for.</summary>
    sealed record Wish(string Input, string Message, string? Author, string? Rate, string? Timeline)
    {
        public StatedPairs Stated { get; init; } = StatedPairs.None;
    }

    static async Task<int> RunAsync(Shell shell, Wish wish, bool json, CancellationToken ct)
    {
        var (input, message, _, rate, _) = wish;
        if (string.IsNullOrWhiteSpace(message)) throw new WrongUseException("A version needs a message; say what was done with: -m \"…\"");
        var copy = shell.WorkingCopy();
        var file = await TimelineFile.ReadAsync(input, null, FormatOption.ParseRate(rate), ct);
        Findings.Print(shell, input, file.Diagnostics);

        using var held = await copy.LockAsync(ct);
        copy.SweepTemporaries();
        var config = await copy.ReadConfigAsync(ct);
        var author = string.IsNullOrWhiteSpace(wish.Author) ? await Author.NameAsync(shell, config.Hub, ct) : wish.Author.Trim();
        var result = await new CutCommit(copy, shell.Clock).CommitAsync(file, wish.Timeline, config.Branch, author, message.Trim(), wish.Stated, ct);
        switch (result)
        {
            case CommitResult.Committed committed:
                Findings.Print(shell, input, committed.Findings);
                if (json) shell.Output.Json(Report(committed, file, config.Branch), CliJson.Default.CommitReport);
                else Print(shell, committed, config.Branch);
                break;
            case CommitResult.Unchanged unchanged when json:
                shell.Output.Json(new(false, config.Branch, unchanged.Head, null, [], 0, 0, [], [], []), CliJson.Default.CommitReport);
                break;
            case CommitResult.Unchanged unchanged:
                shell.Output.Line($"Nothing to commit: {input} is the cut that {config.Branch} is at ({WorkingCopy.Short(unchanged.Head)}).");
                break;
        }

        return ExitCode.Done;
    }

    static void Print(Shell shell, CommitResult.Committed committed, string branch)
    {
        shell.Output.Line($"{branch} is at {WorkingCopy.Short(committed.Version.Id)}: {committed.Version.Record.Message}");
        if (committed.Changes is null) shell.Output.Line($"First version: {Describe(committed.Cut)}.");
        else if (committed.Changes.IsEmpty) shell.Output.Line("No edit in it; only details that the list of changes does not name.");
        else Changes.Print(shell, committed.Changes);
        foreach (var assumption in committed.Assumptions.Except(committed.Pairings.Select(p => p.Sentence))) shell.Output.Line($"Assumed: {assumption}");
        foreach (var pairing in committed.Pairings) shell.Output.Line(pairing.Words());
    }

    static string Describe(Sequence cut) =>
        $"“{cut.Name}”, {Changes.Count(cut.Tracks.Length, "track")}, {Changes.Count(cut.Tracks.Sum(t => t.Elements.Length), "clip")}, {cut.Rate} fps";

    static CommitReport Report(CommitResult.Committed committed, TimelineFile file, string branch)
    {
        var clock = new RecordClock(committed.Cut);
        return new(
            true,
            branch,
            committed.Version.Id,
            committed.Version.Record.Parents is [var parent, ..] ? parent : null,
            [.. (committed.Changes?.Edits ?? []).Select(e => CompareLines.Line(e, clock))],
            committed.Changes?.Shifted ?? 0,
            committed.Changes?.Relocated ?? 0,
            committed.Assumptions,
            committed.Pairings,
            [.. file.Diagnostics.Concat(committed.Findings).Select(d => Findings.Line(d, file.Name))]);
    }
}
