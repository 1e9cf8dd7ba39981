using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Sync;
using CineGit.Agent.Platform.HubClient;

namespace CineGit.Agent.Features.Login;

/// <summary><c>cinegit logout</c>: forgets this machine's tokens of a hub.</summary>
internal static class LogoutCommand
{
    public static Command Create(Shell shell)
    {
        var url = new Argument<string?>("URL") { Arity = ArgumentArity.ZeroOrOne, Description = "The hub's address; this working copy's otherwise." };
        var command = new Command("logout", "Forget the sign-in to a hub on this machine.") { url };
        command.SetAction((parsed, ct) => RunAsync(shell, parsed.GetValue(url), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string? url, CancellationToken ct)
    {
        var hub = url is not null ? ProjectOption.ParseHub(url) : (await shell.WorkingCopy().ReadConfigAsync(ct)).Hub;
        shell.Output.Line(new HubTokens(shell.Home, hub, shell.Clock).Delete()
            ? $"Signed out of {hub.OriginalString} on this machine."
            : $"Nobody was signed in to {hub.OriginalString} on this machine.");
        return ExitCode.Done;
    }
}
