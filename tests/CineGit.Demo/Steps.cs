using System.Diagnostics;
using System.Globalization;

namespace CineGit.Demo;

/// <summary>Prints one line a step with the time it took.</summary>
public sealed class Steps(TextWriter output)
{
    public async Task RunAsync(string what, Func<Task> work) =>
        await RunAsync(what, async () =>
        {
            await work();
            return true;
        });

    public async Task<T> RunAsync<T>(string what, Func<Task<T>> work)
    {
        var clock = Stopwatch.StartNew();
        var result = await work();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{clock.ElapsedMilliseconds,7} ms  {what}"));
        return result;
    }

    public Task SayAsync(string line) => output.WriteLineAsync(line);
}
