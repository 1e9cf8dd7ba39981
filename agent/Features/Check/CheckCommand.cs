using System.CommandLine;
using System.Globalization;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Checks;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Agent.Features.Check;

/// <summary><c>cinegit check FILE</c>: what is wrong with a timeline, before somebody else finds it.</summary>
internal static class CheckCommand
{
    /// <summary>So many of one kind are printed; a list that rounds every event says so once, not three hundred times.</summary>
    const int MostOfAKind = 8;

    public static Command Create(Shell shell)
    {
        var input = new Argument<string>("FILE") { Description = "The timeline to check." };
        var rate = FormatOption.Rate();
        var timeline = FormatOption.Timeline();
        var json = FormatOption.Json();
        var command = new Command("check", "Look for what is wrong in a timeline file.") { input, rate, timeline, json };
        command.SetAction((parsed, ct) =>
            RunAsync(shell, parsed.GetRequiredValue(input), parsed.GetValue(rate), parsed.GetValue(timeline), parsed.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string path, string? rate, string? timeline, bool json, CancellationToken ct)
    {
        var file = (await TimelineFile.ReadAsync(path, null, FormatOption.ParseRate(rate), ct)).Choosing(timeline, null);
        var bag = new DiagnosticBag();
        var cut = file.ReadCut(bag);
        var findings = CutCheck.OfFile(cut, [.. file.Diagnostics, .. bag.ToImmutable()]);
        var report = CheckReport.Of(path, findings, new(cut));
        if (json) shell.Output.Json(report, CliJson.Default.CheckReport);
        else Print(shell, report);
        return report.Clean ? ExitCode.Done : ExitCode.Outcome;
    }

    static void Print(Shell shell, CheckReport report)
    {
        foreach (var severity in (Severity[])[Severity.Error, Severity.Warning, Severity.Note])
        {
            var group = report.Findings.Where(f => f.Severity == Findings.Word(severity)).ToList();
            if (group.Count == 0) continue;
            shell.Output.Line($"{severity}s");
            foreach (var line in group.GroupBy(f => f.Code).SelectMany(kind => kind.Take(MostOfAKind)).OrderBy(group.IndexOf))
                shell.Output.Line($"  {Place(line)}{line.Message} ({line.Code})");
            foreach (var kind in group.GroupBy(f => f.Code).Where(kind => kind.Count() > MostOfAKind))
                shell.Output.Line(string.Create(CultureInfo.InvariantCulture, $"  … and {kind.Count() - MostOfAKind} more of {kind.Key}; --json lists them all."));
        }

        shell.Output.Line($"{Count(report.Errors, "error")}, {Count(report.Warnings, "warning")}, {Count(report.Notes, "note")}");
    }

    static string Place(CheckLine line)
    {
        List<string> words = [line.Track, line.Timecode ?? ""];
        if (line.Timecode is null && line.Track.Length == 0) words.Add(line.Location);
        words.RemoveAll(w => w.Length == 0);
        return words.Count == 0 ? "" : string.Join(' ', words) + ": ";
    }

    static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
