using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Platform;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.CutRequests;

/// <summary>Turns to be merged, at one node and at several, and what ends them.</summary>
[Collection(HubFixture.Collection)]
public sealed class MergeQueueTests(HubFixture hub)
{
    const int Editors = 6;

    static readonly Sequence Film = Cuts.Sequence(24, "Reel 1")
        .Video("V1", [.. Enumerable.Range(0, Editors).Select(i => Cuts.Shot($"SC{i:00}", $"A{i:000}", 10, 400))])
        .Identified();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_wait_are_merged_in_order_each_onto_the_one_before()
    {
        await using var second = await TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct);
        using var project = await TestProject.CreateAsync(hub);
        var head = await project.CommitAsync("main", Film, "First");
        var opened = await EditorsAsync(project, head);
        foreach (var request in opened) await QueuedAsync(project, request);
        await Until.TrueAsync(async () => (await QueueAsync(project)).Waiting.Count == 0, "nobody waits", Ct);

        var queue = await QueueAsync(project);
        Assert.Equal(opened.Select(request => request.Number), queue.Ended.Reverse().Select(entry => entry.Number));
        Assert.All(queue.Ended, entry => Assert.Equal((QueueStates.Merged, ""), (entry.State, entry.Reason)));
        foreach (var request in opened)
        {
            var merged = await ShowAsync(project, request.Number);
            var version = await project.GetAsync<VersionResponse>(HubRoutes.Version, merged.MergedVersion ?? "");
            Assert.Equal([head, request.SourceHead ?? ""], version.Parents);
            head = version.Id;
        }

        Assert.Equal(head, await project.HeadAsync("main"));
        var timeline = await project.GetAsync<TimelineResponse>(HubRoutes.VersionTimeline, head);
        Assert.Equal(Editors * 390, timeline.DurationFrames);
    }

    [Fact]
    public async Task A_turn_that_another_node_takes_over_is_carried_out_once()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        var shown = await request.OpenAsync();
        await using (var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct))
        {
            await using var tx = new ProjectTransaction(tenant, hub.OrganizationId, (await project.GetAsync<ProjectResponse>(HubRoutes.Project)).Id);
            await BranchStore.LockAsync(tx, "main", Ct);
            await QueuedAsync(project, shown);
            // The node has the job, and waits for the branch as if it had been stopped there.
            await Until.TrueAsync(IsSomebodyWaitingAsync, "the merge waits for the branch", Ct);
            await EndLeaseAsync(tx.Project);
            await using var second = await TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct);
            await Until.TrueAsync(async () => await AttemptsAsync(tx.Project) > 1, "another node has taken it", Ct);
            await tx.CommitAsync(Ct);
            await UntilMergedAsync(request, shown.Number);
        }

        var history = await project.GetAsync<HistoryResponse>(HubRoutes.History, "main");
        Assert.Single(history.Versions, version => version.Parents.Count == 2);
    }

    [Fact]
    public async Task Whoever_cannot_be_merged_leaves_with_the_reason_and_the_next_goes_on()
    {
        using var project = await TestProject.CreateAsync(hub);
        var start = await project.CommitAsync("main", Film, "First");
        await project.BranchAsync("rival", start);
        await project.CommitAsync("rival", Trimmed(0, 380), "The same shot, otherwise");
        var opened = await EditorsAsync(project, start);
        var rival = await OpenAsync(project, "rival");
        await using var listener = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));
        await using (var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct))
        {
            // All of them wait before the first is merged.
            await using var tx = new ProjectTransaction(tenant, hub.OrganizationId, (await project.GetAsync<ProjectResponse>(HubRoutes.Project)).Id);
            await BranchStore.LockAsync(tx, "main", Ct);
            await QueuedAsync(project, opened[0]);
            await QueuedAsync(project, rival);
            await QueuedAsync(project, opened[1]);
            await tx.CommitAsync(Ct);
        }

        var left = (await listener.NextAsync(EventNames.CutRequestLeftQueue)).Detail;
        Assert.Equal((rival.Number, "One conflict is open; choose an answer for it, and queue it again."), (left.GetProperty("number").GetInt32(), left.GetProperty("reason").GetString()));
        await Until.TrueAsync(async () => (await ShowAsync(project, opened[1].Number)).State == CutRequestStates.Merged, "the next is merged", Ct);
        var shown = await ShowAsync(project, rival.Number);
        Assert.Equal((CutRequestStates.Conflicted, QueueStates.Left), (shown.State, shown.Queue?.State));
    }

    [Fact]
    public async Task Who_waits_for_a_check_is_merged_when_it_passes_and_holds_up_nobody()
    {
        using var project = await TestProject.CreateAsync(hub);
        var start = await project.CommitAsync("main", Film, "First");
        await project.ProtectAsync(Reviewing.Asking(checks: ["colour", CheckNames.Gaps]));
        var opened = await EditorsAsync(project, start);
        await QueuedAsync(project, opened[0]);
        await Until.TrueAsync(async () => (await QueueAsync(project)).Waiting is [{ Held: true }], "it is held", Ct);
        await ReportAsync(project, opened[1].SourceHead, CheckStates.Passed);
        await QueuedAsync(project, opened[1]);
        await Until.TrueAsync(async () => (await ShowAsync(project, opened[1].Number)).State == CutRequestStates.Merged, "the second is merged", Ct);

        await ReportAsync(project, opened[0].SourceHead, CheckStates.Passed);
        await Until.TrueAsync(async () => (await ShowAsync(project, opened[0].Number)).State == CutRequestStates.Merged, "the first is merged", Ct);

        await QueuedAsync(project, opened[2]);
        await ReportAsync(project, opened[2].SourceHead, CheckStates.Failed);
        await Until.TrueAsync(async () => (await ShowAsync(project, opened[2].Number)).Queue?.State == QueueStates.Left, "the third leaves", Ct);
        Assert.Equal("The check colour failed: Green.", (await ShowAsync(project, opened[2].Number)).Queue?.Reason);
    }

    [Fact]
    public async Task A_source_that_moves_on_loses_its_turn()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        await project.ProtectAsync(Reviewing.Asking(checks: ["colour"]));
        var shown = await request.OpenAsync();
        await QueuedAsync(project, shown);
        await project.CommitAsync(TestCutRequest.Source, Films.With("SC01", 80), "Another thought");
        await Until.TrueAsync(async () => (await request.ShowAsync(shown.Number)).Queue?.State == QueueStates.Left, "it leaves", Ct);
        Assert.StartsWith("kims-trims moved on", (await request.ShowAsync(shown.Number)).Queue?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_merge_any_more_merges_nothing_from_the_queue_either()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        await project.ProtectAsync(Reviewing.Asking(checks: ["colour"]));
        var shown = await request.OpenAsync();
        var lou = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = lou.Client;
        using (var queued = await client.PostAsJsonAsync(
            project.At(HubRoutes.QueueEntry, TestCutRequest.Text(shown.Number)), new QueueCutRequestRequest(shown.SourceHead ?? ""), Ct))
        {
            Assert.Equal(HttpStatusCode.OK, queued.StatusCode);
        }

        await project.SetMemberAsync(lou.UserId, Roles.Reviewer);
        await ReportAsync(project, shown.SourceHead, CheckStates.Passed);
        await Until.TrueAsync(async () => (await request.ShowAsync(shown.Number)).Queue?.State == QueueStates.Left, "it leaves", Ct);
        Assert.Equal("Somebody Else, who queued it, may not merge here any more.", (await request.ShowAsync(shown.Number)).Queue?.Reason);
        Assert.Equal(shown.TargetHead, await project.HeadAsync("main"));
    }

    [Fact]
    public async Task What_waiting_would_not_help_is_refused_at_once_and_what_waits_can_be_taken_out()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        await project.ProtectAsync(Reviewing.Asking(approvals: 1, checks: ["colour"]));
        var shown = await request.OpenAsync();
        using (var refused = await TryQueueAsync(project, shown.Number, shown.SourceHead)) await Answers.ProblemAsync(refused, HttpStatusCode.Conflict, ProblemCodes.MergeBlocked);
        using (var stale = await TryQueueAsync(project, shown.Number, request.Start)) await Answers.ProblemAsync(stale, HttpStatusCode.Conflict, ProblemCodes.BranchStale);
        using (var none = await LeaveAsync(project, shown.Number)) await Answers.ProblemAsync(none, HttpStatusCode.NotFound, ProblemCodes.NotFound);

        await project.ProtectAsync(Reviewing.Asking(checks: ["colour"]));
        await QueuedAsync(project, shown);
        // Twice is once.
        await QueuedAsync(project, shown);
        using var left = await LeaveAsync(project, shown.Number);
        var outside = await TestCutRequest.ReadAsync<CutRequestResponse>(left, HttpStatusCode.OK);
        Assert.Equal((QueueStates.Left, "Kim Berg took it out."), (outside.Queue?.State, outside.Queue?.Reason));
        Assert.Single((await QueueAsync(project)).Ended);
    }

    static Sequence Trimmed(int shot, long frames) =>
        Film.Change($"SC{shot:00}", element => element with { Duration = Flicks.FromFrames(frames, FrameRate.Fps24) }, "V1");

    /// <summary>A branch and a cut request for each shot.</summary>
    static async Task<List<CutRequestResponse>> EditorsAsync(TestProject project, string start)
    {
        var opened = new List<CutRequestResponse>();
        for (var shot = 0; shot < Editors; shot++)
        {
            await project.BranchAsync($"shot-{shot}", start);
            await project.CommitAsync($"shot-{shot}", Trimmed(shot, 390), $"Trim {shot}");
            opened.Add(await OpenAsync(project, $"shot-{shot}"));
        }

        return opened;
    }

    static async Task<CutRequestResponse> OpenAsync(TestProject project, string branch)
    {
        using var response = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.CutRequests), new CreateCutRequestRequest(branch, "", branch, "main"), Ct);
        return await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.Created);
    }

    static Task<CutRequestResponse> ShowAsync(TestProject project, int number) =>
        project.GetAsync<CutRequestResponse>(HubRoutes.CutRequest, TestCutRequest.Text(number));

    static Task<MergeQueueResponse> QueueAsync(TestProject project) => project.GetAsync<MergeQueueResponse>(HubRoutes.MergeQueue, "main");

    static Task<HttpResponseMessage> TryQueueAsync(TestProject project, int number, string? source) => project.Client.PostAsJsonAsync(
        project.At(HubRoutes.QueueEntry, TestCutRequest.Text(number)), new QueueCutRequestRequest(source ?? ""), Ct);

    static async Task QueuedAsync(TestProject project, CutRequestResponse request)
    {
        using var response = await TryQueueAsync(project, request.Number, request.SourceHead);
        await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.OK);
    }

    static Task<HttpResponseMessage> LeaveAsync(TestProject project, int number) =>
        project.Client.DeleteAsync(project.At(HubRoutes.QueueEntry, TestCutRequest.Text(number)), Ct);

    static async Task ReportAsync(TestProject project, string? version, string state)
    {
        using var response = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.Check, version ?? "", "colour"), new ReportCheckRequest(state, "Green.", null, null), Ct);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    static Task UntilMergedAsync(TestCutRequest request, int number) =>
        Until.TrueAsync(async () => (await request.ShowAsync(number)).State == CutRequestStates.Merged, "it is merged", Ct);

    async Task<bool> IsSomebodyWaitingAsync()
    {
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var connection = await owner.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from pg_locks where not granted)", cancellationToken: Ct));
    }

    /// <summary>As time does.</summary>
    async Task EndLeaseAsync(Guid project)
    {
        await using var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct);
        await tenant.Connection.ExecuteAsync(new CommandDefinition(
            "update jobs set due_at = now() where project_id = @project and kind = @Kind", new { project, MergeQueueStore.Kind }, tenant.Transaction, cancellationToken: Ct));
        await tenant.CommitAsync(Ct);
    }

    async Task<int> AttemptsAsync(Guid project)
    {
        await using var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct);
        return await tenant.Connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select coalesce(max(attempts), 0) from jobs where project_id = @project and kind = @Kind", new { project, MergeQueueStore.Kind }, tenant.Transaction, cancellationToken: Ct));
    }
}
