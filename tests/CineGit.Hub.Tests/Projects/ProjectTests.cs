using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Projects;

[Collection(HubFixture.Collection)]
public sealed class ProjectTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_gets_its_slug_from_its_name_and_begins_with_an_empty_main()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var response = await owner.PostAsJsonAsync(Projects, new CreateProjectRequest("  Über Köln, Teil 2 ", null), Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var project = await response.Content.ReadFromJsonAsync<ProjectResponse>(Ct);
        Assert.Equal(("uber-koln-teil-2", "Über Köln, Teil 2", 1, 0), (project?.Slug, project?.Name, project?.Branches, project?.OpenCutRequests));
        Assert.Equal(project, await owner.GetFromJsonAsync<ProjectResponse>(response.Headers.Location, Ct));

        var branches = await owner.GetFromJsonAsync<IReadOnlyList<BranchResponse>>($"{Projects}/uber-koln-teil-2/branches", Ct);
        Assert.Equal(new BranchResponse("main", null, 0, null), Assert.Single(branches ?? []));

        using var again = await owner.PostAsJsonAsync(Projects, new CreateProjectRequest("Uber Koln Teil 2", null), Ct);
        await Answers.ProblemAsync(again, HttpStatusCode.Conflict, ProblemCodes.NameTaken);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("two\nlines", null)]
    [InlineData("映画", null)]
    [InlineData("Film", "")]
    [InlineData("Film", "Film")]
    [InlineData("Film", "-film")]
    [InlineData("Film", "a--b")]
    [InlineData("Film", "../etc")]
    public async Task A_name_or_slug_that_cannot_be_taken_is_refused(string name, string? slug)
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var response = await owner.PostAsJsonAsync(Projects, new CreateProjectRequest(name, slug), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task The_list_counts_branches_and_open_cut_requests()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        await project.BranchAsync("trailer", first);
        using var opened = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.CutRequests), new CreateCutRequestRequest("Trailer", "", "trailer", "main"), Ct);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);

        var all = await project.GetAsync<IReadOnlyList<ProjectResponse>>(HubRoutes.Projects);
        var listed = Assert.Single(all, each => each.Slug == project.Slug);
        Assert.Equal((2, 1), (listed.Branches, listed.OpenCutRequests));
    }

    [Fact]
    public async Task A_branch_starts_at_a_version_and_its_name_is_taken_in_any_capitals()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        await project.BranchAsync("directors-cut", first);
        Assert.Equal((first, 1), await HeadAndCountAsync(project, "directors-cut"));

        using var taken = await BranchAsync(project, new("Directors-Cut", first));
        await Answers.ProblemAsync(taken, HttpStatusCode.Conflict, ProblemCodes.NameTaken);
        using var unknown = await BranchAsync(project, new("other", new string('a', 64)));
        await Answers.ProblemAsync(unknown, HttpStatusCode.UnprocessableEntity, ProblemCodes.MissingObject);
        using var malformed = await BranchAsync(project, new("a/b", first));
        await Answers.ProblemAsync(malformed, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        using var absent = await project.Client.GetAsync(project.At(HubRoutes.Branch, "nowhere"), Ct);
        await Answers.ProblemAsync(absent, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    string Projects => HubRoutes.Projects.Replace("{organization}", hub.Organization, StringComparison.Ordinal);

    static Task<HttpResponseMessage> BranchAsync(TestProject project, CreateBranchRequest request) =>
        project.Client.PostAsJsonAsync(project.At(HubRoutes.Branches), request, Ct);

    static async Task<(string? Head, int Versions)> HeadAndCountAsync(TestProject project, string branch)
    {
        var found = await project.GetAsync<BranchResponse>(HubRoutes.Branch, branch);
        return (found.Head, found.Versions);
    }
}
