namespace CineGit.Hub.Tests;

public static class Until
{
    /// <summary>Asks again and again, for half a minute at most.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var left = 600; left > 0; left--)
        {
            if (await condition()) return;
            await timer.WaitForNextTickAsync(ct);
        }

        Assert.Fail($"This did not come true in time: {what}.");
    }
}
