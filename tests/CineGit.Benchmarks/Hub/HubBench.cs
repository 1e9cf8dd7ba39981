using System.Diagnostics;
using System.Runtime.CompilerServices;
using CineGit.Contracts.Hub;

namespace CineGit.Benchmarks.Hub;

/// <summary>
/// The hub with its PostgreSQL and row-level security, asked over HTTP on the same machine. Times are of a clock on the wall, as
/// people wait: on a machine that does other things, they are longer.
/// </summary>
static class HubBench
{
    public static readonly string[] Parts = ["reads", "pushes", "merges", "events"];

    const string Project = "film";

    /// <param name="Clips">On all tracks.</param>
    /// <param name="Listeners">Open streams of events.</param>
    /// <param name="Seconds">How long reads, and deliveries, are measured.</param>
    /// <param name="Rounds">Of everything else; the median counts.</param>
    readonly record struct Load(int Clips, int Listeners, int Seconds, int Rounds);

    /// <param name="part">One of <see cref="Parts"/>; null for all.</param>
    public static async IAsyncEnumerable<Figure> RunAsync(string dll, bool quick, string? part)
    {
        var load = quick ? new Load(1_000, 200, 3, 5) : new Load(10_000, 2_000, 10, 15);
        var ct = CancellationToken.None;
        await using var hub = await BenchHub.StartAsync(dll, ct);
        await hub.PostAsync(hub.At(HubRoutes.Projects, Project), new CreateProjectRequest("Film", Project), ct);
        yield return new("memory of an idle hub", hub.ResidentMegabytes, "MB", 200, null, "");
        foreach (var each in Parts.Where(each => part is null || part == each))
        {
            await foreach (var figure in OfPart(each, hub, load, ct)) yield return figure;
            yield return new($"memory of the hub after {each}", hub.ResidentMegabytes, "MB", null, null, "");
        }
    }

    public static double At(IReadOnlyList<double> ordered, double share) =>
        ordered.Count == 0 ? double.NaN : ordered[(int)Math.Min(ordered.Count - 1, ordered.Count * share)];

    public static double Median(IEnumerable<double> times) => At([.. times.Order()], 0.5);

    static IAsyncEnumerable<Figure> OfPart(string part, BenchHub hub, Load load, CancellationToken ct) => part switch
    {
        "reads" => ReadsAsync(hub, load, ct),
        "pushes" => CutBench.PushesAsync(hub, load.Clips, load.Rounds, ct),
        "merges" => CutBench.MergesAsync(hub, load.Clips, load.Rounds, ct),
        _ => EventBench.RunAsync(hub, load.Listeners, load.Seconds, ct),
    };

    /// <summary>The project page: who asks, may they, the project, its branches and open cut requests.</summary>
    static async IAsyncEnumerable<Figure> ReadsAsync(BenchHub hub, Load load, [EnumeratorCancellation] CancellationToken ct)
    {
        const int readers = 16;
        var address = hub.At(HubRoutes.Project, Project);
        await ReadForAsync(hub, address, readers, load.Seconds / 2.0, ct);
        var cpu = hub.Cpu;
        var times = await ReadForAsync(hub, address, readers, load.Seconds, ct);
        var shares = hub.Cpu - cpu;
        yield return new($"project page, {readers} readers", times.Count / (double)load.Seconds, "req/s", 1_500, null, "");
        yield return new("project page, p99", At(times, 0.99), "ms", 30, null, "");
        foreach (var share in shares.Each("1,000 project pages", times.Count / 1_000.0)) yield return share;
    }

    /// <summary>How long each answer took, in order of length.</summary>
    static async Task<List<double>> ReadForAsync(BenchHub hub, string address, int readers, double seconds, CancellationToken ct)
    {
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(Enumerable.Range(0, readers).Select(async _ =>
        {
            using var reader = await PlainRequest.ConnectAsync(hub.Url, address, hub.Client, "1.1", ct);
            var took = new List<double>();
            while (Stopwatch.GetTimestamp() < until)
            {
                var began = Stopwatch.GetTimestamp();
                await reader.AskAsync(ct);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return took;
        }));
        return [.. times.SelectMany(each => each).Order()];
    }
}
