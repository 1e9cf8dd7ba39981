using System.CommandLine;
using System.Globalization;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Agent.Features.Convert;

/// <summary><c>cinegit info FILE</c>: what is in a timeline file.</summary>
internal static class InfoCommand
{
    public static Command Create(Shell shell)
    {
        var input = new Argument<string>("FILE") { Description = "The timeline to look at." };
        var rate = FormatOption.Rate();
        var timeline = FormatOption.Timeline();
        var json = FormatOption.Json();
        var command = new Command("info", "Say what is in a timeline file.") { input, rate, timeline, json };
        command.SetAction((parsed, ct) =>
            RunAsync(shell, parsed.GetRequiredValue(input), parsed.GetValue(rate), parsed.GetValue(timeline), parsed.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string path, string? rate, string? timeline, bool json, CancellationToken ct)
    {
        var file = (await TimelineFile.ReadAsync(path, null, FormatOption.ParseRate(rate), ct)).Choosing(timeline, null);
        var bag = new DiagnosticBag();
        var cut = file.ReadCut(bag);
        var report = TimelineReport.Of(file, cut, [.. file.Diagnostics, .. bag.ToImmutable()]);
        if (json) shell.Output.Json(report, CliJson.Default.TimelineReport);
        else Print(shell, report);
        return ExitCode.Done;
    }

    static void Print(Shell shell, TimelineReport report)
    {
        shell.Output.Line($"{report.Name} ({report.Format}, {report.Rate} fps)");
        shell.Output.Line($"starts at {report.StartTimecode}, {report.DurationTimecode} long ({Count(report.DurationFrames, "frame")})");
        foreach (var track in report.Tracks)
        {
            shell.Output.Line($"{track.Name}: {track.Kind}, {Count(track.Clips, "clip")}, {Count(track.Transitions, "transition")}, {Count(track.DurationFrames, "frame")}{(track.Enabled ? "" : ", off")}");
        }

        shell.Output.Line($"{Count(report.Media.Count, "media file")}, {Count(report.Effects, "effect")}, {Count(report.Markers, "marker")}");
        foreach (var finding in report.Diagnostics)
            shell.Output.Line($"{finding.Severity} {finding.Code}{(finding.Location.Length == 0 ? "" : " at " + finding.Location)}: {finding.Message}");
    }

    static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
