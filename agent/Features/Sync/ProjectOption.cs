using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.HubClient;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Sync;

/// <summary>Addresses as they are typed.</summary>
internal static class ProjectOption
{
    /// <exception cref="WrongUseException">It is no ORG/PROJECT.</exception>
    public static ProjectAddress ParseProject(string text) => text.Split('/') is [var organization, var project] && IsSlug(organization) && IsSlug(project)
        ? new(organization, project)
        : throw new WrongUseException($"“{text}” is no project; write ORG/PROJECT in lower-case letters, digits and hyphens, as the hub shows it.");

    /// <exception cref="WrongUseException">It is no address of a hub.</exception>
    public static Uri ParseHub(string text) => HubAddress.TryParse(text, out var hub)
        ? hub
        : throw new WrongUseException($"“{text}” is no hub's address; write it as https://hub.example.com.");

    static bool IsSlug(string text) =>
        text.Length is >= 1 and <= 60 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
