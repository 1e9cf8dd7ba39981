using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;

namespace CineGit.Hub.Tests.Identity;

[Collection(HubFixture.Collection)]
public sealed class SessionTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_opens_a_session_and_signing_out_ends_it()
    {
        using var nobody = hub.CreateClient();
        using var signedIn = await nobody.PostAsJsonAsync(
            HubRoutes.Session, new SignInRequest("KIM@example.com", HubFixture.OwnerPassword), Ct);
        signedIn.EnsureSuccessStatusCode();
        var session = await signedIn.Content.ReadFromJsonAsync<SessionResponse>(Ct);
        Assert.Equal(HubFixture.OwnerEmail, session?.User.Email);

        using var browser = hub.Browser(HubFixture.CookieOf(signedIn), session?.AntiForgery ?? "");
        var read = await browser.GetFromJsonAsync<SessionResponse>(HubRoutes.Session, Ct);
        Assert.Equal(session?.AntiForgery, read?.AntiForgery);

        using var signedOut = await browser.DeleteAsync(HubRoutes.Session, Ct);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        using var after = await browser.GetAsync(HubRoutes.Session, Ct);
        await Answers.ProblemAsync(after, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using var nobody = hub.CreateClient();
        using var response = await nobody.PostAsJsonAsync(
            HubRoutes.Session, new SignInRequest(HubFixture.OwnerEmail, HubFixture.OwnerPassword), Ct);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(HubFixture.OwnerEmail, "not the password")]
    [InlineData("nobody@example.com", HubFixture.OwnerPassword)]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer(string email, string password)
    {
        using var nobody = hub.CreateClient();
        using var response = await nobody.PostAsJsonAsync(HubRoutes.Session, new SignInRequest(email, password), Ct);
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        Assert.StartsWith("The e-mail or the password is wrong", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_eleventh_attempt_on_one_account_within_a_minute_has_to_wait()
    {
        using var nobody = hub.CreateClient();
        var guess = new SignInRequest("guessed@example.com", "a guessed password");
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            using var refused = await nobody.PostAsJsonAsync(HubRoutes.Session, guess, Ct);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var limited = await nobody.PostAsJsonAsync(HubRoutes.Session, guess, Ct);
        await Answers.ProblemAsync(limited, HttpStatusCode.TooManyRequests, ProblemCodes.SlowDown);
        Assert.InRange(limited.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another value")]
    public async Task A_write_with_the_cookie_alone_is_refused(string? header)
    {
        var other = await hub.CreateOrganizationAsync("Forgery", Ct);
        using var browser = other.Client;
        browser.DefaultRequestHeaders.Remove(HubHeaders.AntiForgery);
        if (header is not null) browser.DefaultRequestHeaders.Add(HubHeaders.AntiForgery, header);

        using var refused = await browser.DeleteAsync(HubRoutes.Session, Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.Forbidden, ProblemCodes.ForgeryRefused);
        using var read = await browser.GetAsync(HubRoutes.Session, Ct);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_made_up_cookie_lets_nobody_in()
    {
        using var browser = hub.Browser($"{SessionCookie.Name}={Secret.Create()}", "any");
        using var response = await browser.GetAsync(HubRoutes.Session, Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
    }
}
