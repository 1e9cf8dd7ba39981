using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Hub.Tests.Organizations;

[Collection(HubFixture.Collection)]
public sealed class AgentTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_that_was_sent_away_works_on_in_other_organizations()
    {
        var first = await hub.CreateOrganizationAsync("Sender", Ct);
        using var admin = first.Client;
        var (client, _) = await hub.CreateBayClientAsync(first.UserId, Ct);
        using var bay = client;
        Assert.Equal(HttpStatusCode.OK, await WorkAsync(bay, first));
        var agent = Assert.Single((await ListAsync(admin, first)).Agents);
        Assert.Equal(("bay 1", first.UserId, null), (agent.MachineName, agent.UserId, agent.RevokedAt));

        using var sent = await admin.DeleteAsync(At(HubRoutes.Agent, first).Replace("{agent:guid}", agent.Id.ToString(), StringComparison.Ordinal), Ct);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using var refused = await bay.GetAsync(At(HubRoutes.Projects, first), Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.Forbidden, ProblemCodes.NoSeat);
        using var session = await bay.GetAsync(HubRoutes.Session, Ct);
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
        Assert.NotNull(Assert.Single((await ListAsync(admin, first)).Agents).RevokedAt);
    }

    [Fact]
    public async Task Of_agents_that_come_at_once_no_more_than_the_seats_get_in()
    {
        var first = await hub.CreateOrganizationAsync("Seats", Ct);
        using var admin = first.Client;
        using (var set = await admin.PutAsJsonAsync(At(HubRoutes.Agents, first), new SetSeatsRequest(2), Ct))
        {
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        }

        var bays = new List<HttpClient>();
        for (var bay = 0; bay < 6; bay++) bays.Add((await hub.CreateBayClientAsync(first.UserId, Ct)).Client);
        var answers = await Task.WhenAll(bays.Select(bay => WorkAsync(bay, first)));
        Assert.Equal(2, answers.Count(answer => answer == HttpStatusCode.OK));
        Assert.Equal(4, answers.Count(answer => answer == HttpStatusCode.Forbidden));

        var seated = bays[Array.IndexOf(answers, HttpStatusCode.OK)];
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WorkAsync(seated, first))), status => Assert.Equal(HttpStatusCode.OK, status));
        using (var left = await seated.DeleteAsync(HubRoutes.Session, Ct)) Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await WorkAsync(bays[Array.IndexOf(answers, HttpStatusCode.Forbidden)], first));
        foreach (var bay in bays) bay.Dispose();
    }

    static async Task<HttpStatusCode> WorkAsync(HttpClient bay, TestMember member)
    {
        using var response = await bay.GetAsync(At(HubRoutes.Projects, member), Ct);
        return response.StatusCode;
    }

    static async Task<AgentsResponse> ListAsync(HttpClient admin, TestMember member) =>
        await admin.GetFromJsonAsync<AgentsResponse>(At(HubRoutes.Agents, member), Ct) ?? throw new InvalidOperationException("No answer.");

    static string At(string route, TestMember member) => route.Replace("{organization}", member.Organization, StringComparison.Ordinal);
}
