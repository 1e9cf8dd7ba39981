using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Features.Identity.Providers;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.CutRequests;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Identity;

/// <summary>Signing in by a provider: the whole way over HTTP, and how an account is linked and unlinked.</summary>
[Collection(HubFixture.Collection)]
public sealed class ProviderTests(HubFixture hub) : ProviderCase(hub)
{
    [Fact]
    public async Task Only_what_is_configured_is_offered()
    {
        using var browser = new TestBrowser(Node);
        Assert.Equal(
            [new ProviderResponse("studio", "The Studio"), new ProviderResponse("tenant", "tenant")],
            await browser.Client.GetFromJsonAsync<IReadOnlyList<ProviderResponse>>(HubRoutes.Providers, Ct) ?? []);
        using var unknown = await browser.Client.PostAsJsonAsync(HubRoutes.Providers + "/nobody", new ProviderStartRequest(null, null), Ct);
        await Answers.ProblemAsync(unknown, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        using var none = Hub.CreateClient();
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
        using var client = Hub.Browser(browser.SessionCookie, session.AntiForgery);
        var linked = Assert.Single(await client.GetFromJsonAsync<IReadOnlyList<ExternalSignInResponse>>(HubRoutes.AccountSignIns, Ct) ?? []);
        Assert.Equal(("tenant", $"bo@{Domain}"), (linked.Provider, linked.Email));
        using var refused = await client.PostAsJsonAsync(At(HubRoutes.AccountSignInEnd, "tenant"), new EndSignInRequest(null), Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.Conflict, ProblemCodes.LastWayIn);
        using var nobody = Hub.CreateClientFrom(IPAddress.Parse("127.0.0.45"));
        using var guess = await nobody.PostAsJsonAsync(HubRoutes.Session, new SignInRequest($"bo@{Domain}", "any password at all"), Ct);
        await Answers.ProblemAsync(guess, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
    }

    [Fact]
    public async Task An_account_with_the_same_address_is_linked_by_its_password_and_can_be_unlinked()
    {
        var member = await Hub.CreateMemberAsync(Roles.Editor, Ct);
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
        var member = await Hub.CreateMemberAsync(Roles.Editor, Ct);
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
        var member = await Hub.CreateMemberAsync(Roles.Editor, Ct);
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
        using var owner = await Hub.CreateOwnerClientAsync(Ct);
        using var made = await owner.PostAsJsonAsync(
            HubRoutes.Invitations.Replace("{organization}", Hub.Organization, StringComparison.Ordinal), new CreateInvitationRequest(null, Roles.Editor, null, null, 1), Ct);
        var link = (await TestCutRequest.ReadAsync<CreateInvitationResponse>(made, HttpStatusCode.OK)).Link ?? "";
        Studio.Person = Person(Guid.NewGuid().ToString(), $"{Guid.NewGuid():n}@anywhere.example", "Cy");
        using var without = new TestBrowser(Node);
        Assert.Equal("/sign-in#refused=no-account", await without.SignInAsync("studio"));
        using var browser = new TestBrowser(Node);
        Assert.Equal("/", await browser.SignInAsync("studio", invitation: link.Split('#')[1]));
        Assert.Equal((Hub.Organization, Roles.Editor), (await browser.SessionAsync()).Organizations is [var only] ? (only.Slug, only.Role) : default);
        using var used = new TestBrowser(Node);
        Studio.Person = Person(Guid.NewGuid().ToString(), $"{Guid.NewGuid():n}@anywhere.example", "Di");
        Assert.Equal("/sign-in#refused=invitation", await used.SignInAsync("studio", invitation: link.Split('#')[1]));
    }

    [Fact]
    public async Task The_hubs_second_factor_is_asked_for_unless_a_trusted_provider_did()
    {
        Studio.TellsByUserInfoOnly = true;
        var member = await Hub.CreateMemberAsync(Roles.Editor, Ct);
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

    async Task<string> EnableSecondFactorAsync(Guid user)
    {
        await using var scope = Node.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = await people.FindByIdAsync(user.ToString()) ?? throw new InvalidOperationException("Nobody.");
        Assert.True((await people.ResetAuthenticatorKeyAsync(person)).Succeeded);
        Assert.True((await people.SetTwoFactorEnabledAsync(person, true)).Succeeded);
        return (await people.GenerateNewTwoFactorRecoveryCodesAsync(person, 1) ?? []).Single();
    }

    static string ProofOf(string landed, string asks)
    {
        Assert.StartsWith($"/sign-in#asks={asks}&", landed, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(landed.Split('#')[1])["proof"].ToString();
    }
}
