using System.Net;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit.Running;

namespace CineGit.Hub.Tests.Platform;

/// <summary>Hubs on one database, behind a balancer that sends each request anywhere.</summary>
[Collection(HubFixture.Collection)]
public sealed class TwoNodesTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Address => HubRoutes.Events.Replace("{organization}", hub.Organization, StringComparison.Ordinal);

    [Fact]
    public async Task What_happens_at_one_node_is_told_at_the_other()
    {
        await using var second = await StartAsync();
        using var here = await TestProject.CreateAsync(hub);
        using var there = new TestProject(second.ClientLike(here.Client), here.Organization, here.Slug);
        await using var listensHere = await TestListener.OpenAsync(here.Client, here.At(HubRoutes.ProjectEvents));
        await using var listensThere = await TestListener.OpenAsync(there.Client, there.At(HubRoutes.ProjectEvents));
        for (var round = 0; round < LongRun.Rounds(10, 500); round++)
        {
            await (round % 2 == 0 ? here : there).BranchAsync($"b{round}", null);
            var (first, other) = (await listensHere.NextAsync(), await listensThere.NextAsync());
            Assert.Equal($"b{round}", first?.Detail.GetProperty("branch").GetString());
            Assert.Equal(first?.Sequence, other?.Sequence);
        }
    }

    [Fact]
    public async Task Signing_out_at_one_node_ends_the_stream_at_the_other()
    {
        await using var second = await StartAsync();
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = member.Client;
        using var there = second.ClientLike(client);
        await using var listener = await TestListener.OpenAsync(there, Address);
        (await client.DeleteAsync(HubRoutes.Session, Ct)).EnsureSuccessStatusCode();
        await listener.EndedAsync();
        using var refused = await there.GetAsync(Address, Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
    }

    [Fact]
    public async Task A_reader_whose_node_stops_goes_on_at_the_other_and_misses_nothing()
    {
        using var project = await TestProject.CreateAsync(hub);
        var rounds = LongRun.Rounds(2, 25);
        string? lastId = null;
        for (var round = 0; round < rounds; round++)
        {
            await using var second = await StartAsync();
            using var there = new TestProject(second.ClientLike(project.Client), project.Organization, project.Slug);
            await using (var listener = await TestListener.OpenAsync(there.Client, there.At(HubRoutes.ProjectEvents), lastId))
            {
                if (round > 0) Assert.Equal($"away-{round - 1}", (await listener.NextAsync())?.Detail.GetProperty("branch").GetString());
                await project.BranchAsync($"seen-{round}", null);
                Assert.Equal($"seen-{round}", (await listener.NextAsync())?.Detail.GetProperty("branch").GetString());
                await second.StopAsync(Ct);
                await listener.EndedAsync();
                lastId = listener.LastId;
            }

            await project.BranchAsync($"away-{round}", null);
        }

        await using var last = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents), lastId);
        Assert.Equal($"away-{rounds - 1}", (await last.NextAsync())?.Detail.GetProperty("branch").GetString());
    }

    [Fact]
    public async Task Merges_at_both_nodes_have_one_winner_each()
    {
        await using var second = await StartAsync();
        using var asked = await TestCutRequest.CreateAsync(hub, null, null);
        using var there = second.ClientLike(asked.Project.Client);
        using var elsewhere = new TestCutRequest(new TestProject(there, asked.Project.Organization, asked.Project.Slug), asked.Start);
        for (var round = 0; round < LongRun.Rounds(5, 100); round++)
        {
            await asked.Project.CommitAsync(TestCutRequest.Source, Films.With("SC01", 50 + round), $"Round {round}");
            var shown = await asked.OpenAsync($"Round {round}");
            var answers = await Task.WhenAll(
                from requests in (TestCutRequest[])[asked, elsewhere, asked, elsewhere]
                select requests.MergeAsync(shown.Number, shown.SourceHead, shown.TargetHead));
            var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict));
            var merged = await TestCutRequest.ReadAsync<MergeCutRequestResponse>(winner, HttpStatusCode.OK);
            Assert.Equal(merged.Version, await asked.Project.HeadAsync("main"));
            foreach (var answer in answers) answer.Dispose();
        }
    }

    [Fact]
    public async Task Nodes_that_start_together_on_an_empty_database_make_its_tables_once()
    {
        for (var round = 0; round < LongRun.Rounds(1, 10); round++)
        {
            var database = $"nodes_{Guid.NewGuid():n}"[..20];
            await using var administrator = TestDatabase.OpenAsAdministrator(hub.Folder.Path);
            await using (var create = administrator.CreateCommand($"create database {database} owner cinegit_owner")) await create.ExecuteNonQueryAsync(Ct);
            var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestNode.StartAsync(hub.Folder.Path, database, Ct)));
            foreach (var node in nodes)
            {
                using var nobody = new HttpClient { BaseAddress = node.Address };
                Assert.Contains("\"open\":true", await nobody.GetStringAsync(HubRoutes.Setup, Ct), StringComparison.Ordinal);
                await node.DisposeAsync();
            }
        }
    }

    Task<TestNode> StartAsync() => TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct);
}
