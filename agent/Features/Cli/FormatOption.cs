using System.CommandLine;
using CineGit.Interchange;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Features.Cli;

/// <summary>Options that several commands share.</summary>
internal static class FormatOption
{
    public static Option<string> Rate() => new("--rate")
    {
        HelpName = "R",
        Description = "Frames per second of a list that does not say so: 24, 23.976, 30000/1001.",
    };

    public static Option<string> Timeline() => new("--timeline")
    {
        HelpName = "NAME",
        Description = "Which timeline of a file that holds several; the first otherwise, or the one that was taken before.",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON (docs/cli-json.md)." };

    /// <exception cref="WrongUseException">It is no rate.</exception>
    public static FrameRate? ParseRate(string? text)
    {
        if (text is null) return null;
        return FrameRate.TryParse(text, out var rate)
            ? rate
            : throw new WrongUseException($"--rate {text} is no frame rate; give one such as 24, 23.976, 25, 29.97 or 30000/1001.");
    }

    /// <exception cref="WrongUseException">No format has that name.</exception>
    public static ITimelineFormat? ParseFormat(string option, string? name)
    {
        if (name is null) return null;
        return TimelineFormats.ByName(name)
            ?? throw new WrongUseException($"{option} {name} is no format that cinegit has; choose one of: {TimelineFormats.Names}.");
    }
}
