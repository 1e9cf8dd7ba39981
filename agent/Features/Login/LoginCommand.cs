using System.CommandLine;
using System.Security.Cryptography;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Sync;
using CineGit.Agent.Platform.HubClient;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Login;

/// <summary><c>cinegit login URL</c>: lets this machine in with a code that a person confirms in a browser (RFC 8628).</summary>
internal static class LoginCommand
{
    /// <summary>What RFC 8628 adds when the hub says that polling is too quick.</summary>
    const int SlowDownSeconds = 5;

    public static Command Create(Shell shell)
    {
        var url = new Argument<string>("URL") { Description = "The hub's address." };
        var command = new Command("login", "Sign this machine in to a hub.") { url };
        command.SetAction((parsed, ct) => RunAsync(shell, ProjectOption.ParseHub(parsed.GetRequiredValue(url)), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, Uri hub, CancellationToken ct)
    {
        if (HubAddress.IsUnprotected(hub))
            shell.Output.Note($"{hub} is reached without encryption: whoever is on the network can read along; use https when the hub has it.");
        using var connection = new HttpHubConnection(hub, null, RetryPolicy.Default, shell.Clock);
        using var key = BayKey.Create();
        var code = await connection.RequestDeviceCodeAsync(new(Environment.MachineName, BayKey.PublicHalf(key)), ct);
        shell.Output.Line($"Open {code.VerificationUri} and confirm the code {code.UserCode}");
        if (await PollAsync(connection, code, key, shell.Clock, ct) is not { } tokens)
        {
            shell.Output.Note($"The code {code.UserCode} has ended without being confirmed. Run: cinegit login {hub.OriginalString}");
            return ExitCode.Refused;
        }

        // The key first: tokens without it could not be renewed.
        await new BayKey(shell.Home, hub).SaveAsync(key, CancellationToken.None);
        await new HubTokens(shell.Home, hub, shell.Clock).SaveAsync(tokens, CancellationToken.None);
        shell.Output.Line($"Signed in to {hub.OriginalString} as {tokens.User.DisplayName}.");
        return ExitCode.Done;
    }

    /// <summary>Null when the code ended: too late, or refused in the browser.</summary>
    static async Task<TokenResponse?> PollAsync(
        HttpHubConnection hub, DeviceCodeResponse code, ECDsa key, TimeProvider clock, CancellationToken ct)
    {
        var proof = BayKey.Sign(key, MachineProof.OfPairing(code.DeviceCode));
        var begun = clock.GetTimestamp();
        var life = TimeSpan.FromSeconds((long)code.ExpiresInSeconds);
        var interval = TimeSpan.FromSeconds((long)Math.Max(1, code.IntervalSeconds));
        while (clock.GetElapsedTime(begun) < life)
        {
            await Task.Delay(interval, clock, ct);
            try
            {
                return await hub.RequestTokenAsync(new(code.DeviceCode, proof), ct);
            }
            catch (HubProblemException waiting) when (waiting.Code is ProblemCodes.AuthorizationPending)
            {
                continue;
            }
            catch (HubProblemException hurried) when (hurried.Code is ProblemCodes.SlowDown)
            {
                interval += TimeSpan.FromSeconds((long)SlowDownSeconds);
            }
            catch (HubProblemException ended) when (ended.Code is ProblemCodes.Expired)
            {
                return null;
            }
            catch (HubUnreachableException)
            {
                // A poll is lost, the code is not: the person is still in the browser.
                continue;
            }
        }

        return null;
    }
}
