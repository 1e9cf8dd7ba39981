using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
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
        var memory = hub.ResidentMegabytes;
        var address = hub.At(HubRoutes.ProjectEvents, Project);
        var open = new CountdownEvent(listeners);
        var streams = Enumerable.Range(0, listeners).Select(_ => new Listener(events, sent, open).RunAsync(hub, address, ct)).ToList();
        await Task.Run(() => open.Wait(ct), ct);
        memory = hub.ResidentMegabytes - memory;

        var cpu = hub.Cpu;
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
        var shares = hub.Cpu - cpu;
        var delays = told.SelectMany(each => each.Delays).Order().ToList();
        var label = string.Create(CultureInfo.InvariantCulture, $"{listeners:N0} listeners");
        yield return new($"events delivered, {label}", delays.Count / took, "ev/s", 0.9 * DeliveriesASecond, null, "");
        yield return new($"event to listener, median, {label}", HubBench.At(delays, 0.5), "ms", null, null, "");
        yield return new($"event to listener, p99, {label}", HubBench.At(delays, 0.99), "ms", 250, null, "");
        yield return new($"events missing or doubled, {label}", (long)events * listeners - delays.Count + told.Sum(each => each.Wrong), "n", 0, null, "");
        foreach (var share in shares.Each($"1,000 deliveries, {label}", delays.Count / 1_000.0)) yield return share;
        yield return new($"memory of the hub for a listener, {label}", memory / listeners * 1000, "KB", null, null, "");
    }

    /// <summary>One stream, read byte by byte; see <see cref="PlainRequest"/>.</summary>
    sealed class Listener(int events, long[] sent, CountdownEvent open)
    {
        static readonly byte[] Created = Encoding.ASCII.GetBytes(EventNames.BranchCreated);
        static readonly byte[] Listening = Encoding.ASCII.GetBytes(EventNames.Listening);

        long _last;
        bool _isCreated;

        public List<double> Delays { get; } = new(events);

        public int Wrong { get; private set; }

        public async Task<Listener> RunAsync(BenchHub hub, string address, CancellationToken ct)
        {
            using var stream = await PlainRequest.ConnectAsync(hub.Url, address, hub.Client, "1.0", ct);
            await stream.SendAsync(ct);
            var buffer = new byte[8 * 1024];
            for (var filled = 0; Delays.Count < events;)
            {
                filled += await stream.ReceiveAsync(buffer.AsMemory(filled), ct);
                var used = 0;
                for (int end; (end = buffer.AsSpan(used, filled - used).IndexOf((byte)'\n')) >= 0; used += end + 1) Read(buffer.AsSpan(used, end));
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }

            return this;
        }

        void Read(ReadOnlySpan<byte> line)
        {
            if (line.StartsWith("event: "u8))
            {
                var name = line["event: ".Length..].TrimEnd((byte)'\r');
                _isCreated = name.SequenceEqual(Created);
                if (name.SequenceEqual(Listening)) open.Signal();
            }
            else if (_isCreated && line.StartsWith("id: "u8))
            {
                var now = Stopwatch.GetTimestamp();
                if (!Utf8Parser.TryParse(line["id: ".Length..], out long sequence, out _)) throw new InvalidOperationException("An event has no number.");
                if (_last != 0 && sequence != _last + 1) Wrong++;
                _last = sequence;
                Delays.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref sent[Delays.Count]), now).TotalMilliseconds);
                _isCreated = false;
            }
        }
    }
}
