using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;

namespace CineGit.Hub.Tests.Versions;

[Collection(HubFixture.Collection)]
public sealed class FetchTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_comes_parents_first_and_opens_as_it_was_pushed()
    {
        using var project = await TestProject.CreateAsync(hub);
        var history = TestHistory.Of(90, seed: 21, shots: 80);
        await TestProject.AcceptedAsync(await project.PushAsync("main", null, [.. history]));

        var (head, fetched) = await project.FetchAsync(new FetchRequest(null, []));
        Assert.Equal((history.Count, history[^1].Id), (head.Count, Assert.Single(head.Branches).Head));
        var received = new Dictionary<string, TestVersion>(StringComparer.Ordinal);
        foreach (var packed in fetched)
        {
            var version = TestVersion.Received(packed, [.. packed.Version.Parents.Select(parent => received[parent])]);
            received[version.Id] = version;
        }

        foreach (var version in history)
        {
            var back = received[version.Id];
            Assert.Equal((version.Record.Cut, version.Record.Native, version.Record.Message), (back.Record.Cut, back.Record.Native, back.Record.Message));
            Assert.Equal(version.Native?.ToArray(), back.Native?.ToArray());
            Assert.Equal(version.Packed.CutPack.ToArray(), back.Packed.CutPack.ToArray());
        }
    }

    [Fact]
    public async Task What_the_agent_has_is_left_out_with_all_that_leads_to_it()
    {
        using var project = await TestProject.CreateAsync(hub);
        var history = TestHistory.Of(60, seed: 22, shots: 30);
        await TestProject.AcceptedAsync(await project.PushAsync("main", null, [.. history]));
        var random = new Random(23);
        for (var round = 0; round < 25; round++)
        {
            var have = Enumerable.Range(0, random.Next(4)).Select(_ => history[random.Next(history.Count)].Id).ToList();
            var had = Ancestors(history, have);
            var (head, fetched) = await project.FetchAsync(new FetchRequest(["main"], [.. have, new string('e', 64)]));
            var ids = fetched.Select(packed => VersionIdentity.IdOf(packed.Version)).ToList();
            Assert.Equal(head.Count, ids.Count);
            Assert.Equal(history.Select(version => version.Id).Where(id => !had.Contains(id)).Order(), ids.Order());
            foreach (var packed in fetched)
            {
                Assert.All(packed.Version.Parents, parent => Assert.True(had.Contains(parent), "a version came before its parent"));
                had.Add(VersionIdentity.IdOf(packed.Version));
            }
        }
    }

    [Fact]
    public async Task Branches_are_fetched_by_name_and_an_unknown_one_is_said_to_be_missing()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        await project.BranchAsync("trailer", first);
        var trailer = await project.CommitAsync("trailer", Films.With("SC01", 9), "Trailer");
        await project.CommitAsync("main", Films.With("SC01", 8), "Second");
        await project.BranchAsync("empty", null);

        var (head, versions) = await project.FetchAsync(new FetchRequest(["trailer", "empty"], []));
        Assert.Equal([trailer, null], head.Branches.OrderByDescending(branch => branch.Name).Select(branch => branch.Head));
        Assert.Equal([first, trailer], versions.Select(packed => VersionIdentity.IdOf(packed.Version)));

        using var unknown = await project.Client.PostAsJsonAsync(project.At(HubRoutes.Fetches), new FetchRequest(["nowhere"], []), Ct);
        await Answers.ProblemAsync(unknown, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        using var malformed = await project.Client.PostAsJsonAsync(project.At(HubRoutes.Fetches), new FetchRequest(null, ["x"]), Ct);
        await Answers.ProblemAsync(malformed, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Negotiating_tells_what_is_common_and_where_the_branches_are()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        var second = await project.CommitAsync("main", Films.With("SC01", 8), "Second");
        var request = new NegotiateRequest([new string('0', 64), second, first, new string('f', 64)]);
        using var response = await project.Client.PostAsJsonAsync(project.At(HubRoutes.Negotiate), request, Ct);
        var answer = await response.Content.ReadFromJsonAsync<NegotiateResponse>(Ct);
        Assert.Equal([second, first], answer?.Common);
        Assert.Equal(("main", second, 2), (answer?.Branches[0].Name, answer?.Branches[0].Head, answer?.Branches[0].Versions));

        // Another project's versions are not known here.
        using var other = await TestProject.CreateAsync(hub);
        using var elsewhere = await other.Client.PostAsJsonAsync(other.At(HubRoutes.Negotiate), request, Ct);
        Assert.Empty((await elsewhere.Content.ReadFromJsonAsync<NegotiateResponse>(Ct))?.Common ?? ["no answer"]);
    }

    [Fact]
    public async Task A_long_push_goes_up_in_parts_of_which_the_last_moves_the_branch()
    {
        using var project = await TestProject.CreateAsync(hub);
        var history = TestHistory.Of(40, seed: 24, shots: 30);
        var packed = history.Select(version => version.Packed).ToArray();
        for (var at = 0; at < packed.Length; at += 15)
        {
            using var part = await project.PushAsync(new PushRequest(null, null, null), packed[at..Math.Min(at + 15, packed.Length)]);
            Assert.Null((await part.Content.ReadFromJsonAsync<PushResponse>(Ct))?.Head);
            Assert.Null(await project.HeadAsync("main"));
        }

        var last = new PushRequest("main", null, history[^1].Id);
        Assert.Equal(history[^1].Id, await TestProject.AcceptedAsync(await project.PushAsync(last)));
        Assert.Equal(history[^1].Id, await TestProject.AcceptedAsync(await project.PushAsync(last, packed[10..])));
        Assert.Equal(history.Count, (await project.GetAsync<BranchResponse>(HubRoutes.Branch, "main")).Versions);

        using var nowhere = await project.PushAsync(new PushRequest("main", history[^1].Id, new string('b', 64)));
        await Answers.ProblemAsync(nowhere, HttpStatusCode.UnprocessableEntity, ProblemCodes.MissingObject);
        using var halfNamed = await project.PushAsync(new PushRequest("main", history[^1].Id, null));
        await Answers.ProblemAsync(halfNamed, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    static HashSet<string> Ancestors(IReadOnlyList<TestVersion> history, IEnumerable<string> of)
    {
        var found = of.ToHashSet(StringComparer.Ordinal);
        foreach (var version in history.Reverse())
        {
            if (found.Contains(version.Id)) found.UnionWith(version.Record.Parents);
        }

        return found;
    }
}
