using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Http;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Http;

[Collection(HubFixture.Collection)]
public sealed class IdempotencyTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_that_comes_again_with_its_key_is_carried_out_once_and_answered_alike()
    {
        using var asked = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), null);
        var request = new CreateCutRequestRequest("Once", "", TestCutRequest.Source, "main");
        using var first = await PostAsync(asked.Project, request, "key-1");
        using var again = await PostAsync(asked.Project, request, "key-1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.False(first.Headers.Contains(IdempotencyKeys.Replayed));
        Assert.Equal("true", again.Headers.GetValues(IdempotencyKeys.Replayed).Single());
        Assert.Single(await asked.Project.GetAsync<List<CutRequestSummary>>(HubRoutes.CutRequests));
    }

    [Fact]
    public async Task Many_at_once_with_one_key_do_it_once()
    {
        using var asked = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), null);
        var request = new CreateCutRequestRequest("At once", "", TestCutRequest.Source, "main");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(asked.Project, request, "key-2")));
        foreach (var answer in answers)
        {
            using (answer)
            {
                if (answer.StatusCode != HttpStatusCode.Created) await Answers.ProblemAsync(answer, HttpStatusCode.Conflict, ProblemCodes.KeyInUse);
            }
        }

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Single(await asked.Project.GetAsync<List<CutRequestSummary>>(HubRoutes.CutRequests));
    }

    [Fact]
    public async Task A_key_is_for_one_request_of_one_person()
    {
        using var asked = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), null);
        var request = new CreateCutRequestRequest("Mine", "", TestCutRequest.Source, "main");
        using (var first = await PostAsync(asked.Project, request, "key-3")) Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using (var other = await PostAsync(asked.Project, request with { Title = "Another" }, "key-3"))
        {
            await Answers.ProblemAsync(other, HttpStatusCode.UnprocessableEntity, ProblemCodes.KeyReused);
        }

        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var theirs = new TestProject(member.Client, asked.Project.Organization, asked.Project.Slug);
        using var second = await PostAsync(theirs, request, "key-3");
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.False(second.Headers.Contains(IdempotencyKeys.Replayed));
    }

    [Fact]
    public async Task A_refusal_is_answered_again_until_the_day_is_over()
    {
        using var project = await TestProject.CreateAsync(hub);
        var request = new CreateCutRequestRequest("Too early", "", "later", "main");
        using (var refused = await PostAsync(project, request, "key-4")) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await project.BranchAsync("later", null);
        using (var again = await PostAsync(project, request, "key-4"))
        {
            await Answers.ProblemAsync(again, HttpStatusCode.NotFound, ProblemCodes.NotFound);
            Assert.True(again.Headers.Contains(IdempotencyKeys.Replayed));
        }

        using var fresh = await PostAsync(project, request, "key-5");
        Assert.Equal(HttpStatusCode.Created, fresh.StatusCode);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        using var project = await TestProject.CreateAsync(hub);
        using var response = await PostAsync(project, new CreateCutRequestRequest("Long", "", "a", "b"), new string('k', 201));
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    static async Task<HttpResponseMessage> PostAsync(TestProject project, CreateCutRequestRequest body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, project.At(HubRoutes.CutRequests)) { Content = JsonContent.Create(body) };
        request.Headers.Add(IdempotencyKeys.Header, key);
        return await project.Client.SendAsync(request, Ct);
    }
}
