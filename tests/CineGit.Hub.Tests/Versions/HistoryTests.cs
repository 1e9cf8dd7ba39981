using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;

namespace CineGit.Hub.Tests.Versions;

[Collection(HubFixture.Collection)]
public sealed class HistoryTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_give_every_version_once_and_newest_first_while_the_branch_moves_on()
    {
        using var project = await TestProject.CreateAsync(hub);
        var records = new List<TestVersion>();
        string? parent = null;
        for (var i = 0; i < 7; i++)
        {
            records.Add(await project.VersionAsync(Films.With("SC01", 50 + i), $"Cut {i}", parent));
            parent = records[^1].Id;
        }

        await TestProject.AcceptedAsync(await project.PushAsync("main", null, [.. records]));
        var first = await PageAsync(project, "?limit=3");
        await project.CommitAsync("main", Films.With("SC02", 10), "Came in between");
        var second = await PageAsync(project, $"?limit=3&cursor={first.Next}");
        var third = await PageAsync(project, $"?limit=3&cursor={second.Next}");

        Assert.Equal(
            ["Cut 6", "Cut 5", "Cut 4", "Cut 3", "Cut 2", "Cut 1", "Cut 0"],
            [.. first.Versions.Concat(second.Versions).Concat(third.Versions).Select(version => version.Message)]);
        Assert.Null(third.Next);
        Assert.Equal("Came in between", (await PageAsync(project, "?limit=1")).Versions[0].Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(200)]
    public async Task A_history_with_merges_has_both_sides_once_whatever_the_page(int limit)
    {
        using var project = await TestProject.CreateAsync(hub);
        var root = await project.VersionAsync(Films.First, "root");
        var left1 = await project.VersionAsync(Films.With("SC01", 50), "left 1", root.Id);
        var right1 = await project.VersionAsync(Films.With("SC02", 50), "right 1", root.Id);
        var left2 = await project.VersionAsync(Films.With("SC01", 40), "left 2", left1.Id);
        var both = await project.VersionAsync(
            Films.With("SC02", 50, Films.With("SC01", 40)), "both", left2.Id, right1.Id);
        var head = await TestProject.AcceptedAsync(await project.PushAsync("main", null, root, left1, right1, left2, both));

        var seen = new List<VersionResponse>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(project, cursor is null ? $"?limit={limit}" : $"?limit={limit}&cursor={cursor}");
            Assert.InRange(page.Versions.Count, 1, limit);
            seen.AddRange(page.Versions);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["both", "left 2", "right 1", "left 1", "root"], seen.Select(version => version.Message));
        Assert.Equal([4, 3, 2, 2, 1], seen.Select(version => version.Generation));
        Assert.Equal(head, seen[0].Id);
        Assert.Equal(5, (await project.GetAsync<BranchResponse>(HubRoutes.Branch, "main")).Versions);
    }

    [Fact]
    public async Task An_empty_branch_has_an_empty_history()
    {
        using var project = await TestProject.CreateAsync(hub);
        var page = await PageAsync(project, "");
        Assert.Empty(page.Versions);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData("?cursor=nonsense")]
    [InlineData("?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=many")]
    public async Task A_page_that_cannot_be_asked_for_is_refused(string query)
    {
        using var project = await TestProject.CreateAsync(hub);
        await project.CommitAsync("main", Films.First, "First");
        using var response = await project.Client.GetAsync(project.At(HubRoutes.History, "main") + query, Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    static async Task<HistoryResponse> PageAsync(TestProject project, string query) =>
        await project.Client.GetFromJsonAsync<HistoryResponse>(project.At(HubRoutes.History, "main") + query, Ct)
        ?? throw new InvalidOperationException("The hub answered null.");
}
