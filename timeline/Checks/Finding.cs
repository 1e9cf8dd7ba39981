using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>Something about a cut that a person should look at.</summary>
/// <param name="Code">See <see cref="DiagnosticCodes"/>.</param>
/// <param name="Severity">
/// An error cannot be played or stored as it stands, a warning will look or sound wrong somewhere, a note asks for nothing.
/// </param>
/// <param name="Location">Where in the document: <c>tracks/0/children/4</c>, a line of the file, or empty for the whole.</param>
/// <param name="Message">What is wrong and what to do, in one or two sentences.</param>
public sealed record Finding(string Code, Severity Severity, string Location, string Message)
{
    /// <summary>The track's name; empty when it is about no track in particular.</summary>
    public string Track { get; init; } = "";

    /// <summary>What the clip, nest or track is called; empty when it is about none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Record time from zero; null when it is about no moment.</summary>
    public Flicks? At { get; init; }

    /// <summary>The parts it is about.</summary>
    public ImmutableArray<ElementId> Elements { get; init; } = [];
}
