using System.Net;
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
