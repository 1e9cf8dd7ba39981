#pragma warning disable RS0030 // The hub's one place that starts programs: PostgreSQL's own tools and those that drop root.
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace CineGit.Hub.Platform.Database.Embedded;

/// <summary>How a program ended, and what it printed or why it did not run.</summary>
public sealed record ToolResult(bool Succeeded, string Output);

/// <summary>Runs a program to its end with an argument list, and knows which programs run.</summary>
public static class ToolRun
{
    public static async Task<ToolResult> RunAsync(IReadOnlyList<string> commandLine, TimeSpan limit, CancellationToken ct)
    {
        var start = new ProcessStartInfo(commandLine[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            // The hub's own folder may be closed to the user that PostgreSQL runs as.
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/",
        };
        foreach (var argument in commandLine.Skip(1)) start.ArgumentList.Add(argument);
        Clean(start.Environment);

        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            return new ToolResult(Succeeded: false, failure.Message);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            return new ToolResult(Succeeded: false, $"{Path.GetFileName(commandLine[0])} did not end within {limit}.");
        }

        lock (output) return new ToolResult(process.ExitCode == 0, output.ToString().Trim());
    }

    /// <summary>The program's name, without folder and ending; null when no such process runs.</summary>
    public static string? NameOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>PGDATA, PGPORT and the like of the person's shell must not lead the tools elsewhere.</summary>
    static void Clean(IDictionary<string, string?> environment)
    {
        var foreign = environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList();
        foreach (var name in foreign) environment.Remove(name);
        // Their answers and the log are read by the hub, so they must not be translated.
        environment["LC_ALL"] = "C";
    }

    static void Append(StringBuilder output, string? line)
    {
        if (line is null) return;
        lock (output) output.AppendLine(line);
    }
}
