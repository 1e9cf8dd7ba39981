using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Platform.Database;
using CineGit.TestKit.Running;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Identity;

[Collection(HubFixture.Collection)]
public sealed class DeviceTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bay_is_let_in_once_somebody_confirms_its_code()
    {
        using var bay = hub.CreateClient();
        var code = await RequestCodeAsync(bay);
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", code.UserCode);
        Assert.Equal(new Uri(hub.Address, $"/device?code={code.UserCode}").ToString(), code.VerificationUri);
        Assert.Equal((600, 2), (code.ExpiresInSeconds, code.IntervalSeconds));

        using var pending = await PollAsync(bay, code);
        await Answers.ProblemAsync(pending, HttpStatusCode.BadRequest, ProblemCodes.AuthorizationPending);

        using var owner = await hub.CreateOwnerClientAsync(Ct);
        var typed = code.UserCode.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        var shown = await owner.GetFromJsonAsync<DeviceApprovalResponse>($"{HubRoutes.DeviceApprovals}?code={typed}", Ct);
        Assert.Equal("bay 7", shown?.MachineName);
        using var approved = await owner.PostAsJsonAsync(HubRoutes.DeviceApprovals, new DeviceApprovalRequest(typed), Ct);
        approved.EnsureSuccessStatusCode();

        using var answer = await PollAsync(bay, code);
        var tokens = await TokensAsync(answer);
        Assert.Equal((900, HubFixture.OwnerEmail), (tokens.ExpiresInSeconds, tokens.User.Email));
        var session = await SessionAsync(tokens.AccessToken);
        Assert.Equal("", session?.AntiForgery);

        using var again = await PollAsync(bay, code);
        await Answers.ProblemAsync(again, HttpStatusCode.BadRequest, ProblemCodes.Expired);
    }

    [Fact]
    public async Task A_bay_that_polls_faster_than_the_interval_is_told_to_wait()
    {
        using var bay = hub.CreateClient();
        var code = await RequestCodeAsync(bay);
        using var first = await PollAsync(bay, code);
        using var tooFast = await PollAsync(bay, code);
        await Answers.ProblemAsync(tooFast, HttpStatusCode.TooManyRequests, ProblemCodes.SlowDown);
        Assert.Equal(DeviceStore.PollInterval, tooFast.Headers.RetryAfter?.Delta);

        hub.Time.Advance(DeviceStore.PollInterval);
        using var later = await PollAsync(bay, code);
        await Answers.ProblemAsync(later, HttpStatusCode.BadRequest, ProblemCodes.AuthorizationPending);
    }

    [Fact]
    public async Task A_code_ends_after_ten_minutes_for_the_bay_and_for_the_browser()
    {
        using var bay = hub.CreateClient();
        var code = await RequestCodeAsync(bay);
        hub.Time.Advance(DeviceStore.CodeLifetime);

        using var poll = await PollAsync(bay, code);
        await Answers.ProblemAsync(poll, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var approval = await owner.PostAsJsonAsync(HubRoutes.DeviceApprovals, new DeviceApprovalRequest(code.UserCode), Ct);
        await Answers.ProblemAsync(approval, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task Only_somebody_signed_in_may_confirm_a_code()
    {
        using var nobody = hub.CreateClient();
        var code = await RequestCodeAsync(nobody);
        using var response = await nobody.PostAsJsonAsync(HubRoutes.DeviceApprovals, new DeviceApprovalRequest(code.UserCode), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
    }

    [Fact]
    public async Task An_access_token_ends_after_a_quarter_of_an_hour_and_is_renewed()
    {
        var (bay, tokens) = await hub.CreateBayClientAsync(Ct);
        using var client = bay;
        hub.Time.Advance(DeviceStore.AccessLifetime);
        using var ended = await bay.GetAsync(HubRoutes.Session, Ct);
        await Answers.ProblemAsync(ended, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);

        using var refreshed = await RefreshAsync(tokens.RefreshToken);
        var renewed = await TokensAsync(refreshed);
        Assert.NotNull(await SessionAsync(renewed.AccessToken));
    }

    [Fact]
    public async Task A_refresh_token_that_comes_twice_ends_every_token_of_its_bay()
    {
        var (bay, tokens) = await hub.CreateBayClientAsync(Ct);
        using var client = bay;
        using var first = await RefreshAsync(tokens.RefreshToken);
        var renewed = await TokensAsync(first);

        using var reused = await RefreshAsync(tokens.RefreshToken);
        await Answers.ProblemAsync(reused, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        using var successor = await RefreshAsync(renewed.RefreshToken);
        await Answers.ProblemAsync(successor, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        Assert.Null(await SessionAsync(renewed.AccessToken));
        Assert.Null(await SessionAsync(tokens.AccessToken));
    }

    [Fact]
    public async Task Of_many_simultaneous_refreshes_one_wins()
    {
        var (bay, tokens) = await hub.CreateBayClientAsync(Ct);
        using var client = bay;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(tokens.RefreshToken)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Of_a_thousand_simultaneous_refreshes_one_wins_and_the_family_ends()
    {
        var (bay, tokens) = await hub.CreateBayClientAsync(Ct);
        using var client = bay;
        using var caller = hub.CreateClient();
        var proof = hub.Key.Sign(MachineProof.OfRefresh(tokens.RefreshToken));
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ =>
            caller.PostAsJsonAsync(HubRoutes.DeviceRefresh, new RefreshRequest(tokens.RefreshToken, proof), Ct)));
        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), loser => Assert.Equal(HttpStatusCode.BadRequest, loser.StatusCode));
        Assert.Null(await SessionAsync((await TokensAsync(winner)).AccessToken));
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task An_access_token_does_not_renew_and_a_refresh_token_does_not_open()
    {
        var (bay, tokens) = await hub.CreateBayClientAsync(Ct);
        using var client = bay;
        using var refused = await RefreshAsync(tokens.AccessToken);
        await Answers.ProblemAsync(refused, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        Assert.Null(await SessionAsync(tokens.RefreshToken));
    }

    [Fact]
    public async Task A_bay_that_signs_out_needs_no_anti_forgery_header_and_loses_its_tokens()
    {
        var (bay, tokens) = await hub.CreateBayClientAsync(Ct);
        using var client = bay;
        using var signedOut = await bay.DeleteAsync(HubRoutes.Session, Ct);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Null(await SessionAsync(tokens.AccessToken));
        using var refreshed = await RefreshAsync(tokens.RefreshToken);
        await Answers.ProblemAsync(refreshed, HttpStatusCode.BadRequest, ProblemCodes.Expired);
    }

    [Fact]
    public async Task A_refresh_token_opens_nothing_on_another_machine_and_is_not_used_up_by_trying()
    {
        var (bay, tokens) = await hub.CreateBayClientAsync(Ct);
        using var client = bay;
        using var thief = new TestBayKey();
        string[] proofs =
        [
            "",
            "not base64 at all!",
            thief.Sign(MachineProof.OfRefresh(tokens.RefreshToken)),
            hub.Key.Sign(MachineProof.OfRefresh("another token")),
            hub.Key.Sign(MachineProof.OfPairing(tokens.RefreshToken)),
        ];
        using var caller = hub.CreateClient();
        foreach (var proof in proofs)
        {
            using var refused = await caller.PostAsJsonAsync(HubRoutes.DeviceRefresh, new RefreshRequest(tokens.RefreshToken, proof), Ct);
            await Answers.ProblemAsync(refused, HttpStatusCode.BadRequest, ProblemCodes.ProofRefused);
        }

        using var unsigned = await caller.PostAsJsonAsync(HubRoutes.DeviceRefresh, new { refreshToken = tokens.RefreshToken }, Ct);
        await Answers.ProblemAsync(unsigned, HttpStatusCode.BadRequest, ProblemCodes.ProofRefused);
        using var honest = await RefreshAsync(tokens.RefreshToken);
        Assert.NotNull(await SessionAsync((await TokensAsync(honest)).AccessToken));
    }

    [Fact]
    public async Task A_code_gives_its_tokens_to_the_machine_that_asked_for_it()
    {
        using var bay = hub.CreateClient();
        var code = await RequestCodeAsync(bay);
        using var thief = new TestBayKey();
        using var stolen = await bay.PostAsJsonAsync(
            HubRoutes.DeviceTokens, new DeviceTokenRequest(code.DeviceCode, thief.Sign(MachineProof.OfPairing(code.DeviceCode))), Ct);
        await Answers.ProblemAsync(stolen, HttpStatusCode.BadRequest, ProblemCodes.ProofRefused);
        using var pending = await PollAsync(bay, code);
        await Answers.ProblemAsync(pending, HttpStatusCode.BadRequest, ProblemCodes.AuthorizationPending);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64")]
    public async Task What_is_no_key_pairs_nothing(string key)
    {
        using var bay = hub.CreateClient();
        using var response = await bay.PostAsJsonAsync(HubRoutes.DeviceCodes, new DeviceCodeRequest("bay 9", key), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task A_key_of_another_curve_pairs_nothing()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        using var bay = hub.CreateClient();
        using var response = await bay.PostAsJsonAsync(
            HubRoutes.DeviceCodes, new DeviceCodeRequest("bay 9", Convert.ToBase64String(other.ExportSubjectPublicKeyInfo())), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Codes_and_tokens_that_have_ended_are_removed()
    {
        const string count = """
            select (select count(*) from device_codes where expires_at <= @now) + (select count(*) from device_tokens where expires_at <= @now)
            """;
        var (bay, _) = await hub.CreateBayClientAsync(Ct);
        bay.Dispose();
        await hub.Services.GetRequiredService<DeviceStore>().RequestCodeAsync("bay 8", hub.Key.PublicBytes, Ct);
        hub.Time.Advance(DeviceStore.AccessLifetime);
        Assert.InRange(await CountAsync(), 2, long.MaxValue);
        await hub.Services.GetRequiredService<ExpiredRows>().RemoveAsync(Ct);
        Assert.Equal(0, await CountAsync());

        async Task<long> CountAsync()
        {
            await using var transaction = await hub.Services.GetRequiredService<TenantDatabase>().BeginSystemAsync(Ct);
            return await transaction.Connection.ExecuteScalarAsync<long>(new CommandDefinition(
                count, new { now = hub.Time.GetUtcNow() }, transaction.Transaction, cancellationToken: Ct));
        }
    }

    async Task<DeviceCodeResponse> RequestCodeAsync(HttpClient bay)
    {
        using var response = await bay.PostAsJsonAsync(HubRoutes.DeviceCodes, new DeviceCodeRequest(" bay 7 ", hub.Key.PublicHalf), Ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<DeviceCodeResponse>(Ct) ?? throw new InvalidOperationException("No code.");
    }

    Task<HttpResponseMessage> PollAsync(HttpClient bay, DeviceCodeResponse code) =>
        bay.PostAsJsonAsync(HubRoutes.DeviceTokens, new DeviceTokenRequest(code.DeviceCode, hub.Key.Sign(MachineProof.OfPairing(code.DeviceCode))), Ct);

    static async Task<TokenResponse> TokensAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<TokenResponse>(Ct) ?? throw new InvalidOperationException("No tokens.");
    }

    async Task<HttpResponseMessage> RefreshAsync(string token)
    {
        using var client = hub.CreateClient();
        return await client.PostAsJsonAsync(HubRoutes.DeviceRefresh, new RefreshRequest(token, hub.Key.Sign(MachineProof.OfRefresh(token))), Ct);
    }

    /// <summary>Null when the token opens nothing.</summary>
    async Task<SessionResponse?> SessionAsync(string accessToken)
    {
        using var client = hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var response = await client.GetAsync(HubRoutes.Session, Ct);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadFromJsonAsync<SessionResponse>(Ct) : null;
    }
}
