using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.HubClient;

namespace CineGit.Agent.Features.Commit;

/// <summary>Whose name a version carries: the person signed in to the hub, else <c>$CINEGIT_AUTHOR</c>, else the machine's user.</summary>
internal static class Author
{
    public static async Task<string> NameAsync(Shell shell, Uri hub, CancellationToken ct)
    {
        var tokens = await new HubTokens(shell.Home, hub, shell.Clock).ReadAsync(ct);
        if (tokens is not null) return tokens.UserName;
        var set = Environment.GetEnvironmentVariable("CINEGIT_AUTHOR");
        return string.IsNullOrWhiteSpace(set) ? Environment.UserName : set.Trim();
    }
}
