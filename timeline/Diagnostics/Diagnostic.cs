using System.Collections.Immutable;

namespace CineGit.Timeline.Diagnostics;

public enum Severity
{
    /// <summary>Kept, and worth knowing.</summary>
    Note,

    /// <summary>Read with an assumption, or carried without being understood.</summary>
    Warning,

    /// <summary>This part could not be read; the rest was.</summary>
    Error,
}

/// <summary>
/// One thing a reader or writer has to say about a file: a stable code (<c>CG1001</c>…; see <see cref="DiagnosticCodes"/>),
/// where (line number, element path), what, and what to do.
/// </summary>
public sealed record Diagnostic(string Code, Severity Severity, string Location, string Message)
{
    public override string ToString() =>
        Location.Length == 0 ? $"{Severity} {Code}: {Message}" : $"{Severity} {Code} at {Location}: {Message}";
}

/// <summary>Collects what a reader finds; reading goes on where it can.</summary>
public sealed class DiagnosticBag
{
    readonly List<Diagnostic> _found = [];

    public bool HasErrors => _found.Exists(d => d.Severity == Severity.Error);

    public void Note(string code, string location, string message) => _found.Add(new(code, Severity.Note, location, message));

    public void Warn(string code, string location, string message) => _found.Add(new(code, Severity.Warning, location, message));

    public void Error(string code, string location, string message) => _found.Add(new(code, Severity.Error, location, message));

    public ImmutableArray<Diagnostic> ToImmutable() => [.. _found];
}
