using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Platform;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit;
using CineGit.TestKit.Running;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Tests.Concurrency;

/// <summary>Many people merge into one branch at once, at two nodes; the history is judged by <see cref="HeadHistory"/>.</summary>
[Collection(HubFixture.Collection)]
public sealed class RacingMergeTests(HubFixture hub)
{
    static readonly int Mergers = LongRun.Rounds(8, 64);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_all_who_merge_over_one_head_exactly_one_wins_and_nothing_is_lost()
    {
        await using var second = await TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct, "--Hub:RequestsPerPerson", "10000000");
        using var project = await TestProject.CreateAsync(hub);
        using var elsewhere = new TestProject(second.ClientLike(project.Client), project.Organization, project.Slug);
        var film = Film();
        var start = await project.CommitAsync("main", film, "First");
        var mergers = new Merger[Mergers];
        for (var i = 0; i < Mergers; i++) mergers[i] = await Merger.StartAsync(i % 2 == 0 ? project : elsewhere, film, start, i);
        await using var listener = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));

        var history = new ConcurrentBag<HeadMove>();
        var rounds = LongRun.Rounds(6, 200);
        for (var round = 0; round < rounds; round++)
        {
            var head = await project.HeadAsync("main") ?? "";
            var won = await Task.WhenAll(mergers.Select(merger => merger.TryAsync(head, history)));
            var winner = Assert.Single(won, each => each);
            Assert.True(winner);
            await mergers[Array.IndexOf(won, true)].AgainAsync(round);
        }

        Assert.Empty(HeadHistory.Faults(start, await project.HeadAsync("main") ?? "", history));
        await AssertParentsAsync(project, history);
        await AssertToldAsync(listener, start, rounds);
    }

    /// <summary>What the hub stored is what each winner was promised.</summary>
    static async Task AssertParentsAsync(TestProject project, IEnumerable<HeadMove> history)
    {
        foreach (var move in history)
        {
            if (move.To is not { } merged) continue;
            var version = await project.GetAsync<VersionResponse>(HubRoutes.Version, merged);
            Assert.Equal((2, move.From), (version.Parents.Count, version.Parents[0]));
        }
    }

    /// <summary>Every move of main is told once, each from where the one before it went.</summary>
    static async Task AssertToldAsync(TestListener listener, string start, int moves)
    {
        for (var head = start; moves > 0;)
        {
            var moved = (await listener.NextAsync(EventNames.BranchMoved)).Detail;
            if (moved.GetProperty("branch").GetString() != "main") continue;
            Assert.Equal(head, moved.GetProperty("from").GetString());
            head = moved.GetProperty("to").GetString();
            moves--;
        }
    }

    /// <summary>A shot for each merger, so that no two of them touch the same.</summary>
    static Sequence Film() => Cuts.Sequence(24, "Reel 1")
        .Video("V1", [.. Enumerable.Range(0, Mergers).Select(i => Cuts.Shot($"SC{i:00}", $"A{i:000}", 10, 400))])
        .Identified();

    sealed class Merger(TestProject project, Sequence film, int shot)
    {
        string source = "";
        int number;

        string Branch => $"merger-{shot}";

        public static async Task<Merger> StartAsync(TestProject project, Sequence film, string start, int shot)
        {
            var merger = new Merger(project, film, shot);
            await project.BranchAsync(merger.Branch, start);
            await merger.AgainAsync(-1);
            return merger;
        }

        /// <summary>Another trim of its shot, and a request to merge it.</summary>
        public async Task AgainAsync(int round)
        {
            var trimmed = film.Change($"SC{shot:00}", element => element with { Duration = Flicks.FromFrames(390 - round, FrameRate.Fps24) }, "V1");
            source = await project.CommitAsync(Branch, trimmed, $"Trim {round}");
            using var response = await project.Client.PostAsJsonAsync(
                project.At(HubRoutes.CutRequests), new CreateCutRequestRequest($"Shot {shot}, {round}", "", Branch, "main"), Ct);
            number = (await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.Created)).Number;
        }

        public async Task<bool> TryAsync(string head, ConcurrentBag<HeadMove> history)
        {
            var began = Stopwatch.GetTimestamp();
            using var response = await project.Client.PostAsJsonAsync(
                project.At(HubRoutes.Merge, TestCutRequest.Text(number)), new MergeCutRequestRequest(source, head), Ct);
            var body = await response.Content.ReadAsStringAsync(Ct);
            var ended = Stopwatch.GetTimestamp();
            using var answer = JsonDocument.Parse(body);
            if (response.IsSuccessStatusCode)
            {
                history.Add(new HeadMove(began, ended, head, answer.RootElement.GetProperty("version").GetString(), null));
                return true;
            }

            Assert.True(response.StatusCode == HttpStatusCode.Conflict, body);
            Assert.Equal(ProblemCodes.BranchStale, answer.RootElement.GetProperty("code").GetString());
            history.Add(new HeadMove(began, ended, head, null, answer.RootElement.GetProperty("actualHead").GetString()));
            return false;
        }
    }
}
