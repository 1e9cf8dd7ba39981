using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Features.Identity.Providers;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Identity;

/// <summary>Signing in by a provider: the whole way over HTTP, with everything that could be wrong on it.</summary>
[Collection(HubFixture.Collection)]
public sealed class ProviderTests(HubFixture hub) : IAsyncLifetime
{
    TestProvider? studio;
    TestProvider? tenant;
    TestNode? started;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    TestProvider Studio => studio ?? throw new InvalidOperationException("Not started.");

    TestProvider Tenant => tenant ?? throw new InvalidOperationException("Not started.");

    TestNode Node => started ?? throw new InvalidOperationException("Not started.");

    /// <summary>A domain of this test's own, so that addresses are nobody else's.</summary>
    string Domain { get; } = $"{Guid.NewGuid():n}.example";

    public async ValueTask InitializeAsync()
    {
        studio = await TestProvider.StartAsync(() => TimeProvider.System.GetUtcNow());
        tenant = await TestProvider.StartAsync(() => TimeProvider.System.GetUtcNow());
        var other = await hub.CreateOrganizationAsync("Provider tenants", Ct);
        other.Client.Dispose();
        started = await TestNode.StartAsync(
            hub.Folder.Path, "cinegit", Ct,
            [
                "--Hub:RequestsPerAddress", "10000000",
                .. Settings("studio", studio), "--SignIn:Providers:studio:Title", "The Studio", "--SignIn:Providers:studio:TrustsSecondFactor", "true",
                .. Settings("tenant", tenant), "--SignIn:Providers:tenant:Domains:0", Domain, "--SignIn:Providers:tenant:Organizations:0", other.OrganizationId.ToString(),
                "--SignIn:Providers:tenant:JoinOrganization", other.OrganizationId.ToString(), "--SignIn:Providers:tenant:JoinRole", Roles.Reviewer,
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null) await started.DisposeAsync();
        if (studio is not null) await studio.DisposeAsync();
        if (tenant is not null) await tenant.DisposeAsync();
    }

    [Fact]
    public async Task Only_what_is_configured_is_offered()
    {
        using var browser = new TestBrowser(Node);
        Assert.Equal(
            [new ProviderResponse("studio", "The Studio"), new ProviderResponse("tenant", "tenant")],
            await browser.Client.GetFromJsonAsync<IReadOnlyList<ProviderResponse>>(HubRoutes.Providers, Ct) ?? []);
        using var unknown = await browser.Client.PostAsJsonAsync(HubRoutes.Providers + "/nobody", new ProviderStartRequest(null, null), Ct);
        await Answers.ProblemAsync(unknown, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        using var none = hub.CreateClient();
        Assert.Empty(await none.GetFromJsonAsync<IReadOnlyList<ProviderResponse>>(HubRoutes.Providers, Ct) ?? [new("", "")]);
    }

    [Fact]
    public async Task Somebody_of_an_allowed_domain_gets_an_account_and_comes_back_to_it()
    {
        Tenant.Person = Person("ada", $"ada@{Domain}", "Ada");
        using var first = new TestBrowser(Node);
        Assert.Equal("/o/somewhere", await first.SignInAsync("tenant", "/o/somewhere"));
        var session = await first.SessionAsync();
        Assert.Equal(("Ada", $"ada@{Domain}", Roles.Reviewer), (session.User.DisplayName, session.User.Email, Assert.Single(session.Organizations).Role));

        // Providers rename people; what does not change is their subject.
        Tenant.Person = Person("ada", $"ada.l@{Domain}", "Ada L.");
        using var again = new TestBrowser(Node);
        Assert.Equal("/", await again.SignInAsync("tenant", "//evil.example"));
        Assert.Equal(session.User, (await again.SessionAsync()).User);
    }

    [Fact]
    public async Task An_account_without_a_password_cannot_lock_itself_out()
    {
        Tenant.Person = Person("bo", $"bo@{Domain}", "Bo");
        using var browser = new TestBrowser(Node);
        await browser.SignInAsync("tenant");
        var session = await browser.SessionAsync();
        using var client = hub.Browser(browser.SessionCookie, session.AntiForgery);
        var linked = Assert.Single(await client.GetFromJsonAsync<IReadOnlyList<ExternalSignInResponse>>(HubRoutes.AccountSignIns, Ct) ?? []);
        Assert.Equal(("tenant", $"bo@{Domain}"), (linked.Provider, linked.Email));
        using var refused = await client.PostAsJsonAsync(At(HubRoutes.AccountSignInEnd, "tenant"), new EndSignInRequest(null), Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.Conflict, ProblemCodes.LastWayIn);
        using var nobody = hub.CreateClientFrom(IPAddress.Parse("127.0.0.45"));
        using var guess = await nobody.PostAsJsonAsync(HubRoutes.Session, new SignInRequest($"bo@{Domain}", "any password at all"), Ct);
        await Answers.ProblemAsync(guess, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
    }

    [Fact]
    public async Task An_account_with_the_same_address_is_linked_by_its_password_and_can_be_unlinked()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = member.Client;
        Studio.Person = Person(member.UserId.ToString(), HubFixture.EmailOf(member.UserId), "Somebody");
        using var browser = new TestBrowser(Node);
        var proof = ProofOf(await browser.SignInAsync("studio"), "password");
        Assert.Null(browser.TrySessionCookie);

        using var wrong = await browser.Client.PostAsJsonAsync(HubRoutes.ProviderProofs, new ProviderProofRequest(proof, "not the password", null), Ct);
        await Answers.ProblemAsync(wrong, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        using var right = await browser.Client.PostAsJsonAsync(HubRoutes.ProviderProofs, new ProviderProofRequest(proof, HubFixture.Password, null), Ct);
        Assert.Equal(member.UserId, (await TestCutRequest.ReadAsync<SessionResponse>(right, HttpStatusCode.OK)).User.Id);

        using var again = new TestBrowser(Node);
        Assert.Equal("/", await again.SignInAsync("studio"));
        Assert.Equal(member.UserId, (await again.SessionAsync()).User.Id);
        using var guess = await client.PostAsJsonAsync(At(HubRoutes.AccountSignInEnd, "studio"), new EndSignInRequest("wrong"), Ct);
        await Answers.ProblemAsync(guess, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        using var ended = await client.PostAsJsonAsync(At(HubRoutes.AccountSignInEnd, "studio"), new EndSignInRequest(HubFixture.Password), Ct);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var later = new TestBrowser(Node);
        ProofOf(await later.SignInAsync("studio"), "password");
    }

    [Fact]
    public async Task Whoever_is_signed_in_links_by_their_password_and_the_address_does_not_matter()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = member.Client;
        Studio.Person = Person(member.UserId.ToString(), null, "Somebody");
        using var browser = new TestBrowser(Node, client);
        using var wrong = await browser.Client.PostAsJsonAsync(At(HubRoutes.AccountSignIn, "studio"), new PasswordRequest("wrong"), Ct);
        await Answers.ProblemAsync(wrong, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        Assert.Equal("/sign-in#linked=studio", await browser.FollowAsync(HubRoutes.AccountSignIn, "studio", new PasswordRequest(HubFixture.Password)));

        using var again = new TestBrowser(Node);
        Assert.Equal("/", await again.SignInAsync("studio"));
        Assert.Equal(member.UserId, (await again.SessionAsync()).User.Id);
    }

    [Fact]
    public async Task Nothing_is_linked_for_a_session_that_has_ended_meanwhile()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = member.Client;
        Studio.Person = Person(member.UserId.ToString(), null, "Somebody");
        using var browser = new TestBrowser(Node, client);
        var callback = await browser.ToCallbackAsync(HubRoutes.AccountSignIn, "studio", new PasswordRequest(HubFixture.Password));
        using var signedOut = await client.DeleteAsync(HubRoutes.Session, Ct);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Equal("/sign-in#refused=failed", await browser.LandAsync(callback));
        using var later = new TestBrowser(Node);
        Assert.Equal("/sign-in#refused=unverified", await later.SignInAsync("studio"));
    }

    [Fact]
    public async Task Of_two_ends_at_once_one_leaves_the_last_way_in()
    {
        Tenant.Person = Person("hal", $"hal@{Domain}", "Hal");
        using var browser = new TestBrowser(Node);
        await browser.SignInAsync("tenant");
        var session = await browser.SessionAsync();
        var ways = Node.Services.GetRequiredService<ExternalSignInStore>();
        Assert.True(await ways.LinkAsync(new ProvenIdentity("studio", session.User.Id.ToString(), null, null, false), session.User.Id, Ct));
        var ends = await Task.WhenAll(ways.EndAsync(session.User.Id, "tenant", Ct), ways.EndAsync(session.User.Id, "studio", Ct));
        Assert.Equal([EndSignInResult.Ended, EndSignInResult.LastWayIn], ends.Order());
        Assert.Single(await ways.ListAsync(session.User.Id, Ct));
    }

    [Fact]
    public async Task An_invitation_makes_an_account_without_a_password()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var made = await owner.PostAsJsonAsync(
            HubRoutes.Invitations.Replace("{organization}", hub.Organization, StringComparison.Ordinal), new CreateInvitationRequest(null, Roles.Editor, null, null, 1), Ct);
        var link = (await TestCutRequest.ReadAsync<CreateInvitationResponse>(made, HttpStatusCode.OK)).Link ?? "";
        Studio.Person = Person(Guid.NewGuid().ToString(), $"{Guid.NewGuid():n}@anywhere.example", "Cy");
        using var without = new TestBrowser(Node);
        Assert.Equal("/sign-in#refused=no-account", await without.SignInAsync("studio"));
        using var browser = new TestBrowser(Node);
        Assert.Equal("/", await browser.SignInAsync("studio", invitation: link.Split('#')[1]));
        Assert.Equal((hub.Organization, Roles.Editor), (await browser.SessionAsync()).Organizations is [var only] ? (only.Slug, only.Role) : default);
        using var used = new TestBrowser(Node);
        Studio.Person = Person(Guid.NewGuid().ToString(), $"{Guid.NewGuid():n}@anywhere.example", "Di");
        Assert.Equal("/sign-in#refused=invitation", await used.SignInAsync("studio", invitation: link.Split('#')[1]));
    }

    [Fact]
    public async Task An_address_that_the_provider_has_not_verified_is_nobodys()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        member.Client.Dispose();
        foreach (var verified in (object?[])[false, "false", null, "yes"])
        {
            var person = Person(Guid.NewGuid().ToString(), HubFixture.EmailOf(member.UserId), "Eve");
            person.Remove("email_verified");
            if (verified is not null) person["email_verified"] = verified;
            Studio.Person = person;
            using var browser = new TestBrowser(Node);
            Assert.Equal("/sign-in#refused=unverified", await browser.SignInAsync("studio"));
            Tenant.Person = person;
            Assert.Equal("/sign-in#refused=unverified", await browser.SignInAsync("tenant"));
        }
    }

    [Fact]
    public async Task Another_tenants_provider_says_nothing_about_people_elsewhere()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        member.Client.Dispose();
        Tenant.Person = Person(member.UserId.ToString(), HubFixture.EmailOf(member.UserId), "Eve");
        using var browser = new TestBrowser(Node);
        Assert.Equal("/sign-in#refused=not-admitted", await browser.SignInAsync("tenant"));

        // Linked by hand, and in the domain: still none of the organizations that the provider is for.
        var identity = new ProvenIdentity("tenant", "inside", $"inside@{Domain}", "Eve", false);
        Assert.True(await Node.Services.GetRequiredService<ExternalSignInStore>().LinkAsync(identity, member.UserId, Ct));
        Tenant.Person = Person("inside", $"inside@{Domain}", "Eve");
        Assert.Equal("/sign-in#refused=not-admitted", await browser.SignInAsync("tenant"));
        Assert.Null(browser.TrySessionCookie);
    }

    [Fact]
    public async Task What_is_not_whole_on_the_way_back_lets_nobody_in()
    {
        using var forger = RSA.Create(2048);
        var twists = new (string Words, Action Set)[]
        {
            ("another nonce", () => Tenant.Twist = claims => claims["nonce"] = "another"),
            ("no nonce", () => Tenant.Twist = claims => claims.Remove("nonce")),
            ("another issuer", () => Tenant.Twist = claims => claims["iss"] = Studio.Authority),
            ("another audience", () => Tenant.Twist = claims => claims["aud"] = "another client"),
            ("another party", () => Tenant.Twist = claims => claims["azp"] = "another client"),
            ("too late", () => Tenant.Twist = claims => claims["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds()),
            ("no subject", () => Tenant.Twist = claims => claims.Remove("sub")),
            ("another key", () => Tenant.ForgedWith = forger),
        };
        foreach (var (words, set) in twists)
        {
            (Tenant.Twist, Tenant.ForgedWith, Tenant.Person) = (_ => { }, null, Person("fay", $"fay@{Domain}", "Fay"));
            set();
            using var browser = new TestBrowser(Node);
            Assert.True(await browser.SignInAsync("tenant") == "/sign-in#refused=failed", words);
            Assert.Null(browser.TrySessionCookie);
        }

        (Tenant.Twist, Tenant.ForgedWith) = (_ => { }, null);
        using var honest = new TestBrowser(Node);
        Assert.Equal("/", await honest.SignInAsync("tenant"));
    }

    [Fact]
    public async Task A_state_of_another_browser_or_of_nobody_lets_nobody_in_and_a_code_opens_once()
    {
        Tenant.Person = Person("gil", $"gil@{Domain}", "Gil");
        using var victim = new TestBrowser(Node);
        using var attacker = new TestBrowser(Node);
        var callback = await attacker.ToCallbackAsync("tenant");
        Assert.Equal("/sign-in#refused=failed", await victim.LandAsync(callback));
        Assert.Equal("/sign-in#refused=failed", await attacker.LandAsync(WithQuery(callback, "state", "made up")));
        Assert.Equal("/sign-in#refused=failed", await attacker.LandAsync(WithQuery(await attacker.ToCallbackAsync("tenant"), "code", "made up")));
        // The state of one provider is none at another.
        Assert.Equal("/sign-in#refused=failed", await attacker.LandAsync((await attacker.ToCallbackAsync("tenant")).Replace("/from/tenant", "/from/studio", StringComparison.Ordinal)));

        using var honest = new TestBrowser(Node);
        var once = await honest.ToCallbackAsync("tenant");
        var kept = honest.Cookies;
        Assert.Equal("/", await honest.LandAsync(once));
        using var replay = new TestBrowser(Node) { Cookies = kept };
        var refused = Tenant.CodesRefused;
        Assert.Equal("/sign-in#refused=failed", await replay.LandAsync(once));
        Assert.Equal(refused + 1, Tenant.CodesRefused);
    }

    [Fact]
    public async Task The_hubs_second_factor_is_asked_for_unless_a_trusted_provider_did()
    {
        Studio.TellsByUserInfoOnly = true;
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        member.Client.Dispose();
        var recovery = await EnableSecondFactorAsync(member.UserId);
        var identity = new ProvenIdentity("studio", member.UserId.ToString(), null, null, false);
        Assert.True(await Node.Services.GetRequiredService<ExternalSignInStore>().LinkAsync(identity, member.UserId, Ct));
        Studio.Person = Person(member.UserId.ToString(), HubFixture.EmailOf(member.UserId), "Somebody");
        using var browser = new TestBrowser(Node);
        var proof = ProofOf(await browser.SignInAsync("studio"), "code");
        Assert.Null(browser.TrySessionCookie);
        foreach (var code in (string?[])[null, "", "000000"])
        {
            using var wrong = await browser.Client.PostAsJsonAsync(HubRoutes.ProviderProofs, new ProviderProofRequest(proof, HubFixture.Password, code), Ct);
            await Answers.ProblemAsync(wrong, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        }

        using var right = await browser.Client.PostAsJsonAsync(HubRoutes.ProviderProofs, new ProviderProofRequest(proof, null, recovery), Ct);
        Assert.Equal(member.UserId, (await TestCutRequest.ReadAsync<SessionResponse>(right, HttpStatusCode.OK)).User.Id);
        using var forged = await browser.Client.PostAsJsonAsync(HubRoutes.ProviderProofs, new ProviderProofRequest(proof[..^2], null, recovery), Ct);
        await Answers.ProblemAsync(forged, HttpStatusCode.BadRequest, ProblemCodes.Expired);

        Studio.TellsByUserInfoOnly = false;
        Studio.Person["amr"] = new[] { "pwd", "mfa" };
        using var trusted = new TestBrowser(Node);
        Assert.Equal("/", await trusted.SignInAsync("studio"));
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_to_be()
    {
        await Studio.DisposeAsync();
        studio = null;
        using var browser = new TestBrowser(Node);
        using var response = await browser.Client.PostAsJsonAsync(At(HubRoutes.Provider, "studio"), new ProviderStartRequest(null, null), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.ProviderAway);
    }

    [Theory]
    [InlineData("studio", "http://provider.example", "a", "b")]
    [InlineData("studio", "https://provider.example", "", "b")]
    [InlineData("The Studio", "https://provider.example", "a", "b")]
    public void A_provider_that_cannot_be_used_keeps_the_hub_from_starting(string name, string authority, string id, string secret)
    {
        var section = $"{SignInProvider.Section}:{name}:";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [section + "Authority"] = authority,
            [section + "ClientId"] = id,
            [section + "ClientSecret"] = secret,
        }).Build();
        Assert.Throws<Hub.Platform.Host.HubStartException>(() => SignInProviders.Read(configuration));
    }

    async Task<string> EnableSecondFactorAsync(Guid user)
    {
        await using var scope = Node.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = await people.FindByIdAsync(user.ToString()) ?? throw new InvalidOperationException("Nobody.");
        Assert.True((await people.ResetAuthenticatorKeyAsync(person)).Succeeded);
        Assert.True((await people.SetTwoFactorEnabledAsync(person, true)).Succeeded);
        return (await people.GenerateNewTwoFactorRecoveryCodesAsync(person, 1) ?? []).Single();
    }

    static string[] Settings(string name, TestProvider provider) =>
    [
        $"--SignIn:Providers:{name}:Authority", provider.Authority,
        $"--SignIn:Providers:{name}:ClientId", TestProvider.ClientId,
        $"--SignIn:Providers:{name}:ClientSecret", TestProvider.ClientSecret,
    ];

    static Dictionary<string, object> Person(string subject, string? email, string name)
    {
        var person = new Dictionary<string, object> { ["sub"] = subject, ["name"] = name };
        if (email is not null) (person["email"], person["email_verified"]) = (email, true);
        return person;
    }

    static string At(string route, string provider) => route.Replace("{provider}", provider, StringComparison.Ordinal);

    static string ProofOf(string landed, string asks)
    {
        Assert.StartsWith($"/sign-in#asks={asks}&", landed, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(landed.Split('#')[1])["proof"].ToString();
    }

    static string WithQuery(string address, string name, string value)
    {
        var uri = new Uri(address);
        var query = QueryHelpers.ParseQuery(uri.Query).ToDictionary(each => each.Key, each => (string?)each.Value.ToString());
        query[name] = value;
        return QueryHelpers.AddQueryString(uri.GetLeftPart(UriPartial.Path), query);
    }
}
