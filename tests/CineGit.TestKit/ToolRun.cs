// Tests run the real executables; this is the one place of theirs that starts a process.
#pragma warning disable RS0030
using System.Diagnostics;

namespace CineGit.TestKit;

/// <summary>What a finished program left.</summary>
public sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>For messages of failed assertions.</summary>
    public override string ToString() => $"exit {ExitCode}\nout: {Out}\nerror: {Error}";
}

/// <summary>How a program is to be run.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Folder">The working directory.</param>
/// <param name="Arguments">As the program shall see them; nothing is split or quoted.</param>
public sealed record ToolStart(string Program, string Folder, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>A running program; disposing it kills it.</summary>
public sealed class ToolRun : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60L);

    readonly Process _process;
    readonly Task<string> _out;
    readonly Task<string> _error;
    readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ToolRun(Process process)
    {
        _process = process;
        _out = ReadOutAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The first line on standard output, as soon as it is there; empty when the program ended without one.</summary>
    public Task<string> FirstLineAsync => _firstLine.Task;

    public int Id => _process.Id;

    /// <summary>A program beside the test assembly: <c>cinegit</c>.</summary>
    public static string Beside(string name) =>
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);

    public static ToolRun Start(ToolStart start)
    {
        var info = new ProcessStartInfo(start.Program)
        {
            WorkingDirectory = start.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in start.Arguments) info.ArgumentList.Add(argument);
        foreach (var (name, value) in start.Environment) info.Environment[name] = value;
        var process = Process.Start(info) ?? throw new InvalidOperationException($"{start.Program} did not start.");
        process.StandardInput.Close();
        return new(process);
    }

    public static async Task<ToolResult> ToEndAsync(ToolStart start, CancellationToken ct)
    {
        await using var run = Start(start);
        return await run.EndAsync(ct);
    }

    /// <exception cref="TimeoutException">It is still running after a minute.</exception>
    public async Task<ToolResult> EndAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct).WaitAsync(Patience, ct);
        return new(_process.ExitCode, await _out, await _error);
    }

    /// <summary>As a power cut would: nothing of the program runs any more.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Asks it to end, as a session manager does.</summary>
    public async Task TerminateAsync(CancellationToken ct) =>
        await ToEndAsync(new("/bin/kill", "/", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]), ct);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    async Task<string> ReadOutAsync()
    {
        var first = await _process.StandardOutput.ReadLineAsync();
        _firstLine.TrySetResult(first ?? "");
        return first is null ? "" : first + "\n" + await _process.StandardOutput.ReadToEndAsync();
    }
}
