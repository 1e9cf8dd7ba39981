using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity.Providers;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Identity;

/// <summary>What may be wrong on the way to a provider and back lets nobody in.</summary>
[Collection(HubFixture.Collection)]
public sealed class ProviderRefusalTests(HubFixture hub) : ProviderCase(hub)
{
    [Fact]
    public async Task An_address_that_the_provider_has_not_verified_is_nobodys()
    {
        var member = await Hub.CreateMemberAsync(Roles.Editor, Ct);
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
        var member = await Hub.CreateMemberAsync(Roles.Editor, Ct);
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
    public async Task A_provider_that_is_away_is_said_to_be()
    {
        await StopStudioAsync();
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

    static string WithQuery(string address, string name, string value)
    {
        var uri = new Uri(address);
        var query = QueryHelpers.ParseQuery(uri.Query).ToDictionary(each => each.Key, each => (string?)each.Value.ToString());
        query[name] = value;
        return QueryHelpers.AddQueryString(uri.GetLeftPart(UriPartial.Path), query);
    }
}
