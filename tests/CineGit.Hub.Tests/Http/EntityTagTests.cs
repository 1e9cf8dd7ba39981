using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
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
