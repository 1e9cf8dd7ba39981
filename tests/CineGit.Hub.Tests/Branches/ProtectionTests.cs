using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Versions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Branches;

/// <summary>What a branch asks, and that neither pushes nor merges get past it.</summary>
[Collection(HubFixture.Collection)]
public sealed class ProtectionTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_protected_branch_takes_cut_requests_and_nothing_by_push()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        await project.ProtectAsync(Reviewing.Asking());
        var pushed = await project.VersionAsync(Films.With("SC02", 90), "Straight", request.Start);
        using (var refused = await project.PushAsync("main", request.Start, pushed))
        {
            var problem = await Answers.ProblemAsync(refused, HttpStatusCode.Forbidden, ProblemCodes.BranchProtected);
            Assert.Contains("cut request into main", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(request.Start, await project.HeadAsync("main"));
        using (var kept = await project.Client.GetAsync(project.At(HubRoutes.Version, pushed.Id), Ct)) Assert.Equal(HttpStatusCode.NotFound, kept.StatusCode);
        await project.CommitAsync(TestCutRequest.Source, Films.With("SC03", 90), "Elsewhere all goes on");
        Assert.Equal(await request.MergedAsync(await request.OpenAsync()), await project.HeadAsync("main"));

        await project.ProtectAsync(Reviewing.Asking(directPush: true));
        await project.CommitAsync("main", Films.With("SC02", 80), "Allowed again");
    }

    [Fact]
    public async Task The_first_versions_of_a_protected_branch_come_by_push()
    {
        using var project = await TestProject.CreateAsync(hub);
        await project.ProtectAsync(Reviewing.Asking(approvals: 2));
        var first = await project.VersionAsync(Films.First, "First");
        await TestProject.AcceptedAsync(await project.PushAsync("main", null, first));
        // Only the answer was lost: the same push again is answered as before.
        await TestProject.AcceptedAsync(await project.PushAsync("main", null, first));
        using var second = await project.PushAsync("main", first.Id, await project.VersionAsync(Films.With("SC01", 90), "Second", first.Id));
        await Answers.ProblemAsync(second, HttpStatusCode.Forbidden, ProblemCodes.BranchProtected);
    }

    [Fact]
    public async Task A_push_that_is_under_way_when_its_branch_is_protected_is_refused()
    {
        using var project = await TestProject.CreateAsync(hub);
        var start = await project.CommitAsync("main", Films.First, "First");
        var pushed = await project.VersionAsync(Films.With("SC01", 90), "Second", start);
        Task<HttpResponseMessage> push;
        await using (var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct))
        {
            await using var tx = new ProjectTransaction(tenant, hub.OrganizationId, (await project.GetAsync<ProjectResponse>(HubRoutes.Project)).Id);
            await BranchStore.LockAsync(tx, "main", Ct);
            push = project.PushAsync("main", start, pushed);
            await Until.TrueAsync(IsWaitingAsync, "the push waits for the branch", Ct);
            var asked = new BranchProtection("main", 1, [], [], [], false, "Kim", hub.Time.GetUtcNow());
            await ProtectionStore.PutAsync(tx, asked, hub.Owner.User.Id, Ct);
            await tx.CommitAsync(Ct);
        }

        using var refused = await push;
        await Answers.ProblemAsync(refused, HttpStatusCode.Forbidden, ProblemCodes.BranchProtected);
        Assert.Equal(start, await project.HeadAsync("main"));
    }

    [Fact]
    public async Task A_merge_waits_for_as_many_approvals_as_its_target_asks_for()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        await project.ProtectAsync(Reviewing.Asking(approvals: 2));
        var shown = await request.OpenAsync();
        Assert.False(shown.Mergeable);
        Assert.Equal(["2 more approvals of this version are needed."], shown.Missing);
        Assert.Equal(shown.Missing, await Reviewing.BlockedAsync(await request.MergeAsync(shown.Number, shown.SourceHead, shown.TargetHead)));

        using var kai = (await hub.CreateMemberAsync(Roles.Reviewer, Ct)).Client;
        using var lou = (await hub.CreateMemberAsync(Roles.Editor, Ct)).Client;
        await project.ReviewedAsync(kai, shown.Number, Verdicts.Approved, shown.SourceHead);
        // Twice by the same person is once.
        var once = await project.ReviewedAsync(kai, shown.Number, Verdicts.Approved, shown.SourceHead);
        Assert.Equal(["1 more approval of this version is needed."], once.Missing);
        Assert.True(Assert.Single(once.Reviews).IsCurrent);
        await project.ReviewedAsync(lou, shown.Number, Verdicts.Changes, shown.SourceHead);
        var unwanted = await Reviewing.BlockedAsync(await request.MergeAsync(shown.Number, shown.SourceHead, shown.TargetHead));
        Assert.Equal(["1 more approval of this version is needed.", "Somebody Else wants changes to this version."], unwanted);

        await project.ReviewedAsync(lou, shown.Number, Verdicts.Approved, shown.SourceHead);
        Assert.Equal(await request.MergedAsync(await request.ShowAsync(shown.Number)), await project.HeadAsync("main"));
    }

    [Fact]
    public async Task Approvals_are_of_one_version_and_end_when_the_branch_moves()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        await project.ProtectAsync(Reviewing.Asking(approvals: 1));
        var shown = await request.OpenAsync();
        using var kai = (await hub.CreateMemberAsync(Roles.Reviewer, Ct)).Client;
        var approved = await project.ReviewedAsync(kai, shown.Number, Verdicts.Approved, shown.SourceHead);
        Assert.True(approved.Mergeable);
        var moved = await project.CommitAsync(TestCutRequest.Source, Films.With("SC01", 80), "One more thing");
        Assert.Equal(
            ["1 more approval of this version is needed; 1 review is of an earlier one."],
            await Reviewing.BlockedAsync(await request.MergeAsync(shown.Number, moved, shown.TargetHead)));
        Assert.False(Assert.Single((await request.ShowAsync(shown.Number)).Reviews).IsCurrent);
        using (var late = await project.ReviewAsync(kai, shown.Number, Verdicts.Approved, shown.SourceHead))
        {
            await Answers.ProblemAsync(late, HttpStatusCode.Conflict, ProblemCodes.BranchStale);
        }

        await project.ReviewedAsync(kai, shown.Number, Verdicts.Approved, moved);
        using var merged = await request.MergeAsync(shown.Number, moved, shown.TargetHead);
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
    }

    [Fact]
    public async Task Nobody_approves_what_they_opened_or_pushed()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        var byOwner = await request.OpenAsync();
        using (var own = await project.ReviewAsync(project.Client, byOwner.Number, Verdicts.Approved, byOwner.SourceHead))
        {
            await Answers.ProblemAsync(own, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        }

        using var lou = (await hub.CreateMemberAsync(Roles.Editor, Ct)).Client;
        using var opened = await lou.PostAsJsonAsync(
            project.At(HubRoutes.CutRequests), new CreateCutRequestRequest("Lou's", "", TestCutRequest.Source, "main"), Ct);
        var byLou = await TestCutRequest.ReadAsync<CutRequestResponse>(opened, HttpStatusCode.Created);
        using var pusher = await project.ReviewAsync(project.Client, byLou.Number, Verdicts.Approved, byLou.SourceHead);
        var problem = await Answers.ProblemAsync(pusher, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        Assert.StartsWith("You pushed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_named_roles_and_people_merge_admins_like_everybody()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        var lou = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = lou.Client;
        await project.ProtectAsync(Reviewing.Asking(roles: [Roles.Producer], people: [lou.UserId]));
        var shown = await request.OpenAsync();
        var words = Assert.Single(await Reviewing.BlockedAsync(await request.MergeAsync(shown.Number, shown.SourceHead, shown.TargetHead)));
        Assert.Equal("You may not merge into main: the role producer and one person named there may.", words);
        Assert.False(shown.Mergeable);
        var theirs = await client.GetFromJsonAsync<CutRequestResponse>(project.At(HubRoutes.CutRequest, TestCutRequest.Text(shown.Number)), Ct);
        Assert.True(theirs?.Mergeable);
        using var merged = await client.PostAsJsonAsync(
            project.At(HubRoutes.Merge, TestCutRequest.Text(shown.Number)), new MergeCutRequestRequest(shown.SourceHead ?? "", shown.TargetHead ?? ""), Ct);
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
    }

    [Fact]
    public async Task What_a_branch_asks_is_seen_by_all_and_changed_by_whoever_saw_it_last()
    {
        using var project = await TestProject.CreateAsync(hub);
        using var unprotected = await project.Client.GetAsync(project.At(HubRoutes.Protection, "main"), Ct);
        await Answers.ProblemAsync(unprotected, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        var set = await project.ProtectAsync(Reviewing.Asking(1, ["sync", "gaps"], [Roles.Producer], [hub.Owner.User.Id]));
        using var shown = await project.Client.GetAsync(project.At(HubRoutes.Protection, "main"), Ct);
        var read = await TestCutRequest.ReadAsync<ProtectionResponse>(shown, HttpStatusCode.OK);
        Assert.Equal(JsonSerializer.Serialize(set), JsonSerializer.Serialize(read));
        Assert.True((await project.GetAsync<BranchResponse>(HubRoutes.Branch, "main")).Protected);

        var tag = shown.Headers.ETag ?? throw new InvalidOperationException("There is no ETag.");
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        await project.ProtectAsync(Reviewing.Asking(2));
        using var outdated = await SendAsync(project, HttpMethod.Put, Reviewing.Asking(3), tag);
        await Answers.ProblemAsync(outdated, HttpStatusCode.PreconditionFailed, ProblemCodes.Changed);
        using var unseen = await SendAsync(project, HttpMethod.Delete, null, tag);
        await Answers.ProblemAsync(unseen, HttpStatusCode.PreconditionFailed, ProblemCodes.Changed);
        using var removed = await project.Client.DeleteAsync(project.At(HubRoutes.Protection, "main"), Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await project.CommitAsync("main", Films.First, "First");
        await project.CommitAsync("main", Films.With("SC01", 90), "Second");
    }

    [Theory]
    [InlineData("""{"approvals":21,"directPush":false}""", "approvals")]
    [InlineData("""{"approvals":1,"checks":["Sync"],"directPush":false}""", "checks")]
    [InlineData("""{"approvals":1,"checks":[null],"directPush":false}""", "checks")]
    [InlineData("""{"approvals":1,"mergeRoles":["nobody"],"directPush":false}""", "mergeRoles")]
    [InlineData("""{"approvals":1,"mergePeople":["0199a000-0000-7000-8000-000000000000"],"directPush":false}""", "mergePeople")]
    public async Task What_no_branch_can_ask_is_refused_by_name(string body, string field)
    {
        using var project = await TestProject.CreateAsync(hub);
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var response = await project.Client.PutAsync(project.At(HubRoutes.Protection, "main"), content, Ct);
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.StartsWith(field, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    static async Task<HttpResponseMessage> SendAsync(TestProject project, HttpMethod method, SetProtectionRequest? body, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(method, project.At(HubRoutes.Protection, "main")) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.IfMatch.Add(tag);
        return await project.Client.SendAsync(request, Ct);
    }

    /// <summary>True when some statement of the hub waits for a row's lock.</summary>
    async Task<bool> IsWaitingAsync()
    {
        const string sql = "select exists (select from pg_locks where not granted)";
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var connection = await owner.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, cancellationToken: Ct));
    }
}
