using CineGit.Demo;
using CineGit.TestKit.Running;

namespace CineGit.EndToEnd.Tests;

/// <summary><c>./dev demo</c> and <c>./dev up</c> as a person runs them.</summary>
public sealed class DemoTests
{
    static readonly TimeSpan DemoLimit = TimeSpan.FromMinutes(4L);
    static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20L);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_ends_without_drift_and_fails_when_one_frame_is_off()
    {
        using var scratch = new Scratch();
        var demo = await RunAsync("run", "--hub", Built.Programs.Hub, "--agent", Built.Programs.Agent, "--keep", scratch.Folder);
        Assert.True(demo.ExitCode == 0, demo.Out + demo.Error);
        Assert.EndsWith("demo: merged, 1 conflict resolved, 0 frames of drift\n", demo.Out, StringComparison.Ordinal);

        var pulled = scratch["pulled"];
        await BreakAsync(Path.Combine(pulled, DemoCheck.OtioName), "\"value\": 31.0", "\"value\": 32.0");
        var broken = await RunAsync("check", pulled);
        Assert.Equal(1, broken.ExitCode);
        Assert.DoesNotContain(" 0 frames of drift", broken.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_shows_the_demo_is_quick_the_second_time_and_leaves_no_process()
    {
        using var scratch = new Scratch();
        await using (var first = await StartUpAsync(scratch.Folder, DemoLimit))
        {
            await StopLikeCtrlCAsync(first);
        }

        await AssertNothingRunsInAsync(scratch.Folder);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using var second = await StartUpAsync(scratch.Folder, DemoLimit);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10L));
        await StopLikeCtrlCAsync(second);
        await AssertNothingRunsInAsync(scratch.Folder);
    }

    static async Task<ChildProcess> StartUpAsync(string folder, TimeSpan limit)
    {
        var up = ChildProcess.Start(
            "dotnet",
            [Built.Demo, "up", "--data", folder, "--url", "http://127.0.0.1:0", "--hub", Built.Programs.Hub, "--agent", Built.Programs.Agent]);
        await up.WaitForLineAsync(l => l.Contains("Ctrl-C stops everything", StringComparison.Ordinal), limit, Ct);
        return up;
    }

    static async Task StopLikeCtrlCAsync(ChildProcess up)
    {
        up.Signal("INT");
        var result = await up.WaitForExitAsync(StopLimit, Ct);
        Assert.True(result.ExitCode == 0, up.Transcript());
    }

    static async Task AssertNothingRunsInAsync(string folder)
    {
        var found = await ChildProcess.RunAsync("pgrep", ["-a", "-f", folder], null, null, StopLimit, Ct);
        Assert.Equal("", found.Out);
    }

    static Task<ToolResult> RunAsync(params IEnumerable<string> arguments) =>
        ChildProcess.RunAsync("dotnet", [Built.Demo, .. arguments], null, null, DemoLimit, Ct);

    static async Task BreakAsync(string path, string old, string changed)
    {
        var text = await File.ReadAllTextAsync(path, Ct);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} has no {old}");
        await File.WriteAllTextAsync(path, text[..at] + changed + text[(at + old.Length)..], Ct);
    }
}
