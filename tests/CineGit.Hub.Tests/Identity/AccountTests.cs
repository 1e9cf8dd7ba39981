using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Identity;

[Collection(HubFixture.Collection)]
public sealed partial class AccountTests(HubFixture hub)
{
    const string NewPassword = "another long phrase";

    static readonly IPAddress Network = IPAddress.Parse("127.0.0.31");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_wrong_passwords_at_once_close_the_account_for_a_while()
    {
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        person.Client.Dispose();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ProveAsync(person.UserId, "a wrong password")));
        Assert.IsType<SignInResult.Refused>(await ProveAsync(person.UserId, HubFixture.Password));

        await ExecuteAsync("update users set lockout_end = now() - interval '1 second' where id = @UserId", person);
        Assert.IsType<SignInResult.Proven>(await ProveAsync(person.UserId, HubFixture.Password));
    }

    [Fact]
    public async Task Two_factor_sign_in_takes_each_code_once()
    {
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var browser = person.Client;
        using var refused = await browser.PostAsJsonAsync(HubRoutes.AccountTwoFactor, new PasswordRequest("a wrong password"), Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        var key = await PostAsync<TwoFactorKeyResponse>(browser, HubRoutes.AccountTwoFactor, new PasswordRequest(HubFixture.Password));
        using var wrong = await browser.PutAsJsonAsync(HubRoutes.AccountTwoFactor, new EnableTwoFactorRequest("abcdef"), Ct);
        await Answers.ProblemAsync(wrong, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(person.UserId, HubFixture.Password, null));

        using var enabled = await browser.PutAsJsonAsync(HubRoutes.AccountTwoFactor, new EnableTwoFactorRequest(CodeOf(key)), Ct);
        var recovery = await enabled.Content.ReadFromJsonAsync<RecoveryCodesResponse>(Ct);
        Assert.Equal(10, recovery?.Codes.Distinct().Count());
        using var needed = await SignedInAsync(person.UserId, HubFixture.Password, null);
        await Answers.ProblemAsync(needed, HttpStatusCode.Unauthorized, ProblemCodes.CodeNeeded);
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(person.UserId, HubFixture.Password, CodeOf(key)));

        hub.Time.Advance(TimeSpan.FromSeconds(30L));
        var code = CodeOf(key);
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(person.UserId, "a wrong password", code));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(person.UserId, HubFixture.Password, code));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(person.UserId, HubFixture.Password, code));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(person.UserId, HubFixture.Password, recovery?.Codes[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(person.UserId, HubFixture.Password, recovery?.Codes[0]));
        var account = await browser.GetFromJsonAsync<AccountResponse>(HubRoutes.Account, Ct);
        Assert.Equal((true, 9), (account?.TwoFactor, account?.RecoveryCodes));
    }

    [Fact]
    public async Task Neither_the_key_of_the_codes_nor_a_recovery_code_can_be_read_in_the_database()
    {
        const string sql = """
            select string_agg(to_jsonb(u)::text || coalesce(to_jsonb(c)::text, ''), ' ')
            from users u left join recovery_codes c on c.user_id = u.id where u.id = @UserId
            """;
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var browser = person.Client;
        var key = await PostAsync<TwoFactorKeyResponse>(browser, HubRoutes.AccountTwoFactor, new PasswordRequest(HubFixture.Password));
        using var enabled = await browser.PutAsJsonAsync(HubRoutes.AccountTwoFactor, new EnableTwoFactorRequest(CodeOf(key)), Ct);
        var recovery = await enabled.Content.ReadFromJsonAsync<RecoveryCodesResponse>(Ct);
        await using var transaction = await hub.Services.GetRequiredService<TenantDatabase>().BeginSystemAsync(Ct);
        var stored = await transaction.Connection.ExecuteScalarAsync<string>(
            new CommandDefinition(sql, new { person.UserId }, transaction.Transaction, cancellationToken: Ct));
        Assert.Contains("authenticator_key\": \"", stored, StringComparison.Ordinal);
        Assert.All([key.Key, .. recovery?.Codes ?? []], secret => Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_new_password_ends_every_other_way_in()
    {
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var browser = person.Client;
        using var bay = (await hub.CreateBayClientAsync(person.UserId, Ct)).Client;
        using var wrong = await browser.PutAsJsonAsync(HubRoutes.AccountPassword, new ChangePasswordRequest("a wrong password", NewPassword), Ct);
        await Answers.ProblemAsync(wrong, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        using var weak = await browser.PutAsJsonAsync(HubRoutes.AccountPassword, new ChangePasswordRequest(HubFixture.Password, "short"), Ct);
        await Answers.ProblemAsync(weak, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);

        using var changed = await browser.PutAsJsonAsync(HubRoutes.AccountPassword, new ChangePasswordRequest(HubFixture.Password, NewPassword), Ct);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await StatusAsync(browser), await StatusAsync(bay)));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(person.UserId, HubFixture.Password, null));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(person.UserId, NewPassword, null));
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_once_by_the_link_in_a_letter()
    {
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var browser = person.Client;
        using var nobody = hub.CreateClientFrom(Network);
        using (var unknown = await nobody.PostAsJsonAsync(HubRoutes.PasswordLetters, new ForgotPasswordRequest("nobody@example.com"), Ct))
        {
            Assert.Equal(HttpStatusCode.Accepted, unknown.StatusCode);
        }

        using (var asked = await nobody.PostAsJsonAsync(HubRoutes.PasswordLetters, new ForgotPasswordRequest(HubFixture.EmailOf(person.UserId)), Ct))
        {
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        }

        var (user, token) = await LinkAsync(person.UserId, "/reset-password");
        Assert.Equal(person.UserId, user);
        using var forged = await ResetAsync(nobody, hub.Owner.User.Id, token);
        await Answers.ProblemAsync(forged, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        using var reset = await ResetAsync(nobody, user, token);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(person.UserId, NewPassword, null));
        using var again = await ResetAsync(nobody, user, token);
        await Answers.ProblemAsync(again, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        Assert.DoesNotContain(Letters.All(hub), text => text.Contains("nobody@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_is_confirmed_by_the_link_in_a_letter()
    {
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var browser = person.Client;
        using var nobody = hub.CreateClientFrom(Network);
        using var asked = await browser.PostAsJsonAsync(HubRoutes.AccountEmailLetters, "", Ct);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var (user, token) = await LinkAsync(person.UserId, "/confirm-email");
        using var reset = await ResetAsync(nobody, user, token);
        await Answers.ProblemAsync(reset, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        using var confirmed = await nobody.PostAsJsonAsync(HubRoutes.EmailConfirmations, new ConfirmEmailRequest(user, token), Ct);
        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        Assert.True((await browser.GetFromJsonAsync<AccountResponse>(HubRoutes.Account, Ct))?.EmailConfirmed);
    }

    /// <summary>RFC 6238, appendix B, SHA-1, the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        const string key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Assert.Equal(code, OneTimeCode.At(key, at));
        Assert.Equal(seconds / 30, OneTimeCode.StepOf(key, code, at.AddSeconds(30)));
        Assert.Null(OneTimeCode.StepOf(key, code, at.AddSeconds(90)));
    }

    [Theory]
    [InlineData("correct horse", true)]
    [InlineData("ninechars", false)]
    [InlineData("abababababab", false)]
    [InlineData("kim@example.com1", false)]
    [InlineData("Kim Bergström!", false)]
    [InlineData("Kim Bergström rides to Oslo", true)]
    public void A_password_is_long_varied_and_not_the_persons_name(string password, bool good) =>
        Assert.Equal(good, PasswordRules.WhyNot(password, "kim@example.com", "Kim Bergström") is null);

    string CodeOf(TwoFactorKeyResponse key) => OneTimeCode.At(key.Key, hub.Time.GetUtcNow());

    async Task<SignInResult> ProveAsync(Guid person, string password)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignIn>().ProveAsync(HubFixture.EmailOf(person), password, null, Ct);
    }

    async Task<HttpResponseMessage> SignedInAsync(Guid person, string password, string? code)
    {
        using var client = hub.CreateClientFrom(Network);
        return await client.PostAsJsonAsync(HubRoutes.Session, new SignInRequest(HubFixture.EmailOf(person), password, code), Ct);
    }

    async Task<HttpStatusCode> SignInAsync(Guid person, string password, string? code)
    {
        using var response = await SignedInAsync(person, password, code);
        return response.StatusCode;
    }

    static Task<HttpResponseMessage> ResetAsync(HttpClient client, Guid user, string token) =>
        client.PostAsJsonAsync(HubRoutes.PasswordResets, new ResetPasswordRequest(user, token, NewPassword), Ct);

    static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(HubRoutes.Session, Ct);
        return response.StatusCode;
    }

    static async Task<T> PostAsync<T>(HttpClient client, string route, object body)
    {
        using var response = await client.PostAsJsonAsync(route, body, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<T>(Ct) ?? throw new InvalidOperationException("An empty answer.");
    }

    async Task ExecuteAsync(string sql, TestMember person)
    {
        await using var transaction = await hub.Services.GetRequiredService<TenantDatabase>().BeginSystemAsync(Ct);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { person.UserId }, transaction.Transaction, cancellationToken: Ct));
        await transaction.CommitAsync(Ct);
    }

    /// <summary>What the link in the person's letter carries, once it has come.</summary>
    async Task<(Guid User, string Token)> LinkAsync(Guid person, string page)
    {
        var link = Link().Match(await Letters.WaitAsync(hub, Ct, HubFixture.EmailOf(person), page));
        return (Guid.Parse(link.Groups[1].Value), link.Groups[2].Value);
    }

    [GeneratedRegex(@"#user=([0-9a-f-]{36})&token=([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
