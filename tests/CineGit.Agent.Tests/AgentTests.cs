using System.Diagnostics;

namespace CineGit.Agent.Tests;

public sealed class AgentTests
{
    [Fact]
    public async Task The_agent_sends_what_was_committed_and_stops_when_asked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are asked for with /bin/kill.");
        await using var shared = await TwoBays.SignedInAsync();
        await using var agent = shared.Ada.Start("agent");
        Assert.Equal("cinegit agent ready", await agent.WaitForLineAsync(_ => true, TimeSpan.FromSeconds(30L), TestContext.Current.CancellationToken));
        shared.Ada.WriteCut("cut.otio", ("a", 0, 24));
        await shared.Ada.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        await Eventually(() => Log(shared.Ada).Contains("Sent 1 versions", StringComparison.Ordinal));
        Assert.NotNull(shared.Hub.Head("main"));

        var begun = Stopwatch.GetTimestamp();
        agent.Signal("TERM");
        var ended = await agent.WaitForExitAsync(TimeSpan.FromSeconds(60L), TestContext.Current.CancellationToken);
        Assert.Equal(0, ended.ExitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(5L));
        Assert.DoesNotContain(MemoryHub.Token, Log(shared.Ada), StringComparison.Ordinal);
        Assert.Contains("Nothing to send", (await shared.Ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_agent_of_the_same_person_does_not_start()
    {
        using var bay = new Bay();
        await using var first = bay.Start("agent");
        Assert.Equal("cinegit agent ready", await first.WaitForLineAsync(_ => true, TimeSpan.FromSeconds(30L), TestContext.Current.CancellationToken));
        Assert.Contains("running already", (await bay.ExpectAsync(1, "agent")).Error, StringComparison.Ordinal);
        first.Kill();
        await first.WaitForExitAsync(TimeSpan.FromSeconds(60L), TestContext.Current.CancellationToken);
        await using var next = bay.Start("agent");
        Assert.Equal("cinegit agent ready", await next.WaitForLineAsync(_ => true, TimeSpan.FromSeconds(30L), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_commit_made_while_the_hub_is_away_waits_in_the_journal()
    {
        using var bay = await Bay.OfflineAsync();
        await using var agent = bay.Start("agent");
        Assert.Equal("cinegit agent ready", await agent.WaitForLineAsync(_ => true, TimeSpan.FromSeconds(30L), TestContext.Current.CancellationToken));
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        await Eventually(() => Log(bay).Contains("Pending versions wait", StringComparison.Ordinal));
        Assert.Contains("not on the hub", (await bay.ExpectAsync(0, "status")).Out, StringComparison.Ordinal);
    }

    static string Log(Bay bay)
    {
        var file = Directory.EnumerateFiles(Path.Combine(bay.Home, "logs"), "agent-*.log").Single();
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static async Task Eventually(Func<bool> holds)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30L), "It did not happen within 30 seconds.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
