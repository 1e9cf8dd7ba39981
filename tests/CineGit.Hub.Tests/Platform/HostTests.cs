using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Tests.Platform;

[Collection(HubFixture.Collection)]
public sealed class HostTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_is_open_and_names_the_database()
    {
        using var nobody = hub.CreateClient();
        var health = await nobody.GetFromJsonAsync<HealthResponse>(HubRoutes.Health, Ct);
        Assert.Equal(("ok", "ok"), (health?.Status, health?.Database));
    }

    [Fact]
    public async Task The_OpenAPI_document_lists_the_routes()
    {
        using var nobody = hub.CreateClient();
        using var document = JsonDocument.Parse(await nobody.GetStringAsync(HubRoutes.OpenApi, Ct));
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty(HubRoutes.DeviceTokens, out _));
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_scripts_and_frames()
    {
        using var nobody = hub.CreateClient();
        using var response = await nobody.GetAsync(HubRoutes.Setup, Ct);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task An_unknown_address_of_the_API_is_a_problem_and_not_a_page()
    {
        using var browser = hub.CreateClient();
        browser.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var response = await browser.GetAsync(HubRoutes.Api + "/nothing", Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_a_problem_that_says_where()
    {
        using var nobody = hub.CreateClient();
        using var body = new StringContent("{\"email\":", Encoding.UTF8, "application/json");
        using var response = await nobody.PostAsync(HubRoutes.Session, body, Ct);
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.Contains("BytePositionInLine", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_and_a_wrong_method_are_problems_too()
    {
        using var nobody = hub.CreateClient();
        using var form = new FormUrlEncodedContent([new("email", "kim@example.com")]);
        using var posted = await nobody.PostAsync(HubRoutes.Session, form, Ct);
        await Answers.ProblemAsync(posted, HttpStatusCode.UnsupportedMediaType, ProblemCodes.InvalidRequest);
        using var put = await nobody.PutAsync(HubRoutes.Session, content: null, Ct);
        await Answers.ProblemAsync(put, HttpStatusCode.MethodNotAllowed, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        using var nobody = hub.CreateClient();
        using var body = new ByteArrayContent(new byte[HubLimits.Body + 1]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, HubRoutes.Session) { Content = body };
        request.Headers.ExpectContinue = true;
        using var response = await nobody.SendAsync(request, Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, ProblemCodes.TooLarge);
    }
}
