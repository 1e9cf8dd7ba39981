#pragma warning disable RS0030 // Tests and the demo start the real programs; this is the one place that does.
using System.Diagnostics;
using System.Threading.Channels;

namespace CineGit.TestKit.Running;

/// <summary>A finished program: exit code and everything it wrote.</summary>
public sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>For messages of failed assertions.</summary>
    public override string ToString() => $"exit {ExitCode}\nout: {Out}\nerror: {Error}";
}

/// <summary>A real program under test, with its output lines as they come.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>A daemon may run for days: only its latest lines are kept.</summary>
    const int LinesKept = 100_000;

    readonly Process _process;
    readonly Channel<string> _lines =
        Channel.CreateBounded<string>(new BoundedChannelOptions(LinesKept) { FullMode = BoundedChannelFullMode.DropOldest });

    readonly List<string> _output = [];
    readonly List<string> _errors = [];

    ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Text(_errors);

    /// <summary>A program beside the test assembly: <c>cinegit</c>.</summary>
    public static string Beside(string name) =>
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);

    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;

        var child = new ChildProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, e) => child.Take(child._output, e.Data);
        child._process.ErrorDataReceived += (_, e) => child.Take(child._errors, e.Data);
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end; past the timeout it is killed and the call fails.</summary>
    public static async Task<ToolResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? folder,
        IReadOnlyDictionary<string, string?>? environment,
        TimeSpan timeout,
        CancellationToken ct)
    {
        await using var child = Start(program, arguments, folder, environment);
        return await child.WaitForExitAsync(timeout, ct);
    }

    /// <summary>The first line of either stream that fits, from where the last call stopped.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> fits, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
            {
                if (fits(line)) return line;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not print the expected line in time.\n{Transcript()}");
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended without the expected line.\n{Transcript()}");
    }

    public async Task<ToolResult> WaitForExitAsync(TimeSpan timeout, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Kill();
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end in time.\n{Transcript()}");
        }

        return new(_process.ExitCode, Text(_output), Text(_errors));
    }

    /// <summary>As a terminal's Ctrl-C or a service manager would: the program may clean up.</summary>
    public async Task<ToolResult> StopAsync(TimeSpan timeout, CancellationToken ct)
    {
        if (!_process.HasExited) Signal("TERM");
        return await WaitForExitAsync(timeout, ct);
    }

    /// <summary>kill -9: no clean-up at all.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public string Transcript()
    {
        lock (_output) return string.Join('\n', _output.Concat(_errors).TakeLast(60));
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    void Take(List<string> stream, string? line)
    {
        if (line is null)
        {
            if (ReferenceEquals(stream, _output)) _lines.Writer.TryComplete();
            return;
        }

        lock (_output)
        {
            if (stream.Count >= LinesKept) stream.RemoveRange(0, LinesKept / 2);
            stream.Add(line);
        }

        _lines.Writer.TryWrite(line);
    }

    string Text(List<string> lines)
    {
        lock (_output) return string.Concat(lines.Select(line => line + "\n"));
    }
}
