using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit.Running;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.CutRequests;

/// <summary>kill -9 of a node that gives cut requests their turns; another node is there.</summary>
[Collection(HubFixture.Collection)]
public sealed class MergeQueueCrashTests(HubFixture hub)
{
    /// <summary>What the node that dies is called in <c>pg_stat_activity</c>.</summary>
    const string Doomed = "doomed";

    /// <summary>A turn takes about as long.</summary>
    const int LongestLife = 60;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_merged_exactly_once_when_a_node_dies_with_the_turn_in_its_hands()
    {
        for (var round = 0; round < LongRun.Rounds(1, 20); round++)
        {
            using var first = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
            using var second = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), onMain: null);
            await using var node = await StartDoomedAsync();
            await using (var held = await HeldAsync(first))
            await using (var alsoHeld = await HeldAsync(second))
            {
                await QueueAsync(first);
                await QueueAsync(second);
                // A node has one turn at a time, so each of the two has one, and waits for the branch.
                await Until.TrueAsync(IsDoomedWaitingAsync, "the doomed node has a turn", Ct);
                await KillAsync(node);
            }

            await AssertMergedOnceAsync(first);
            await AssertMergedOnceAsync(second);
        }
    }

    [Fact]
    public async Task What_waits_is_merged_exactly_once_whenever_a_node_dies()
    {
        for (var round = 0; round < LongRun.Rounds(2, 40); round++)
        {
            using var first = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
            using var second = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), onMain: null);
            await using var node = await StartDoomedAsync();
            await Task.WhenAll(QueueAsync(first), QueueAsync(second));
            await Task.Delay(Random.Shared.Next(LongestLife), Ct);
            await KillAsync(node);
            await AssertMergedOnceAsync(first);
            await AssertMergedOnceAsync(second);
        }
    }

    async Task<HubProcess> StartDoomedAsync()
    {
        var database = TestDatabase.Arguments(hub.Folder.Path);
        database[1] += $";Application Name={Doomed}";
        return await HubProcess.Start(Path.Combine(hub.Folder.Path, $"node-{Guid.NewGuid():n}"), null, database).ReadyAsync(Ct);
    }

    static async Task KillAsync(HubProcess node)
    {
        node.Kill();
        await node.EndedAsync(Ct);
    }

    static async Task QueueAsync(TestCutRequest request)
    {
        var shown = await request.OpenAsync();
        using var queued = await request.Project.Client.PostAsJsonAsync(
            request.Project.At(HubRoutes.QueueEntry, TestCutRequest.Text(shown.Number)), new QueueCutRequestRequest(shown.SourceHead ?? ""), Ct);
        await TestCutRequest.ReadAsync<CutRequestResponse>(queued, HttpStatusCode.OK);
    }

    /// <summary>Nobody merges into it until this is given back.</summary>
    async Task<ProjectTransaction> HeldAsync(TestCutRequest request)
    {
        var project = (await request.Project.GetAsync<ProjectResponse>(HubRoutes.Project)).Id;
        var tx = new ProjectTransaction(
            await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct), hub.OrganizationId, project);
        await BranchStore.LockAsync(tx, "main", Ct);
        return tx;
    }

    async Task<bool> IsDoomedWaitingAsync()
    {
        const string sql = """
            select exists (
                select from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.application_name = @Doomed)
            """;
        await using var administrator = TestDatabase.OpenAsAdministrator(hub.Folder.Path);
        await using var connection = await administrator.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, new { Doomed }, cancellationToken: Ct));
    }

    async Task AssertMergedOnceAsync(TestCutRequest request)
    {
        await Until.TrueAsync(
            async () =>
            {
                await EndLeasesAsync();
                return (await request.ShowAsync(1)).State == CutRequestStates.Merged;
            },
            "it is merged",
            Ct);
        var merged = await request.ShowAsync(1);
        var history = await request.Project.GetAsync<HistoryResponse>(HubRoutes.History, "main");
        var only = Assert.Single(history.Versions, version => version.Parents.Count == 2);
        Assert.Equal((merged.MergedVersion, merged.SourceHead), (only.Id, only.Parents[1]));
        Assert.Equal(QueueStates.Merged, merged.Queue?.State);
        Assert.Equal(only.Id, await request.Project.HeadAsync("main"));
    }

    /// <summary>As time does, for nodes that live as for those that have died.</summary>
    async Task EndLeasesAsync()
    {
        await using var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct);
        await tenant.Connection.ExecuteAsync(new CommandDefinition(
            "update jobs set due_at = now() where kind = @Kind", new { MergeQueueStore.Kind }, tenant.Transaction, cancellationToken: Ct));
        await tenant.CommitAsync(Ct);
    }
}
