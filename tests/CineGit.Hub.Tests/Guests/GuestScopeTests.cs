using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Versions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Guests;

/// <summary>A guest sees what the link names, by the routes and by the rows, and nothing else.</summary>
[Collection(HubFixture.Collection)]
public sealed class GuestScopeTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_to_a_branch_shows_that_branch_and_its_history()
    {
        using var cutRequest = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), Films.With("SC02", 90));
        var project = cutRequest.Project;
        var request = await cutRequest.OpenAsync();
        var (mine, other) = (await project.HeadAsync("main") ?? "", await project.HeadAsync(TestCutRequest.Source) ?? "");
        using var guest = await TestGuest.EnterAsync(hub, project, TestGuest.Link(branch: "main"));

        var branches = await guest.Client.GetFromJsonAsync<IReadOnlyList<BranchResponse>>(project.At(HubRoutes.Branches), Ct);
        Assert.Equal("main", Assert.Single(branches ?? []).Name);
        var facts = await guest.Client.GetFromJsonAsync<ProjectResponse>(project.At(HubRoutes.Project), Ct);
        Assert.Equal((1, 0), (facts?.Branches, facts?.OpenCutRequests));
        var history = await guest.Client.GetFromJsonAsync<HistoryResponse>(project.At(HubRoutes.History, "main") + "?limit=1", Ct);
        Assert.Equal([mine], history?.Versions.Select(version => version.Id));
        await TellsAsync(guest, HttpStatusCode.OK, [
            project.At(HubRoutes.Branch, "main"),
            project.At(HubRoutes.History, "main") + $"?cursor={history?.Next}",
            project.At(HubRoutes.Version, mine),
            project.At(HubRoutes.Version, cutRequest.Start),
            project.At(HubRoutes.VersionTimeline, mine),
            project.At(HubRoutes.Compare) + $"?head={mine}",
            project.At(HubRoutes.Compare) + $"?base={cutRequest.Start}&head={mine}"]);
        await TellsAsync(guest, HttpStatusCode.NotFound, [
            project.At(HubRoutes.Branch, TestCutRequest.Source),
            project.At(HubRoutes.History, TestCutRequest.Source),
            project.At(HubRoutes.History, "main") + $"?cursor={Cursor(other)}",
            project.At(HubRoutes.Version, other),
            project.At(HubRoutes.VersionTimeline, other),
            project.At(HubRoutes.Compare) + $"?base={mine}&head={other}",
            project.At(HubRoutes.Compare) + $"?base={other}&head={mine}",
            project.At(HubRoutes.CutRequests),
            project.At(HubRoutes.CutRequest, TestCutRequest.Text(request.Number)),
            project.At(HubRoutes.ProjectAccess),
            project.At(HubRoutes.VersionExport, mine) + "?format=otio"]);
    }

    [Fact]
    public async Task A_link_to_a_cut_request_shows_that_request_and_its_versions()
    {
        using var cutRequest = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), Films.With("SC01", 80));
        var project = cutRequest.Project;
        await project.BranchAsync("apart", cutRequest.Start);
        var apart = await project.CommitAsync("apart", Films.Renamed("SC03", "Elsewhere"), "Apart");
        var (request, second) = (await cutRequest.OpenAsync(), await cutRequest.OpenAsync("Another", "apart"));
        using var guest = await TestGuest.EnterAsync(hub, project, TestGuest.Link(cutRequest: request.Number));

        var shown = await guest.Client.GetFromJsonAsync<CutRequestResponse>(project.At(HubRoutes.CutRequest, TestCutRequest.Text(request.Number)), Ct);
        Assert.Equal((request.SourceHead, request.TargetHead, cutRequest.Start), (shown?.SourceHead, shown?.TargetHead, shown?.BaseVersion));
        var conflict = Assert.Single(shown?.Conflicts ?? []);
        await TellsAsync(guest, HttpStatusCode.OK, [
            project.At(HubRoutes.Outcomes, TestCutRequest.Text(request.Number), conflict.Id),
            project.At(HubRoutes.Version, request.SourceHead ?? ""),
            project.At(HubRoutes.VersionTimeline, request.TargetHead ?? ""),
            project.At(HubRoutes.VersionTimeline, cutRequest.Start),
            project.At(HubRoutes.Compare) + $"?head={request.SourceHead}"]);
        await TellsAsync(guest, HttpStatusCode.NotFound, [
            project.At(HubRoutes.CutRequest, TestCutRequest.Text(second.Number)),
            project.At(HubRoutes.CutRequests),
            project.At(HubRoutes.Branches),
            project.At(HubRoutes.Branch, "main"),
            project.At(HubRoutes.History, "main"),
            project.At(HubRoutes.Version, apart),
            project.At(HubRoutes.VersionTimeline, apart),
            project.At(HubRoutes.Compare) + $"?base={apart}&head={request.SourceHead}"]);
    }

    [Fact]
    public async Task A_request_that_has_ended_shows_what_it_came_to_and_not_what_came_after()
    {
        using var cutRequest = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), Films.With("SC02", 90));
        var project = cutRequest.Project;
        var request = await cutRequest.OpenAsync();
        using var guest = await TestGuest.EnterAsync(hub, project, TestGuest.Link(cutRequest: request.Number));
        var merged = await cutRequest.MergedAsync(request);
        var later = await project.CommitAsync("main", Films.With("SC03", 90), "Later");
        await TellsAsync(guest, HttpStatusCode.OK, [
            project.At(HubRoutes.CutRequest, TestCutRequest.Text(request.Number)),
            project.At(HubRoutes.Version, merged),
            project.At(HubRoutes.Compare) + $"?head={merged}"]);
        await TellsAsync(guest, HttpStatusCode.NotFound, [project.At(HubRoutes.Version, later)]);
    }

    [Fact]
    public async Task A_guest_is_told_only_what_happens_to_what_the_link_names()
    {
        using var cutRequest = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), null);
        var project = cutRequest.Project;
        var request = await cutRequest.OpenAsync();
        await project.BranchAsync("apart", cutRequest.Start);
        using var toBranch = await TestGuest.EnterAsync(hub, project, TestGuest.Link(branch: "apart"));
        using var toRequest = await TestGuest.EnterAsync(hub, project, TestGuest.Link(cutRequest: request.Number));
        await using var branchTold = await TestListener.OpenAsync(toBranch.Client, project.At(HubRoutes.ProjectEvents));
        await using var requestTold = await TestListener.OpenAsync(toRequest.Client, project.At(HubRoutes.ProjectEvents));

        await project.BranchAsync("third", cutRequest.Start);
        await project.CommitAsync("third", Films.Renamed("SC03", "Third"), "Third");
        using var closed = await cutRequest.CloseAsync(request.Number);
        closed.EnsureSuccessStatusCode();
        await project.CommitAsync("apart", Films.Renamed("SC03", "Apart"), "Apart");
        Assert.Equal(EventNames.CutRequestClosed, (await requestTold.NextAsync())?.Name);
        var moved = await branchTold.NextAsync();
        Assert.Equal((EventNames.BranchMoved, "apart"), (moved?.Name, moved?.Detail.GetProperty("branch").GetString()));
    }

    [Fact]
    public async Task Nothing_outside_the_project_is_there_for_a_guest()
    {
        using var project = await TestProject.CreateAsync(hub);
        using var beside = await TestProject.CreateAsync(hub);
        var tenant = await hub.CreateOrganizationAsync("Guests elsewhere", Ct);
        tenant.Client.Dispose();
        using var guest = await TestGuest.EnterAsync(hub, project, TestGuest.Link(mayComment: true));
        await TellsAsync(guest, HttpStatusCode.NotFound, [
            beside.At(HubRoutes.Project),
            beside.At(HubRoutes.Branch, "main"),
            beside.At(HubRoutes.ProjectEvents),
            project.At(HubRoutes.Projects),
            project.At(HubRoutes.Members),
            project.At(HubRoutes.Events),
            project.At(HubRoutes.GuestLinks),
            project.At(HubRoutes.Project).Replace(hub.Organization, tenant.Organization, StringComparison.Ordinal)]);
        using var write = await guest.Client.PostAsJsonAsync(project.At(HubRoutes.Branches), new CreateBranchRequest("mine", null), Ct);
        await Answers.ProblemAsync(write, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
    }

    [Fact]
    public async Task A_query_that_forgets_every_filter_finds_only_what_the_link_names()
    {
        using var cutRequest = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), Films.With("SC02", 90));
        var request = await cutRequest.OpenAsync();
        await cutRequest.Project.BranchAsync("apart", cutRequest.Start);
        using var beside = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), null);
        await beside.OpenAsync();
        var project = await ProjectIdAsync(cutRequest.Project.Slug);

        var whole = await SeenAsync(new GuestScope(project, null, null));
        Assert.Equal((1, 3, 1), (whole.Projects, whole.Branches, whole.CutRequests));
        Assert.Equal(3, whole.Versions);
        Assert.Equal(0, whole.Hidden);
        var branch = await SeenAsync(new GuestScope(project, ["main"], 0));
        Assert.Equal((1, 1, 0, 0), (branch.Projects, branch.Branches, branch.CutRequests, branch.Hidden));
        var one = await SeenAsync(new GuestScope(project, [TestCutRequest.Source, "main"], request.Number));
        Assert.Equal((1, 2, 1, 0), (one.Projects, one.Branches, one.CutRequests, one.Hidden));
    }

    async Task<Seen> SeenAsync(GuestScope scope)
    {
        const string sql = """
            select (select count(*)::int from projects) as projects, (select count(*)::int from branches) as branches,
                   (select count(*)::int from cut_requests) as cut_requests, (select count(*)::int from versions) as versions,
                   (select count(*)::int from memberships) + (select count(*)::int from guests) + (select count(*)::int from guest_links)
                       + (select count(*)::int from invitations) + (select count(*)::int from project_members) as hidden
            """;
        await using var tx = await hub.Services.GetRequiredService<TenantDatabase>().BeginForGuestAsync(hub.OrganizationId, scope, Ct);
        return await tx.Connection.QuerySingleAsync<Seen>(new CommandDefinition(sql, transaction: tx.Transaction, cancellationToken: Ct));
    }

    async Task<Guid> ProjectIdAsync(string slug)
    {
        await using var tx = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct);
        return await tx.Connection.ExecuteScalarAsync<Guid>(
            new CommandDefinition("select id from projects where slug = @slug", new { slug }, tx.Transaction, cancellationToken: Ct));
    }

    static string Cursor(string version) => System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(version));

    static async Task TellsAsync(TestGuest guest, HttpStatusCode status, IReadOnlyList<string> addresses)
    {
        foreach (var address in addresses)
        {
            using var response = await guest.Client.GetAsync(address, Ct);
            Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {address}");
        }
    }

    sealed record Seen(int Projects, int Branches, int CutRequests, int Versions, int Hidden);
}
