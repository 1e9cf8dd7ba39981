using System.Globalization;
using CineGit.TestKit.Running;

namespace CineGit.Hub.Tests;

/// <summary>The hub's executable as somebody at a console runs it.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    const string Announcement = "CineGit hub ready at ";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ChildProcess process;
    Uri? address;

    HubProcess(ChildProcess process) => this.process = process;

    public Uri Address => address ?? throw new InvalidOperationException($"The hub is not ready. {Errors}");

    public string Errors => process.Error;

    public int ProcessId => process.Id;

    /// <summary>Known once it has ended.</summary>
    public int ExitCode { get; private set; }

    /// <param name="data">Its data folder.</param>
    /// <param name="user">Null for the tests' own; otherwise setpriv makes it this one, which needs root.</param>
    /// <param name="more">Further arguments.</param>
    public static HubProcess Start(string data, string? user = null, params string[] more)
    {
        string[] drop = user is null ? [] : ["setpriv", $"--reuid={user}", "--regid=65534", "--clear-groups", "--"];
        var program = Path.Combine(AppContext.BaseDirectory, "CineGit.Hub.dll");
        string[] command = [.. drop, "dotnet", program, "--Hub:Data", data, "--urls", "http://127.0.0.1:0", .. more];
        return new HubProcess(ChildProcess.Start(command[0], command[1..], "/"));
    }

    public async Task<HubProcess> ReadyAsync(CancellationToken ct)
    {
        var line = await process.WaitForLineAsync(l => l.StartsWith(Announcement, StringComparison.Ordinal), Patience, ct);
        address = new Uri(line[Announcement.Length..]);
        return this;
    }

    public async Task EndedAsync(CancellationToken ct) => ExitCode = (await process.WaitForExitAsync(Patience, ct)).ExitCode;

    public void Kill() => process.Kill();

    public async Task StopAsync(CancellationToken ct)
    {
        process.Signal("TERM");
        await EndedAsync(ct);
    }

    public static Task SignalAsync(int pid, string signal, CancellationToken ct) =>
        RunAsync(ct, "kill", $"-{signal}", pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>Not so for one that has ended but that its parent has not asked after yet.</summary>
    public static bool IsAlive(int pid) => Directory.Exists($"/proc/{pid}/cwd");

    /// <summary>Runs a tool to its end; its exit code is checked.</summary>
    public static async Task RunAsync(CancellationToken ct, params string[] command)
    {
        var result = await ChildProcess.RunAsync(command[0], command[1..], null, null, Patience, ct);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await StopAsync(CancellationToken.None);
        await process.DisposeAsync();
    }
}
