using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Http;

[Collection(HubFixture.Collection)]
public sealed class PageTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_walked_page_by_page_and_what_is_added_meanwhile_shifts_nothing()
    {
        using var asked = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 80), null);
        for (var i = 0; i < 7; i++) await asked.OpenAsync($"Request {i}");
        var numbers = new List<int>();
        var address = asked.Project.At(HubRoutes.CutRequests) + "?limit=3";
        for (var pages = 0; address is not null; pages++)
        {
            using var response = await asked.Project.Client.GetAsync(address, Ct);
            var page = await TestCutRequest.ReadAsync<List<CutRequestSummary>>(response, HttpStatusCode.OK);
            Assert.InRange(page.Count, 1, 3);
            numbers.AddRange(page.Select(request => request.Number));
            if (pages == 0) await asked.OpenAsync("Meanwhile");
            address = response.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], numbers);
        Assert.Equal(8, (await asked.Project.GetAsync<List<CutRequestSummary>>(HubRoutes.CutRequests)).Count);
    }

    [Fact]
    public async Task Branches_tags_and_projects_come_in_pages_too()
    {
        var stranger = await hub.CreateOrganizationAsync($"Pages {Guid.NewGuid():n}"[..20], Ct);
        using var client = stranger.Client;
        using var project = new TestProject(client, stranger.Organization, "film-0");
        for (var i = 0; i < 7; i++)
        {
            using var created = await client.PostAsJsonAsync(project.At(HubRoutes.Projects), new CreateProjectRequest($"Film {i}", $"film-{i}"), Ct);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        var version = await project.CommitAsync("main", Films.First, "First");
        for (var i = 0; i < 6; i++)
        {
            await project.BranchAsync($"branch-{i}", null);
            using var tagged = await client.PostAsJsonAsync(project.At(HubRoutes.Tags), new CreateTagRequest($"tag-{i}", version, null), Ct);
            Assert.Equal(HttpStatusCode.Created, tagged.StatusCode);
        }

        Assert.Equal(["film-6", "film-5", "film-4", "film-3", "film-2", "film-1", "film-0"], await WalkAsync<ProjectResponse>(project, HubRoutes.Projects, each => each.Slug));
        Assert.Equal(
            ["main", "branch-0", "branch-1", "branch-2", "branch-3", "branch-4", "branch-5"], await WalkAsync<BranchResponse>(project, HubRoutes.Branches, each => each.Name));
        Assert.Equal(["tag-0", "tag-1", "tag-2", "tag-3", "tag-4", "tag-5"], await WalkAsync<TagResponse>(project, HubRoutes.Tags, each => each.Name));
    }

    [Theory]
    [InlineData(HubRoutes.Branches, "limit=0")]
    [InlineData(HubRoutes.Branches, "cursor=*")]
    [InlineData(HubRoutes.Projects, "limit=201")]
    [InlineData(HubRoutes.Projects, "cursor=_____w")]
    [InlineData(HubRoutes.Tags, "cursor=AAAA")]
    public async Task No_list_has_a_page_that_cannot_be(string route, string query)
    {
        using var project = await TestProject.CreateAsync(hub);
        using var response = await project.Client.GetAsync(project.At(route) + "?" + query, Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    /// <summary>What all pages have, by two.</summary>
    static async Task<List<string>> WalkAsync<T>(TestProject project, string route, Func<T, string> nameOf)
    {
        var names = new List<string>();
        for (var address = project.At(route) + "?limit=2"; address is not null;)
        {
            using var response = await project.Client.GetAsync(address, Ct);
            names.AddRange((await TestCutRequest.ReadAsync<List<T>>(response, HttpStatusCode.OK)).Select(nameOf));
            address = response.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        return names;
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("cursor=x")]
    [InlineData("cursor=AAAAAA")]
    [InlineData("cursor=_____w")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        using var project = await TestProject.CreateAsync(hub);
        using var response = await project.Client.GetAsync(project.At(HubRoutes.CutRequests) + "?" + query, Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }
}
