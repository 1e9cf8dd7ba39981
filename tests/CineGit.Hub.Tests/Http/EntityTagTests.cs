using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Http;

[Collection(HubFixture.Collection)]
public sealed class EntityTagTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_that_did_not_move_is_not_sent_again()
    {
        using var project = await TestProject.CreateAsync(hub);
        await project.CommitAsync("main", Films.First, "First");
        var tag = await TagAsync(project, project.At(HubRoutes.Branch, "main"), HttpStatusCode.OK, null);
        Assert.Equal(tag, await TagAsync(project, project.At(HubRoutes.Branch, "main"), HttpStatusCode.NotModified, tag));
        await project.CommitAsync("main", Films.With("SC01", 80), "Second");
        Assert.NotEqual(tag, await TagAsync(project, project.At(HubRoutes.Branch, "main"), HttpStatusCode.OK, tag));
    }

    [Fact]
    public async Task A_cut_request_changes_its_tag_with_heads_answers_and_its_end()
    {
        using var asked = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), Films.With("SC01", 70));
        var shown = await asked.OpenAsync();
        var address = asked.Project.At(HubRoutes.CutRequest, TestCutRequest.Text(shown.Number));
        await Until.TrueAsync(
            async () => await asked.Project.GetAsync<ChecksResponse>(HubRoutes.Checks, shown.SourceHead ?? "") is { Running: false, Results.Count: > 0 },
            "the checks are done",
            Ct);
        var tags = new List<EntityTagHeaderValue> { await TagAsync(asked.Project, address, HttpStatusCode.OK, null) };
        await TagAsync(asked.Project, address, HttpStatusCode.NotModified, tags[0]);
        await asked.ResolvedAsync(shown.Number, shown.Conflicts[0].Id, "ours");
        tags.Add(await TagAsync(asked.Project, address, HttpStatusCode.OK, tags[^1]));
        await asked.ResolvedAsync(shown.Number, shown.Conflicts[0].Id, "theirs");
        tags.Add(await TagAsync(asked.Project, address, HttpStatusCode.OK, tags[^1]));
        await asked.Project.CommitAsync(TestCutRequest.Source, Films.Renamed("SC02", "SC02B", Films.With("SC01", 80)), "More");
        tags.Add(await TagAsync(asked.Project, address, HttpStatusCode.OK, tags[^1]));
        (await asked.CloseAsync(shown.Number)).Dispose();
        tags.Add(await TagAsync(asked.Project, address, HttpStatusCode.OK, tags[^1]));
        Assert.Equal(tags.Distinct(), tags);
    }

    [Fact]
    public async Task An_answer_to_what_has_changed_meanwhile_is_refused_when_it_asks_to_be()
    {
        using var asked = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), Films.With("SC01", 70));
        var shown = await asked.OpenAsync();
        var tag = await TagAsync(asked.Project, asked.Project.At(HubRoutes.CutRequest, TestCutRequest.Text(shown.Number)), HttpStatusCode.OK, null);
        using (var first = await ResolveAsync(asked, shown, tag)) Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await ResolveAsync(asked, shown, tag);
        await Answers.ProblemAsync(second, HttpStatusCode.PreconditionFailed, ProblemCodes.Changed);
    }

    [Fact]
    public async Task Whoever_changes_what_many_may_change_can_ask_not_to_write_over_what_they_have_not_seen()
    {
        var people = await hub.CreateOrganizationAsync($"Tags {Guid.NewGuid():n}"[..20], Ct);
        using var client = people.Client;
        using var project = new TestProject(client, people.Organization, "film");
        using var created = await client.PostAsJsonAsync(project.At(HubRoutes.Projects), new CreateProjectRequest("Film", "film"), Ct);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var member = await hub.CreateMemberAsync(people, Roles.Editor, Ct);
        member.Client.Dispose();
        var (someone, role) = (member.UserId.ToString(), project.At(HubRoutes.Role, "loggers"));
        (string Shown, string Changed, Func<int, object> Body)[] places =
        [
            (project.At(HubRoutes.Roles), role, turn => new SetRoleRequest(turn == 0 ? ["organization.read"] : [])),
            (project.At(HubRoutes.Members), project.At(HubRoutes.Member, someone), turn => new SetMemberRequest(turn == 0 ? Roles.Reviewer : Roles.Producer)),
            (project.At(HubRoutes.Agents), project.At(HubRoutes.Agents), turn => new SetSeatsRequest(turn + 5)),
            (project.At(HubRoutes.ProjectAccess), project.At(HubRoutes.ProjectMember, someone), turn => new SetMemberRequest(turn == 0 ? Roles.Guest : Roles.Editor)),
            (project.At(HubRoutes.ProjectAccess), project.At(HubRoutes.ProjectAccess), turn => new ProjectAccessRequest(turn == 0)),
            (project.At(HubRoutes.CheckSettings), project.At(HubRoutes.CheckSettings), turn => new CheckSettings(null, null, turn + 60)),
        ];
        foreach (var (shown, changed, body) in places)
        {
            var tag = await TagAsync(project, shown, HttpStatusCode.OK, null);
            Assert.Equal(tag, await TagAsync(project, shown, HttpStatusCode.NotModified, tag));
            using (var first = await PutAsync(client, changed, body(0), tag)) Assert.True(first.StatusCode is HttpStatusCode.NoContent, $"{changed}: {await first.Content.ReadAsStringAsync(Ct)}");
            using (var late = await PutAsync(client, changed, body(1), tag)) await Answers.ProblemAsync(late, HttpStatusCode.PreconditionFailed, ProblemCodes.Changed);
            Assert.NotEqual(tag, await TagAsync(project, shown, HttpStatusCode.OK, tag));
            using var unasked = await PutAsync(client, changed, body(1), null);
            Assert.Equal(HttpStatusCode.NoContent, unasked.StatusCode);
        }
    }

    static async Task<HttpResponseMessage> PutAsync(HttpClient client, string address, object body, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = JsonContent.Create(body) };
        if (tag is not null) request.Headers.IfMatch.Add(tag);
        return await client.SendAsync(request, Ct);
    }

    static async Task<HttpResponseMessage> ResolveAsync(TestCutRequest asked, CutRequestResponse shown, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put, asked.Project.At(HubRoutes.Resolution, TestCutRequest.Text(shown.Number), shown.Conflicts[0].Id))
        {
            Content = JsonContent.Create(new ResolveRequest("ours")),
        };
        request.Headers.IfMatch.Add(tag);
        return await asked.Project.Client.SendAsync(request, Ct);
    }

    static async Task<EntityTagHeaderValue> TagAsync(TestProject project, string address, HttpStatusCode status, EntityTagHeaderValue? held)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (held is not null) request.Headers.IfNoneMatch.Add(held);
        using var response = await project.Client.SendAsync(request, Ct);
        Assert.Equal(status, response.StatusCode);
        return response.Headers.ETag ?? throw new InvalidOperationException("There is no ETag.");
    }
}
