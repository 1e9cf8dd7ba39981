using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Organizations;

[Collection(HubFixture.Collection)]
public sealed partial class InvitationTests(HubFixture hub)
{
    static readonly IPAddress Network = IPAddress.Parse("127.0.0.32");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_lets_one_person_in_with_its_roles_and_then_nobody()
    {
        using var project = await TestProject.CreateAsync(hub);
        await project.RestrictAsync();
        var secret = await SecretAsync(project.Client, new(null, Roles.Reviewer, project.Slug, Roles.Editor, 7));
        using var nobody = hub.CreateClientFrom(Network);
        var preview = await ReadAsync<InvitationPreview>(await nobody.PostAsJsonAsync(HubRoutes.InvitationPreviews, new InvitationRequest(secret), Ct));
        Assert.Equal(("Nordlys Film", "Kim Berg", Roles.Reviewer, "The Film"), (preview.OrganizationName, preview.InvitedBy, preview.Role, preview.ProjectName));

        var email = $"{Guid.NewGuid():N}@example.com";
        using var accepted = await AcceptAsync(nobody, secret, email);
        var session = await ReadAsync<SessionResponse>(accepted);
        Assert.Equal((hub.Organization, Roles.Reviewer), (Assert.Single(session.Organizations).Slug, session.Organizations[0].Role));
        using var browser = hub.Browser(HubFixture.CookieOf(accepted), session.AntiForgery);
        using var created = await browser.PostAsJsonAsync(project.At(HubRoutes.Branches), new CreateBranchRequest("mine", null), Ct);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        using var again = await AcceptAsync(nobody, secret, "another" + email);
        await Answers.ProblemAsync(again, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        Assert.Equal("used", (await ListAsync(project.Client))[0].State);
    }

    [Fact]
    public async Task Of_many_who_open_one_link_at_once_one_gets_in()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        var secret = await SecretAsync(owner, new(null, Roles.Guest, null, null, 1));
        var people = new List<TestMember>();
        for (var person = 0; person < 8; person++) people.Add(await hub.CreateOrganizationAsync("Crowd", Ct));
        var answers = await Task.WhenAll(people.Select(async person =>
        {
            using var response = await person.Client.PostAsJsonAsync(HubRoutes.AccountInvitations, new InvitationRequest(secret), Ct);
            return response.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.NoContent);
        Assert.Equal(7, answers.Count(answer => answer == HttpStatusCode.BadRequest));
        foreach (var person in people) person.Client.Dispose();
    }

    [Fact]
    public async Task What_was_sent_to_an_address_is_for_that_address_only_and_confirms_it()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        var email = $"{Guid.NewGuid():N}@example.com";
        var sent = await ReadAsync<CreateInvitationResponse>(await owner.PostAsJsonAsync(At(HubRoutes.Invitations), new CreateInvitationRequest(email, Roles.Editor, null, null, 1), Ct));
        Assert.Null(sent.Link);
        var secret = Link().Match(await Letters.WaitAsync(hub, Ct, email, "/invitation#")).Groups[1].Value;

        var other = await hub.CreateOrganizationAsync("Not meant", Ct);
        using var stranger = other.Client;
        using var refused = await stranger.PostAsJsonAsync(HubRoutes.AccountInvitations, new InvitationRequest(secret), Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);

        using var nobody = hub.CreateClientFrom(Network);
        using var accepted = await AcceptAsync(nobody, secret, "somebody.else@example.com");
        var session = await ReadAsync<SessionResponse>(accepted);
        Assert.Equal(email, session.User.Email);
        using var browser = hub.Browser(HubFixture.CookieOf(accepted), session.AntiForgery);
        Assert.True((await browser.GetFromJsonAsync<AccountResponse>(HubRoutes.Account, Ct))?.EmailConfirmed);
    }

    [Fact]
    public async Task An_invitation_ends_on_its_day_or_when_it_is_taken_back()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var nobody = hub.CreateClientFrom(Network);
        var revoked = await SecretAsync(owner, new(null, Roles.Guest, null, null, 1));
        var id = (await ListAsync(owner))[0].Id;
        var address = At(HubRoutes.Invitation).Replace("{invitation:guid}", id.ToString(), StringComparison.Ordinal);
        using (var taken = await owner.DeleteAsync(address, Ct)) Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        var late = await SecretAsync(owner, new(null, Roles.Guest, null, null, 1));
        hub.Time.Advance(TimeSpan.FromDays(1));
        foreach (var secret in (string[])[revoked, late, late[..^1], "nothing", $"{LinkSecret.Create(hub.OrganizationId)}"])
        {
            using var ended = await AcceptAsync(nobody, secret, "late@example.com");
            await Answers.ProblemAsync(ended, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        }
    }

    [Fact]
    public async Task An_address_that_has_an_account_keeps_it_and_the_invitation()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var nobody = hub.CreateClientFrom(Network);
        var secret = await SecretAsync(owner, new(null, Roles.Guest, null, null, 1));
        using var refused = await AcceptAsync(nobody, secret, "KIM@example.com");
        await Answers.ProblemAsync(refused, HttpStatusCode.Conflict, ProblemCodes.AccountExists);
        using var member = await owner.PostAsJsonAsync(HubRoutes.AccountInvitations, new InvitationRequest(secret), Ct);
        await Answers.ProblemAsync(member, HttpStatusCode.Conflict, ProblemCodes.AlreadyMember);
        Assert.Equal("open", (await ListAsync(owner))[0].State);
    }

    [Fact]
    public async Task Nobody_invites_to_more_than_they_have()
    {
        using var project = await TestProject.CreateAsync(hub);
        var person = await hub.CreateMemberAsync(Roles.Producer, Ct);
        using var producer = person.Client;
        Assert.Equal(HttpStatusCode.OK, await InviteAsync(producer, new(null, Roles.Editor, project.Slug, Roles.Producer, 1)));
        Assert.Equal(HttpStatusCode.Forbidden, await InviteAsync(producer, new(null, Roles.Admin, null, null, 1)));
        await project.RestrictAsync();
        Assert.Equal(HttpStatusCode.NotFound, await InviteAsync(producer, new(null, Roles.Guest, project.Slug, Roles.Guest, 1)));
        Assert.Equal(HttpStatusCode.BadRequest, await InviteAsync(producer, new(null, Roles.Guest, project.Slug, null, 1)));
        Assert.Equal(HttpStatusCode.BadRequest, await InviteAsync(producer, new(null, "nobody", null, null, 1)));
        Assert.Equal(HttpStatusCode.BadRequest, await InviteAsync(producer, new(null, Roles.Guest, null, null, 31)));
        Assert.Equal(HttpStatusCode.BadRequest, await InviteAsync(producer, new("no address", Roles.Guest, null, null, 1)));
    }

    async Task<HttpStatusCode> InviteAsync(HttpClient client, CreateInvitationRequest request)
    {
        using var response = await client.PostAsJsonAsync(At(HubRoutes.Invitations), request, Ct);
        return response.StatusCode;
    }

    async Task<string> SecretAsync(HttpClient client, CreateInvitationRequest request)
    {
        using var response = await client.PostAsJsonAsync(At(HubRoutes.Invitations), request, Ct);
        return Link().Match((await ReadAsync<CreateInvitationResponse>(response)).Link ?? "").Groups[1].Value;
    }

    static Task<HttpResponseMessage> AcceptAsync(HttpClient client, string secret, string email) => client.PostAsJsonAsync(
        HubRoutes.InvitationAcceptances, new AcceptInvitationRequest(secret, "Nia Novak", email, "a long enough phrase"), Ct);

    async Task<IReadOnlyList<InvitationResponse>> ListAsync(HttpClient client) =>
        await client.GetFromJsonAsync<IReadOnlyList<InvitationResponse>>(At(HubRoutes.Invitations), Ct) ?? [];

    static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(Ct)}");
        return await response.Content.ReadFromJsonAsync<T>(Ct) ?? throw new InvalidOperationException("An empty answer.");
    }

    string At(string route) => route.Replace("{organization}", hub.Organization, StringComparison.Ordinal);

    [GeneratedRegex("/invitation#([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
