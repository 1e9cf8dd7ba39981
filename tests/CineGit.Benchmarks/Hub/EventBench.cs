using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CineGit.Contracts.Hub;

namespace CineGit.Benchmarks.Hub;

/// <summary>
/// Many open streams on one project, and events at a steady pace. A delivery's time runs from the moment at which the request that
/// causes the event is sent; what a stream did not get, or got twice, is counted.
/// </summary>
static class EventBench
{
    const string Project = "film";

    /// <summary>Of all streams together.</summary>
    const int DeliveriesASecond = 10_000;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchHub hub, int listeners, int seconds, [EnumeratorCancellation] CancellationToken ct)
    {
        var pace = DeliveriesASecond / listeners;
        var events = pace * seconds;
        var sent = new long[events];
        using var client = hub.NewClient();
        var address = hub.At(HubRoutes.ProjectEvents, Project);
        var open = new CountdownEvent(listeners);
        var streams = Enumerable.Range(0, listeners).Select(_ => ListenAsync(client, address, events, sent, open, ct)).ToList();
        await Task.Run(() => open.Wait(ct), ct);

        var cpu = hub.CpuMilliseconds;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < events; i++)
        {
            var due = began + i * Stopwatch.Frequency / pace;
            var ahead = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (ahead > TimeSpan.Zero) await Task.Delay(ahead, ct);
            Volatile.Write(ref sent[i], Stopwatch.GetTimestamp());
            await hub.PostAsync(hub.At(HubRoutes.Branches, Project), new CreateBranchRequest($"e{i}", null), ct);
        }

        var told = await Task.WhenAll(streams);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds / 1000;
        var delays = told.SelectMany(each => each.Delays).Order().ToList();
        var label = string.Create(CultureInfo.InvariantCulture, $"{listeners:N0} listeners");
        yield return new($"events delivered, {label}", delays.Count / took, "ev/s", 0.9 * DeliveriesASecond, null, "");
        yield return new($"event to listener, p99, {label}", HubBench.At(delays, 0.99), "ms", 250, null, "");
        yield return new($"events missing or doubled, {label}", (long)events * listeners - delays.Count + told.Sum(each => each.Wrong), "n", 0, null, "");
        yield return new($"1,000 deliveries, CPU time of the hub, {label}", (hub.CpuMilliseconds - cpu) * 1_000 / delays.Count, "ms", null, null, "");
        yield return new($"memory of the hub, {label}", hub.ResidentMegabytes, "MB", null, null, "");
    }

    static async Task<(List<double> Delays, int Wrong)> ListenAsync(
        HttpClient client, string address, int events, long[] sent, CountdownEvent open, CancellationToken ct)
    {
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var (delays, wrong, last) = (new List<double>(events), 0, 0L);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(ct))
        {
            var now = Stopwatch.GetTimestamp();
            if (item.EventType == EventNames.Listening) open.Signal();
            if (item.EventType != EventNames.BranchCreated) continue;
            var sequence = long.Parse(item.EventId ?? "", CultureInfo.InvariantCulture);
            if (last != 0 && sequence != last + 1) wrong++;
            last = sequence;
            delays.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref sent[delays.Count]), now).TotalMilliseconds);
            if (delays.Count == events) break;
        }

        return (delays, wrong);
    }
}
