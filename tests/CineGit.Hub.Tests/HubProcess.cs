#pragma warning disable RS0030 // Kills hubs and servers for real, which only a process of their own allows.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CineGit.Hub.Tests;

/// <summary>The hub's executable as somebody at a console runs it.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly StringBuilder errors = new();
    readonly TaskCompletionSource<Uri?> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    HubProcess(Process process) => this.process = process;

    public Uri Address => ready.Task is { IsCompletedSuccessfully: true, Result: { } address }
        ? address
        : throw new InvalidOperationException($"The hub is not ready. {Errors}");

    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    public int ProcessId => process.Id;

    public int ExitCode => process.ExitCode;

    /// <param name="user">Null for the tests' own; otherwise setpriv makes it this one, which needs root.</param>
    public static HubProcess Start(string data, string? user = null, params string[] more)
    {
        string[] drop = user is null ? [] : ["setpriv", $"--reuid={user}", "--regid=65534", "--clear-groups", "--"];
        var program = Path.Combine(AppContext.BaseDirectory, "CineGit.Hub.dll");
        string[] command = [.. drop, "dotnet", program, "--Hub:Data", data, "--urls", "http://127.0.0.1:0", .. more];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var hub = new HubProcess(new Process { StartInfo = start });
        hub.process.OutputDataReceived += (_, line) => hub.Read(line.Data);
        hub.process.ErrorDataReceived += (_, line) => hub.ReadError(line.Data);
        hub.process.Start();
        hub.process.BeginOutputReadLine();
        hub.process.BeginErrorReadLine();
        return hub;
    }

    public async Task<HubProcess> ReadyAsync(CancellationToken ct)
    {
        Assert.True(await ready.Task.WaitAsync(Patience, ct) is not null, $"The hub ended: {Errors}");
        return this;
    }

    public Task EndedAsync(CancellationToken ct) => process.WaitForExitAsync(ct).WaitAsync(Patience, ct);

    public void Kill() => process.Kill();

    public async Task StopAsync(CancellationToken ct)
    {
        Signal(process.Id, "TERM");
        await EndedAsync(ct);
    }

    public static void Signal(int pid, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Not so for one that has ended but that its parent has not asked after yet.</summary>
    public static bool IsAlive(int pid) => Directory.Exists($"/proc/{pid}/cwd");

    /// <summary>Runs a tool to its end; its exit code is checked.</summary>
    public static async Task RunAsync(CancellationToken ct, params string[] command)
    {
        using var tool = Process.Start(command[0], command[1..]);
        await tool.WaitForExitAsync(ct);
        Assert.Equal(0, tool.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await StopAsync(CancellationToken.None);
        process.Dispose();
    }

    void Read(string? line)
    {
        const string announcement = "CineGit hub ready at ";
        if (line is null) ready.TrySetResult(null);
        else if (line.StartsWith(announcement, StringComparison.Ordinal)) ready.TrySetResult(new Uri(line[announcement.Length..]));
    }

    void ReadError(string? line)
    {
        lock (errors) errors.AppendLine(line);
    }
}
