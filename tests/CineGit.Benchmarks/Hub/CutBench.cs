using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using CineGit.Benchmarks.Speed;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;

namespace CineGit.Benchmarks.Hub;

/// <summary>Pushing, comparing and merging large cuts, one request at a time, as one editor would.</summary>
static class CutBench
{
    const string Project = "film";

    public static async IAsyncEnumerable<Figure> PushesAsync(BenchHub hub, int clips, int rounds, [EnumeratorCancellation] CancellationToken ct)
    {
        var pair = EditedPair.Of(clips, 5);
        var first = TestVersion.Of(pair.Base.Document, null, "First", 0);
        await hub.PushAsync(Project, await BenchHub.PushBodyAsync("main", null, ct, first), ct);
        using var git = new GitOverHttp();
        await git.StartAsync(pair.BaseFile, ct);
        var (pushes, gitPushes) = (new Timed(hub), new List<double>());
        for (var round = -Timed.WarmUp; round < rounds; round++)
        {
            if (round == 0) pushes = new Timed(hub);
            var branch = $"push-{round + Timed.WarmUp}";
            await hub.PostAsync(hub.At(HubRoutes.Branches, Project), new CreateBranchRequest(branch, first.Id), ct);
            var body = await BenchHub.PushBodyAsync(branch, first.Id, ct, TestVersion.Of(pair.Ours.Document, null, "Five edits", round + Timed.WarmUp + 1, first));
            await pushes.RunAsync(() => hub.PushAsync(Project, body, ct));
            if (git.IsThere && round >= 0) gitPushes.Add(await WallAsync(await git.PreparePushAsync(pair.OurFile, round, ct)));
        }

        var what = $"push of five edits, {clips.ToString("N0", CultureInfo.InvariantCulture)} clips";
        yield return new(what, pushes.Median, "ms", 30, git.IsThere ? HubBench.Median(gitPushes) : null, "git push over HTTP");
        foreach (var share in pushes.Shares(what)) yield return share;
    }

    public static async IAsyncEnumerable<Figure> MergesAsync(BenchHub hub, int clips, int rounds, [EnumeratorCancellation] CancellationToken ct)
    {
        var edits = Math.Min(500, clips / 20);
        var many = EditedPair.Of(clips, edits);
        var (diffs, opens, answers, merges) = (new Timed(hub), new Timed(hub), new Timed(hub), new Timed(hub));
        for (var round = -Timed.WarmUp / 4; round < rounds; round++)
        {
            if (round == 0) (diffs, opens, answers, merges) = (new Timed(hub), new Timed(hub), new Timed(hub), new Timed(hub));
            var project = $"merge-{round + Timed.WarmUp}";
            var (first, ours) = await PrepareAsync(hub, project, many, ct);
            var compare = hub.At(HubRoutes.Compare, project) + $"?base={first}&head={ours}";
            await diffs.RunAsync(async () => (await hub.Client.GetAsync(compare, ct)).EnsureSuccessStatusCode().Dispose());
            var shown = await opens.RunAsync(() => OpenAsync(hub, project, ct));
            foreach (var conflict in shown.Conflicts) await answers.RunAsync(() => AnswerAsync(hub, project, conflict.Id, ct));
            if (shown.SourceHead is not { } source || shown.TargetHead is not { } target) throw new InvalidOperationException("There are no heads.");
            await merges.RunAsync(() => hub.PostAsync(hub.At(HubRoutes.Merge, project, "1"), new MergeCutRequestRequest(source, target), ct));
        }

        var label = string.Create(CultureInfo.InvariantCulture, $"{edits} edits a side, {clips:N0} clips");
        foreach (var (what, timed, target) in ((string, Timed, double?)[])[
            ($"diff over HTTP, {label}", diffs, 80), ($"cut request opened, {label}", opens, null),
            ($"conflict answered, {label}", answers, null), ($"cut request merged, {label}", merges, 150)])
        {
            yield return new(what, timed.Median, "ms", target, null, "");
            foreach (var share in timed.Shares(what)) yield return share;
        }
    }

    static async Task<(string First, string Ours)> PrepareAsync(BenchHub hub, string project, EditedPair many, CancellationToken ct)
    {
        await hub.PostAsync(hub.At(HubRoutes.Projects, project), new CreateProjectRequest(project, project), ct);
        var first = TestVersion.Of(many.Base.Document, null, "First", 0);
        var (ours, theirs) = (TestVersion.Of(many.Ours.Document, null, "Ours", 1, first), TestVersion.Of(many.Theirs.Document, null, "Theirs", 2, first));
        await hub.PushAsync(project, await BenchHub.PushBodyAsync("main", null, ct, first), ct);
        await hub.PostAsync(hub.At(HubRoutes.Branches, project), new CreateBranchRequest("theirs", first.Id), ct);
        await hub.PushAsync(project, await BenchHub.PushBodyAsync("main", first.Id, ct, ours), ct);
        await hub.PushAsync(project, await BenchHub.PushBodyAsync("theirs", first.Id, ct, theirs), ct);
        return (first.Id, ours.Id);
    }

    static async Task<CutRequestResponse> OpenAsync(BenchHub hub, string project, CancellationToken ct)
    {
        using var opened = await hub.Client.PostAsJsonAsync(
            hub.At(HubRoutes.CutRequests, project), new CreateCutRequestRequest("All", "", "theirs", "main"), HubJson.Default.Options, ct);
        return await opened.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<CutRequestResponse>(HubJson.Default.Options, ct)
            ?? throw new InvalidOperationException("There is no cut request.");
    }

    static async Task AnswerAsync(BenchHub hub, string project, string conflict, CancellationToken ct)
    {
        var address = hub.At(HubRoutes.Resolution, project, "1", Uri.EscapeDataString(conflict));
        using var answered = await hub.Client.PutAsJsonAsync(address, new ResolveRequest("ours"), HubJson.Default.Options, ct);
        answered.EnsureSuccessStatusCode();
    }

    static async Task<double> WallAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>One thing done several times: how long people wait, and whose CPU time it takes.</summary>
    sealed class Timed(BenchHub hub)
    {
        /// <summary>A hub that has just started has little of its code compiled well; one that people work with has.</summary>
        public const int WarmUp = 20;

        readonly List<double> _times = [];
        readonly List<CpuShares> _shares = [];

        public double Median => HubBench.Median(_times);

        public async Task<T> RunAsync<T>(Func<Task<T>> work)
        {
            var cpu = hub.Cpu;
            var began = Stopwatch.GetTimestamp();
            var result = await work();
            _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            _shares.Add(hub.Cpu - cpu);
            return result;
        }

        public Task<int> RunAsync(Func<Task> work) => RunAsync(async () =>
        {
            await work();
            return 0;
        });

        public IEnumerable<Figure> Shares(string what) => new CpuShares(
            HubBench.Median(_shares.Select(each => each.Hub)), _shares.Average(each => each.Database), HubBench.Median(_shares.Select(each => each.Load)))
            .Each(what, 1);
    }
}
