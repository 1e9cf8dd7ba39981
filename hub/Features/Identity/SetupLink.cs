using System.Text;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Host;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CineGit.Hub.Features.Identity;

/// <summary>While nobody has an account: prints the one-time link at start and keeps it in a file that only the hub's user can read.</summary>
public sealed class SetupLink(SetupStore store, HubFolder folder, IServer server) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!await store.IsOpenAsync(cancellationToken))
        {
            Remove();
            return;
        }

        var secret = Secret.Create();
        await store.OfferAsync(secret, cancellationToken);
        var link = $"{Address()}/setup#{secret}";
        Remove();
        await WriteAsync(link, cancellationToken);
        // Not through the log: the link is a secret, and the log is kept.
        await Console.Error.WriteLineAsync($"Nobody has an account yet. Open this link once to make the first one: {link}");
    }

    public void Remove() => File.Delete(folder.SetupLink);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    string Address() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

    async Task WriteAsync(string link, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(folder.SetupLink, options);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(link + Environment.NewLine), ct);
    }
}
