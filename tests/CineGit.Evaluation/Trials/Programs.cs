#pragma warning disable RS0030 // The product and git are started as a user starts them; this project shares no code with the rest.
using System.Diagnostics;

namespace CineGit.Evaluation.Trials;

/// <summary>Starts programs and waits for them.</summary>
static class Programs
{
    public static Task<(string Output, string Errors)> RunAsync(string program, params IReadOnlyList<string> arguments) => RunInAsync(null, program, arguments);

    public static async Task<(string Output, string Errors)> RunInAsync(string? folder, string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        var (output, errors) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
        return (await output, await errors);
    }
}
