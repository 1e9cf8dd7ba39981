using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;

namespace CineGit.Agent.Tests;

public sealed class HttpHubConnectionTests
{
    static readonly ProjectAddress Film = new("acme", "film");
    static readonly RetryPolicy Quick = new(3, TimeSpan.FromMilliseconds(1));

    [Fact]
    public async Task A_problem_becomes_an_exception_with_its_code_and_sentence()
    {
        await using var server = new LoopbackServer(_ => ServerAnswer.Problem(409, ProblemCodes.BranchStale, "main moved.", ",\"actualHead\":\"abc\""));
        using var hub = Anonymous(server.Url);
        var problem = await Assert.ThrowsAsync<HubProblemException>(
            () => hub.PushAsync(Film, new("main", null, null), [], TestContext.Current.CancellationToken));
        Assert.Equal((ProblemCodes.BranchStale, 409, "main moved.", "abc"), (problem.Code, problem.Status, problem.Message, problem.ActualHead));
    }

    [Theory]
    [InlineData("text/html", "<h1>Bad gateway</h1>")]
    [InlineData("application/problem+json", "[1]")]
    [InlineData("application/problem+json", "{")]
    public async Task Another_server_than_a_hub_is_told_as_one(string type, string body)
    {
        await using var server = new LoopbackServer(_ => new(418, System.Text.Encoding.UTF8.GetBytes(body), type));
        using var hub = Anonymous(server.Url);
        var problem = await Assert.ThrowsAsync<HubProblemException>(
            () => hub.GetBranchAsync(Film, "main", TestContext.Current.CancellationToken));
        Assert.Equal("", problem.Code);
        Assert.Contains("in no form a CineGit hub uses", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_told_with_the_address()
    {
        await using var server = new LoopbackServer(_ => ServerAnswer.Json(200, "<html>"));
        using var hub = Anonymous(server.Url);
        var problem = await Assert.ThrowsAsync<HubProblemException>(
            () => hub.GetBranchAsync(Film, "main", TestContext.Current.CancellationToken));
        Assert.Contains(server.Url, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_stream_of_versions_is_told_with_the_address()
    {
        await using var server = new LoopbackServer(_ => new(200, "<html>Welcome</html>"u8.ToArray(), "text/html"));
        using var hub = Anonymous(server.Url);
        var problem = await Assert.ThrowsAsync<HubProblemException>(
            () => hub.FetchAsync(Film, new(null, []), TestContext.Current.CancellationToken));
        Assert.Contains($"{server.Url}/ gave an answer that this cinegit does not understand", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_that_are_repeated_arrive_whole_each_time()
    {
        var asked = 0;
        await using var server = new LoopbackServer(_ => ++asked < 3 ? new(503, [], "text/plain") : ServerAnswer.Json(200, """{"head":null}"""));
        using var hub = Anonymous(server.Url);
        var version = TestHistory.Of(1, seed: 3)[0].Packed;
        await hub.PushAsync(Film, new(null, null, null), [version], TestContext.Current.CancellationToken);
        Assert.Equal(3, server.Requests.Count);
        foreach (var request in server.Requests)
        {
            using var body = new MemoryStream(request.Body);
            await VersionStream.ReadHeadAsync(body, HubJson.Default.PushRequest, TestContext.Current.CancellationToken);
            var arrived = Assert.Single(VersionStream.ReadVersionsAsync(body, TestContext.Current.CancellationToken).ToBlockingEnumerable(TestContext.Current.CancellationToken));
            Assert.Equal(version.CutPack.ToArray(), arrived.CutPack.ToArray());
            Assert.Equal(body.Length, body.Position);
        }
    }

    [Fact]
    public async Task Reads_and_puts_are_repeated_while_the_hub_is_overloaded()
    {
        var asked = 0;
        await using var server = new LoopbackServer(_ => ++asked < 3
            ? new(503, [], "text/plain")
            : ServerAnswer.Json(200, """{"name":"main","head":null,"versions":0,"headVersion":null}"""));
        using var hub = Anonymous(server.Url);
        Assert.Equal("main", (await hub.GetBranchAsync(Film, "main", TestContext.Current.CancellationToken)).Name);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Repeats_end_with_the_answer_that_came_last()
    {
        await using var server = new LoopbackServer(_ => ServerAnswer.Problem(503, "", "Down for an hour.", ",\"traceId\":\"7f\""));
        using var hub = Anonymous(server.Url);
        var problem = await Assert.ThrowsAsync<HubProblemException>(
            () => hub.PushAsync(Film, new(null, null, null), [], TestContext.Current.CancellationToken));
        Assert.Equal("The hub failed on its side (No, id 7f): Down for an hour.", problem.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_write_that_is_not_repeatable_is_sent_once()
    {
        await using var server = new LoopbackServer(_ => ServerAnswer.Problem(503, "", "Busy."));
        using var hub = Anonymous(server.Url);
        await Assert.ThrowsAsync<HubProblemException>(
            () => hub.CreateBranchAsync(Film, new("x", null), TestContext.Current.CancellationToken));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task No_hub_there_is_one_sentence_with_the_address()
    {
        var url = LoopbackServer.DeadUrl();
        using var hub = Anonymous(url);
        var away = await Assert.ThrowsAsync<HubUnreachableException>(
            () => hub.GetBranchAsync(Film, "main", TestContext.Current.CancellationToken));
        Assert.Contains(url, away.Message, StringComparison.Ordinal);
        Assert.Contains("check the network", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_cannot_change_the_route()
    {
        await using var server = new LoopbackServer(_ => ServerAnswer.Problem(404, ProblemCodes.NotFound, "No."));
        using var hub = Anonymous(server.Url);
        await Assert.ThrowsAsync<HubProblemException>(
            () => hub.GetBranchAsync(Film, "a?b#c", TestContext.Current.CancellationToken));
        Assert.EndsWith("/branches/a%3Fb%23c", Assert.Single(server.Requests).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_for_all_who_hold_it()
    {
        var hubState = new MemoryHub();
        hubState.GoodTokens.Clear();
        await using var server = new LoopbackServer(hubState.Answer);
        using var bay = new Bay();
        var home = new CineGitHome(bay.Home);
        var address = new Uri(server.Url);
        await new HubTokens(home, address, TimeProvider.System).SaveAsync(
            new(MemoryHub.Token, "refresh-1", 900, new(Guid.Empty, "Grace", "g@example.com")), TestContext.Current.CancellationToken);

        using (var key = BayKey.Create()) await new BayKey(home, address).SaveAsync(key, TestContext.Current.CancellationToken);

        var connections = Enumerable.Range(0, 4)
            .Select(_ => new HttpHubConnection(address, new(home, address, TimeProvider.System), Quick, TimeProvider.System))
            .ToList();
        await Task.WhenAll(connections.Select(c => c.ListProjectsAsync("acme", TestContext.Current.CancellationToken)));
        connections.ForEach(c => c.Dispose());
        Assert.Equal(1, hubState.Refreshes);
        Assert.Equal("access-2", (await new HubTokens(home, address, TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken))?.AccessToken);
    }

    [Fact]
    public async Task An_ended_sign_in_says_how_to_sign_in_again()
    {
        var hubState = new MemoryHub();
        hubState.GoodTokens.Clear();
        await using var server = new LoopbackServer(hubState.Answer);
        using var bay = new Bay();
        var home = new CineGitHome(bay.Home);
        var tokens = new HubTokens(home, new(server.Url), TimeProvider.System);
        using (var key = BayKey.Create()) await new BayKey(home, new(server.Url)).SaveAsync(key, TestContext.Current.CancellationToken);
        await tokens.SaveAsync(new("old", "used-up", 900, new(Guid.Empty, "Grace", "g@example.com")), TestContext.Current.CancellationToken);
        using var hub = new HttpHubConnection(new(server.Url), tokens, Quick, TimeProvider.System);
        var ended = await Assert.ThrowsAsync<NotSignedInException>(() => hub.GetSessionAsync(TestContext.Current.CancellationToken));
        Assert.EndsWith($"Run: cinegit login {server.Url}", ended.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub.example.com", "https://hub.example.com/")]
    [InlineData("https://hub.example.com/", "https://hub.example.com/")]
    [InlineData("http://10.0.0.1:8080/cinegit/?x=1#y", "http://10.0.0.1:8080/cinegit")]
    public void Addresses_have_one_spelling(string typed, string address)
    {
        Assert.True(HubAddress.TryParse(typed, out var hub));
        Assert.Equal(address, hub.AbsoluteUri);
    }

    static HttpHubConnection Anonymous(string url) => new(new(url), null, Quick, TimeProvider.System);
}
