using CineGit.TestKit.Running;

namespace CineGit.Demo;

/// <summary>
/// <c>./dev up</c>: hub and agent, with the demo in them when the hub is new, until Ctrl-C. The demo's sign-in is kept in
/// the data folder for the person at this machine.
/// </summary>
public sealed class UpRun(Programs programs, Steps steps)
{
    static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15L);

    public async Task<int> RunAsync(string dataFolder, string url, CancellationToken ct)
    {
        Directory.CreateDirectory(dataFolder);
        var hubFolder = Path.Combine(dataFolder, "hub");
        var demoFolder = Path.Combine(dataFolder, "demo");
        var signIn = Path.Combine(dataFolder, "sign-in");
        await using var hub = await steps.RunAsync("hub", () => HubProcess.StartAsync(programs.Hub, hubFolder, url, ct));
        var story = new Story(hub.Url, programs.Agent, demoFolder, steps);
        if (File.Exists(hub.SetupLinkFile)) await LoadDemoAsync(hub, story, signIn, ct);

        await using var agent = story.PictureBay.StartAgent();
        await steps.RunAsync("agent", () => agent.WaitForLineAsync(l => l.Contains("agent ready", StringComparison.Ordinal), StopLimit, ct));
        await SayWhereAsync(hub, signIn, ct);
        await StayAsync(hub, agent, ct);
        await agent.StopAsync(StopLimit, CancellationToken.None);
        await hub.StopAsync(CancellationToken.None);
        return 0;
    }

    static async Task LoadDemoAsync(HubProcess hub, Story story, string signIn, CancellationToken ct)
    {
        var password = DemoRun.NewPassword();
        var producer = DemoRun.Producer(password);
        await File.WriteAllTextAsync(signIn, $"{producer.Email}\n{password}\n", ct);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(signIn, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await story.OpenCutRequestAsync(await File.ReadAllTextAsync(hub.SetupLinkFile, ct), producer, ct);
        await File.AppendAllTextAsync(signIn, story.CutRequestPath + "\n", ct);
    }

    async Task SayWhereAsync(HubProcess hub, string signIn, CancellationToken ct)
    {
        await steps.SayAsync("");
        await steps.SayAsync($"  CineGit is at {hub.Url}");
        if (File.Exists(signIn) && await File.ReadAllLinesAsync(signIn, ct) is [var email, var password, .. var rest])
        {
            await steps.SayAsync($"  sign in as    {email}");
            await steps.SayAsync($"  password      {password}");
            if (rest is [var path, ..]) await steps.SayAsync($"  a conflict waits at {new Uri(hub.Url, path)}");
        }

        await steps.SayAsync("  Ctrl-C stops everything.");
    }

    async Task StayAsync(HubProcess hub, ChildProcess agent, CancellationToken ct)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var first = await Task.WhenAny(
            hub.Process.WaitForExitAsync(Timeout.InfiniteTimeSpan, ended.Token),
            agent.WaitForExitAsync(Timeout.InfiniteTimeSpan, ended.Token));
        if (!ct.IsCancellationRequested)
        {
            var (name, process) = hub.Process.HasExited ? ("hub", hub.Process) : ("agent", agent);
            await steps.SayAsync($"The {name} ended by itself:\n{process.Transcript()}");
        }

        await ended.CancelAsync();
        await first.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
