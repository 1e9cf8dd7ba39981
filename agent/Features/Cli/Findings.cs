using CineGit.Timeline.Diagnostics;

namespace CineGit.Agent.Features.Cli;

/// <summary>One diagnostic as <c>--json</c> and <c>--diagnostics</c> print it.</summary>
internal sealed record FindingLine(string Code, string Severity, string File, string Location, string Message);

internal static class Findings
{
    public static FindingLine Line(Diagnostic d, string file) =>
        new(d.Code, Word(d.Severity), file, d.Location, d.Message);

    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>To standard error, each with its file; notes are kept for <c>--json</c>, they ask for nothing.</summary>
    public static void Print(Shell shell, string file, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var d in diagnostics.Where(d => d.Severity != Severity.Note))
            shell.Output.Note($"{file}: {d}");
    }
}
