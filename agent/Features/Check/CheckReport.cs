using CineGit.Agent.Features.Cli;
using CineGit.Timeline.Checks;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Check;

/// <summary>What <c>check --json</c> prints.</summary>
/// <param name="File">As it was named.</param>
/// <param name="Clean">No errors and no warnings; notes ask for nothing.</param>
/// <param name="Errors">How many,</param>
/// <param name="Warnings">and how many,</param>
/// <param name="Notes">and how many.</param>
/// <param name="Findings">Worst first, then in record order.</param>
internal sealed record CheckReport(string File, bool Clean, int Errors, int Warnings, int Notes, IReadOnlyList<CheckLine> Findings)
{
    public static CheckReport Of(string file, IReadOnlyCollection<Finding> findings, RecordClock clock)
    {
        int Count(Severity severity) => findings.Count(f => f.Severity == severity);
        var (errors, warnings) = (Count(Severity.Error), Count(Severity.Warning));
        return new(file, errors + warnings == 0, errors, warnings, Count(Severity.Note), [.. findings.Select(f => CheckLine.Of(f, file, clock))]);
    }
}

/// <summary>A finding as <c>--json</c> prints it: record time in whole frames from zero, and as timecode.</summary>
internal sealed record CheckLine(
    string Code,
    string Severity,
    string File,
    string Location,
    string Message,
    string Track,
    string Subject,
    long? AtFrame,
    string? Timecode,
    IReadOnlyList<string> Elements)
{
    public static CheckLine Of(Finding finding, string file, RecordClock clock) => new(
        finding.Code,
        Findings.Word(finding.Severity),
        file,
        finding.Location,
        finding.Message,
        finding.Track,
        finding.Subject,
        finding.At is { } at ? clock.Frames(at) : null,
        finding.At is { } time ? clock.Timecode(time) : null,
        [.. finding.Elements.Select(e => e.ToString())]);
}
