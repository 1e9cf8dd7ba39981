using System.Globalization;
using System.Security.Cryptography;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Running;

namespace CineGit.Demo;

/// <summary><c>./dev demo</c>: the whole story on a hub of its own, then the check of what came back.</summary>
public sealed class DemoRun(Programs programs, Steps steps)
{
    public static SetupRequest Producer(string password) =>
        new("", "Harbour Pictures", "Ada Producer", "ada@harbour.example", password);

    public static string NewPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    /// <returns>0 when every word of the last line is true, else 1.</returns>
    public async Task<int> RunAsync(string folder, CancellationToken ct)
    {
        await using var hub = await steps.RunAsync(
            "hub started on its own PostgreSQL",
            () => HubProcess.StartAsync(programs.Hub, Path.Combine(folder, "hub"), "http://127.0.0.1:0", ct));
        var story = new Story(hub.Url, programs.Agent, folder, steps);
        await story.OpenCutRequestAsync(await File.ReadAllTextAsync(hub.SetupLinkFile, ct), Producer(NewPassword()), ct);
        var resolved = await story.MergeAsync(ct);
        await steps.RunAsync("hub stopped", async () => { await hub.StopAsync(ct); });
        return await ReportAsync(story.PulledFolder, resolved, ct);
    }

    /// <summary>The check alone, on what an earlier run pulled.</summary>
    public async Task<int> ReportAsync(string pulledFolder, int resolved, CancellationToken ct)
    {
        var outcome = await DemoCheck.CheckAsync(pulledFolder, ct);
        foreach (var line in outcome.Drift.Take(20).Concat(outcome.Wrong)) await steps.SayAsync("  " + line);
        await steps.SayAsync(string.Create(CultureInfo.InvariantCulture, $"   {outcome.FramesChecked} frames of the result compared with both edits made by hand"));
        var verb = outcome.Wrong.Count == 0 ? "merged" : "NOT merged as it should be";
        var noun = resolved == 1 ? "conflict" : "conflicts";
        await steps.SayAsync(string.Create(CultureInfo.InvariantCulture, $"demo: {verb}, {resolved} {noun} resolved, {outcome.Drift.Count} frames of drift"));
        return outcome.Holds && resolved == 1 ? 0 : 1;
    }
}

/// <summary>The built programs.</summary>
public sealed record Programs(string Hub, string Agent);
