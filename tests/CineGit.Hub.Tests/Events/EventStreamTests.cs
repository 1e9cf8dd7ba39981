using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Events;

[Collection(HubFixture.Collection)]
public sealed class EventStreamTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Address => HubRoutes.Events.Replace("{organization}", hub.Organization, StringComparison.Ordinal);

    [Fact]
    public async Task A_film_on_its_way_into_the_main_cut_is_told_step_by_step()
    {
        using var asked = await TestCutRequest.CreateAsync(hub, null, null);
        await using var listener = await TestListener.OpenAsync(asked.Project.Client, asked.Project.At(HubRoutes.ProjectEvents));

        var head = await asked.Project.CommitAsync(TestCutRequest.Source, Films.With("SC01", 80), "Trimmed");
        var opened = await asked.OpenAsync();
        var merged = await asked.MergedAsync(opened);

        var pushed = await listener.NextAsync(EventNames.VersionPushed);
        var moved = await listener.NextAsync(EventNames.BranchMoved);
        var created = await listener.NextAsync(EventNames.CutRequestCreated);
        var main = await listener.NextAsync(EventNames.BranchMoved);
        var done = await listener.NextAsync(EventNames.CutRequestMerged);
        Assert.Equal((head, 1), (pushed.Detail.GetProperty("last").GetString(), pushed.Detail.GetProperty("count").GetInt32()));
        Assert.Equal(
            (TestCutRequest.Source, asked.Start, head, "push"),
            (moved.Detail.GetProperty("branch").GetString(), moved.Detail.GetProperty("from").GetString(), moved.Detail.GetProperty("to").GetString(), moved.Detail.GetProperty("reason").GetString()));
        Assert.Equal(opened.Number, created.Detail.GetProperty("number").GetInt32());
        Assert.Equal(("main", merged), (main.Detail.GetProperty("branch").GetString(), main.Detail.GetProperty("to").GetString()));
        Assert.Equal(merged, done.Detail.GetProperty("version").GetString());
        Assert.All([pushed, moved, created, main, done], told => Assert.Equal((asked.Project.Slug, hub.Owner.User.Id), (told.Project, told.By)));
        Assert.Equal(pushed.Sequence + 1, moved.Sequence);
        Assert.Equal(main.Sequence + 1, done.Sequence);
    }

    [Fact]
    public async Task What_was_refused_is_not_told_and_leaves_no_hole()
    {
        using var project = await TestProject.CreateAsync(hub);
        await using var listener = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));
        await project.BranchAsync("one", null);
        using (var taken = await project.Client.PostAsJsonAsync(project.At(HubRoutes.Branches), new CreateBranchRequest("ONE", null), Ct))
        {
            await Answers.ProblemAsync(taken, HttpStatusCode.Conflict, ProblemCodes.NameTaken);
        }

        var stale = await project.VersionAsync(Films.First, "First");
        using (var refused = await project.PushAsync("one", new string('a', 64), stale))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        }

        await project.BranchAsync("two", null);
        var (first, second) = (await listener.NextAsync(), await listener.NextAsync());
        Assert.Equal(("one", "two"), (first?.Detail.GetProperty("branch").GetString(), second?.Detail.GetProperty("branch").GetString()));
        Assert.Equal(first?.Sequence + 1, second?.Sequence);
    }

    [Fact]
    public async Task A_reader_that_comes_back_again_and_again_misses_nothing_and_gets_nothing_twice()
    {
        const int writers = 8;
        const int each = 12;
        using var project = await TestProject.CreateAsync(hub);
        var address = project.At(HubRoutes.ProjectEvents);
        string lastId;
        await using (var before = await TestListener.OpenAsync(project.Client, address)) lastId = before.LastId;

        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; i < each; i++) await project.BranchAsync($"b-{writer}-{i}", null);
        }));
        var told = new List<EventResponse>();
        for (var visit = 0; told.Count < writers * each; visit++)
        {
            await using var listener = await TestListener.OpenAsync(project.Client, address, lastId);
            for (var taken = 0; taken <= visit % 7 && told.Count < writers * each; taken++)
            {
                told.Add(await listener.NextAsync() ?? throw new InvalidOperationException("The stream ended."));
            }

            lastId = listener.LastId;
        }

        await writing;
        Assert.Equal(writers * each, told.Select(e => e.Detail.GetProperty("branch").GetString()).Distinct().Count());
        Assert.Equal(told.Select(e => e.Sequence).Order().Distinct(), told.Select(e => e.Sequence));
    }

    [Fact]
    public async Task Nobody_is_told_about_another_organization_or_project()
    {
        var other = await hub.CreateOrganizationAsync("Other Film", Ct);
        using var theirs = other.Client;
        using (var outside = await theirs.GetAsync(Address, Ct))
        {
            await Answers.ProblemAsync(outside, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        }

        using var first = await TestProject.CreateAsync(hub);
        using var second = await TestProject.CreateAsync(hub);
        await using var foreign = await TestListener.OpenAsync(
            theirs, HubRoutes.Events.Replace("{organization}", other.Organization, StringComparison.Ordinal));
        await using var project = await TestListener.OpenAsync(second.Client, second.At(HubRoutes.ProjectEvents));
        await using var organization = await TestListener.OpenAsync(second.Client, Address);

        await first.BranchAsync("elsewhere", null);
        await second.BranchAsync("here", null);
        Assert.Equal(second.Slug, (await project.NextAsync())?.Project);
        Assert.Equal((first.Slug, second.Slug), ((await organization.NextAsync())?.Project, (await organization.NextAsync())?.Project));

        var mine = new CreateProjectRequest("Theirs", "theirs");
        using (var created = await theirs.PostAsJsonAsync(HubRoutes.Projects.Replace("{organization}", other.Organization, StringComparison.Ordinal), mine, Ct))
        {
            created.EnsureSuccessStatusCode();
        }

        using var branched = await theirs.PostAsJsonAsync(
            HubRoutes.Branches.Replace("{organization}", other.Organization, StringComparison.Ordinal).Replace("{project}", "theirs", StringComparison.Ordinal),
            new CreateBranchRequest("own", null),
            Ct);
        branched.EnsureSuccessStatusCode();
        var told = await foreign.NextAsync(EventNames.BranchCreated);
        Assert.Equal(("theirs", "own"), (told.Project, told.Detail.GetProperty("branch").GetString()));
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("-1")]
    [InlineData("9223372036854775808")]
    public async Task A_number_that_is_none_is_refused(string lastId)
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var response = await TestListener.RequestAsync(owner, Address, lastId);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task A_number_that_was_never_given_is_as_good_as_one_that_is_too_old()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var response = await TestListener.RequestAsync(owner, Address, "9223372036854775807");
        await Answers.ProblemAsync(response, HttpStatusCode.Gone, ProblemCodes.EventsTooOld);
    }
}
