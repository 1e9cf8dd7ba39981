using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.Versions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Identity;

[Collection(HubFixture.Collection)]
public sealed class AccessTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_every_way_in_and_ends_one_of_them()
    {
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var browser = person.Client;
        using var bay = (await hub.CreateBayClientAsync(person.UserId, Ct)).Client;
        using var script = hub.Bearer((await CreateAsync(browser, "organization.read")).Secret);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(bay));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(script));

        var listed = await ListAsync(browser);
        Assert.Equal(["agent", "browser", "script"], listed.Select(each => each.Kind).Order(StringComparer.Ordinal));
        Assert.All(listed, each => Assert.Equal((null, each.Kind == "browser"), (each.RevokedAt, each.Current)));
        Assert.All(listed, each => Assert.NotNull(each.LastUsedAt));

        var held = new Credential(listed.Single(each => each.Kind == "agent").Id, CredentialKind.Agent, person.UserId, null);
        var tokens = hub.Services.GetRequiredService<TokenStore>();
        Assert.True(await tokens.IsCurrentAsync(held, hub.Time.GetUtcNow(), Ct));
        using var ended = await browser.DeleteAsync(At(held.Id), Ct);
        Assert.False(await tokens.IsCurrentAsync(held, hub.Time.GetUtcNow(), Ct));
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(bay));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(script));
        Assert.NotNull((await ListAsync(browser)).Single(each => each.Kind == "agent").RevokedAt);

        using var all = await browser.DeleteAsync(HubRoutes.AccountSessions, Ct);
        Assert.Equal(HttpStatusCode.NoContent, all.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(script));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser));
    }

    [Fact]
    public async Task Nobody_sees_or_ends_anothers_way_in()
    {
        var mine = await hub.CreateMemberAsync(Roles.Editor, Ct);
        var other = await hub.CreateMemberAsync(Roles.Admin, Ct);
        using var me = mine.Client;
        using var them = other.Client;
        var session = Assert.Single(await ListAsync(me));
        Assert.DoesNotContain(await ListAsync(them), each => each.Id == session.Id);
        using var refused = await them.DeleteAsync(At(session.Id), Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(me));
    }

    [Fact]
    public async Task A_token_allows_what_its_scopes_and_its_person_allow_and_nothing_else()
    {
        using var project = await TestProject.CreateAsync(hub);
        var person = await hub.CreateMemberAsync(Roles.Reviewer, Ct);
        using var browser = person.Client;
        using var script = hub.Bearer((await CreateAsync(browser, "project.read", "branch.create")).Secret);

        using var read = await script.GetAsync(project.At(HubRoutes.Project), Ct);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var beyondPerson = await script.PostAsJsonAsync(project.At(HubRoutes.Branches), new CreateBranchRequest("b", null), Ct);
        await Answers.ProblemAsync(beyondPerson, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        using var beyondScope = await script.GetAsync(project.At(HubRoutes.Projects), Ct);
        await Answers.ProblemAsync(beyondScope, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        using var another = await script.PostAsJsonAsync(HubRoutes.AccountTokens, new CreateTokenRequest("t", ["project.read"], 1), Ct);
        await Answers.ProblemAsync(another, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
    }

    [Fact]
    public async Task A_token_ends_on_its_day_and_its_secret_is_kept_nowhere()
    {
        const string find = "select count(*) from personal_tokens t where t.id = @Id and to_jsonb(t)::text like '%' || @Secret || '%'";
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var browser = person.Client;
        var token = await CreateAsync(browser, "project.read");
        await using (var transaction = await hub.Services.GetRequiredService<TenantDatabase>().BeginSystemAsync(Ct))
        {
            Assert.Equal(0, await transaction.Connection.ExecuteScalarAsync<long>(new CommandDefinition(
                find, new { token.Id, token.Secret }, transaction.Transaction, cancellationToken: Ct)));
        }

        var listed = Assert.Single(await browser.GetFromJsonAsync<IReadOnlyList<TokenSummary>>(HubRoutes.AccountTokens, Ct) ?? []);
        Assert.Equal((token.Id, "nightly", "project.read"), (listed.Id, listed.Name, Assert.Single(listed.Scopes)));
        using var script = hub.Bearer(token.Secret);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(script));
        hub.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(script));
    }

    [Theory]
    [InlineData("", "project.read", 1)]
    [InlineData("name", "project.everything", 1)]
    [InlineData("name", "project.read", 0)]
    [InlineData("name", "project.read", 366)]
    public async Task A_token_that_cannot_be_is_refused(string name, string scope, int days)
    {
        using var browser = await hub.CreateOwnerClientAsync(Ct);
        using var response = await browser.PostAsJsonAsync(HubRoutes.AccountTokens, new CreateTokenRequest(name, [scope], days), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    static string At(Guid session) => HubRoutes.AccountSession.Replace("{session:guid}", session.ToString(), StringComparison.Ordinal);

    static async Task<CreateTokenResponse> CreateAsync(HttpClient browser, params string[] scopes)
    {
        using var response = await browser.PostAsJsonAsync(HubRoutes.AccountTokens, new CreateTokenRequest(" nightly ", scopes, 1), Ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<CreateTokenResponse>(Ct) ?? throw new InvalidOperationException("No token.");
    }

    static async Task<IReadOnlyList<AccessResponse>> ListAsync(HttpClient browser) =>
        await browser.GetFromJsonAsync<IReadOnlyList<AccessResponse>>(HubRoutes.AccountSessions, Ct) ?? [];

    static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(HubRoutes.Session, Ct);
        return response.StatusCode;
    }
}
