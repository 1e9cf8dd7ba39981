using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using CineGit.Benchmarks.Speed;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;

namespace CineGit.Benchmarks.Hub;

/// <summary>
/// The hub with its PostgreSQL and row-level security, asked over HTTP on the same machine. Times are of a clock on the wall, as
/// people wait: on a machine that does other things, they are longer.
/// </summary>
static class HubBench
{
    const string Project = "film";

    /// <param name="Clips">On all tracks.</param>
    /// <param name="Listeners">Open streams of events.</param>
    /// <param name="Seconds">How long reads, and deliveries, are measured.</param>
    /// <param name="Rounds">Of everything else; the median counts.</param>
    readonly record struct Load(int Clips, int Listeners, int Seconds, int Rounds);

    public static async IAsyncEnumerable<Figure> RunAsync(string dll, bool quick)
    {
        var load = quick ? new Load(1_000, 200, 3, 5) : new Load(10_000, 2_000, 10, 15);
        var ct = CancellationToken.None;
        await using var hub = await BenchHub.StartAsync(dll, ct);
        await hub.PostAsync(hub.At(HubRoutes.Projects, Project), new CreateProjectRequest("Film", Project), ct);
        yield return new("memory of an idle hub", hub.ResidentMegabytes, "MB", 200, null, "");
        await foreach (var figure in ReadsAsync(hub, load, ct)) yield return figure;
        await foreach (var figure in CutsAsync(hub, load, ct)) yield return figure;
        await foreach (var figure in EventBench.RunAsync(hub, load.Listeners, load.Seconds, ct)) yield return figure;
    }

    /// <summary>The project page: who asks, may they, the project, its branches and open cut requests.</summary>
    static async IAsyncEnumerable<Figure> ReadsAsync(BenchHub hub, Load load, [EnumeratorCancellation] CancellationToken ct)
    {
        const int readers = 16;
        var address = hub.At(HubRoutes.Project, Project);
        for (var i = 0; i < 500; i++) (await hub.Client.GetAsync(address, ct)).Dispose();
        var cpu = hub.CpuMilliseconds;
        var times = new List<double>[readers];
        var until = Stopwatch.GetTimestamp() + load.Seconds * Stopwatch.Frequency;
        await Task.WhenAll(Enumerable.Range(0, readers).Select(async reader =>
        {
            times[reader] = [];
            while (Stopwatch.GetTimestamp() < until)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await hub.Client.GetAsync(address, ct);
                answer.EnsureSuccessStatusCode();
                times[reader].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        var all = times.SelectMany(each => each).Order().ToList();
        yield return new("project page, 16 readers", all.Count / (double)load.Seconds, "req/s", 2_000, null, "");
        yield return new("project page, p99", At(all, 0.99), "ms", 25, null, "");
        yield return new("project page, CPU time of the hub", (hub.CpuMilliseconds - cpu) / all.Count, "ms", null, null, "");
    }

    static async IAsyncEnumerable<Figure> CutsAsync(BenchHub hub, Load load, [EnumeratorCancellation] CancellationToken ct)
    {
        var size = load.Clips.ToString("N0", CultureInfo.InvariantCulture);
        var pair = EditedPair.Of(load.Clips, 5);
        var first = TestVersion.Of(pair.Base.Document, null, "First", 0);
        await hub.PushAsync(Project, await BenchHub.PushBodyAsync("main", null, ct, first), ct);

        using var git = new GitOverHttp();
        await git.StartAsync(pair.BaseFile, ct);
        var (pushes, gitPushes) = (new List<double>(), new List<double>());
        for (var round = 0; round < load.Rounds; round++)
        {
            var body = await BranchWithEditsAsync(hub, pair, first, $"push-{round}", round, ct);
            pushes.Add(await TimeAsync(() => hub.PushAsync(Project, body, ct)));
            if (git.IsThere) gitPushes.Add(await TimeAsync(await git.PreparePushAsync(pair.OurFile, round, ct)));
        }

        yield return new($"push of five edits, {size} clips", Median(pushes), "ms", null, git.IsThere ? Median(gitPushes) : null, "git push over HTTP");
        var edits = Math.Min(500, load.Clips / 20);
        var label = string.Create(CultureInfo.InvariantCulture, $"{edits} edits a side, {size} clips");
        await foreach (var figure in ComparesAsync(hub, load, label, EditedPair.Of(load.Clips, edits), ct)) yield return figure;
    }

    static async IAsyncEnumerable<Figure> ComparesAsync(BenchHub hub, Load load, string label, EditedPair many, [EnumeratorCancellation] CancellationToken ct)
    {
        var (diffs, merges) = (new List<double>(), new List<double>());
        for (var round = 0; round < load.Rounds; round++)
        {
            var project = $"merge-{round}";
            await hub.PostAsync(hub.At(HubRoutes.Projects, project), new CreateProjectRequest(project, project), ct);
            var first = TestVersion.Of(many.Base.Document, null, "First", 0);
            var (ours, theirs) = (TestVersion.Of(many.Ours.Document, null, "Ours", 1, first), TestVersion.Of(many.Theirs.Document, null, "Theirs", 2, first));
            await hub.PushAsync(project, await BenchHub.PushBodyAsync("main", null, ct, first), ct);
            await hub.PostAsync(hub.At(HubRoutes.Branches, project), new CreateBranchRequest("theirs", first.Id), ct);
            await hub.PushAsync(project, await BenchHub.PushBodyAsync("main", first.Id, ct, ours), ct);
            await hub.PushAsync(project, await BenchHub.PushBodyAsync("theirs", first.Id, ct, theirs), ct);
            var compare = hub.At(HubRoutes.Compare, project) + $"?base={first.Id}&head={ours.Id}";
            diffs.Add(await TimeAsync(async () => (await hub.Client.GetAsync(compare, ct)).EnsureSuccessStatusCode().Dispose()));
            merges.Add(await TimeAsync(() => MergeAsync(hub, project, ct)));
        }

        yield return new($"diff over HTTP, {label}", Median(diffs), "ms", 50, null, "");
        yield return new($"cut request opened and merged, {label}", Median(merges), "ms", 200, null, "");
    }

    static async Task MergeAsync(BenchHub hub, string project, CancellationToken ct)
    {
        using var opened = await hub.Client.PostAsJsonAsync(
            hub.At(HubRoutes.CutRequests, project), new CreateCutRequestRequest("All", "", "theirs", "main"), HubJson.Default.Options, ct);
        var shown = await opened.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<CutRequestResponse>(HubJson.Default.Options, ct)
            ?? throw new InvalidOperationException("There is no cut request.");
        if (shown.SourceHead is not { } source || shown.TargetHead is not { } target) throw new InvalidOperationException("There are no heads.");
        foreach (var conflict in shown.Conflicts)
        {
            var address = hub.At(HubRoutes.Resolution, project, "1", Uri.EscapeDataString(conflict.Id));
            using var answered = await hub.Client.PutAsJsonAsync(address, new ResolveRequest("ours"), HubJson.Default.Options, ct);
            answered.EnsureSuccessStatusCode();
        }

        await hub.PostAsync(hub.At(HubRoutes.Merge, project, "1"), new MergeCutRequestRequest(source, target), ct);
    }

    /// <summary>A branch at the first version, and the body that pushes five edits onto it.</summary>
    static async Task<byte[]> BranchWithEditsAsync(BenchHub hub, EditedPair pair, TestVersion first, string branch, int round, CancellationToken ct)
    {
        await hub.PostAsync(hub.At(HubRoutes.Branches, Project), new CreateBranchRequest(branch, first.Id), ct);
        var edited = TestVersion.Of(pair.Ours.Document, null, "Five edits", round + 1, first);
        return await BenchHub.PushBodyAsync(branch, first.Id, ct, edited);
    }

    public static double At(IReadOnlyList<double> ordered, double share) =>
        ordered.Count == 0 ? double.NaN : ordered[(int)Math.Min(ordered.Count - 1, ordered.Count * share)];

    static double Median(IEnumerable<double> times) => At([.. times.Order()], 0.5);

    static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
