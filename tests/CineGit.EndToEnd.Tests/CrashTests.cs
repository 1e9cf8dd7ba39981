using CineGit.TestKit.Running;

namespace CineGit.EndToEnd.Tests;

/// <summary>
/// kill -9 of the hub, then of PostgreSQL, at twenty points of a push. Afterwards everything acknowledged is there, nothing
/// half is visible, and the same push goes through.
/// </summary>
public sealed class CrashTests
{
    static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60L);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_hub_killed_at_twenty_points_of_a_push_loses_nothing() => SurviveAsync(async hub =>
    {
        hub.Process.Kill();
        await hub.Process.WaitForExitAsync(RecoveryLimit, Ct);
        return await HubProcess.StartAsync(Built.Programs.Hub, hub.DataFolder, hub.Url.ToString(), Ct);
    });

    [Fact]
    public Task PostgreSQL_killed_at_twenty_points_of_a_push_loses_nothing() => SurviveAsync(async hub =>
    {
        var pidFile = Path.Combine(hub.DataFolder, "postgres", "postmaster.pid");
        var killed = Pid(pidFile);
        Assert.NotNull(killed);
        await ChildProcess.RunAsync("kill", ["-9", killed], null, null, RecoveryLimit, Ct);

        // The killed server's sessions may answer a last request; only another server's process number shows that it is back.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(RecoveryLimit);
        while (Pid(pidFile) is not { } now || now == killed) await Task.Delay(50, limit.Token);
        return hub;
    });

    static string? Pid(string pidFile) => File.Exists(pidFile) ? File.ReadLines(pidFile).FirstOrDefault() : null;

    static async Task SurviveAsync(Func<HubProcess, Task<HubProcess>> crash)
    {
        using var scratch = new Scratch();
        var hub = await HubProcess.StartAsync(Built.Programs.Hub, scratch["hub"], "http://127.0.0.1:0", Ct);
        try
        {
            using var client = await PushClient.SignInAsync(hub, Ct);
            var acknowledged = new List<string>();
            for (var number = 0; number < PushClient.Points * LongRun.Rounds(1, 10); number++)
            {
                var point = number % PushClient.Points;
                if (point == PushClient.Points / 2) await client.RenewAsync(Ct);
                var push = PushClient.Prepare(acknowledged.LastOrDefault(), number);
                var crashing = Task.FromResult(hub);
                var accepted = await client.TryPushAsync(
                    push,
                    reached =>
                    {
                        if (reached == point) crashing = crash(hub);
                        return Task.CompletedTask;
                    },
                    Ct);
                hub = await crashing;

                var visible = await client.ReadHistoryAsync(Ct);
                Assert.Equal(acknowledged, visible.Take(acknowledged.Count));
                if (accepted) Assert.Contains(push.Id, visible);
                Assert.True(visible.Count <= acknowledged.Count + 1, "the hub shows a version that nobody pushed");

                await client.PushUntilAcceptedAsync(push, RecoveryLimit, Ct);
                acknowledged.Add(push.Id);
            }

            Assert.Equal(acknowledged, await client.ReadWholeHistoryAsync(Ct));
        }
        finally
        {
            await hub.DisposeAsync();
        }
    }
}
