using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Platform;

namespace CineGit.Hub.Tests.Identity;

/// <summary>A browser on its way from the sign-in page to a provider and back: keeps the hub's cookies and follows no redirect unasked.</summary>
public sealed class TestBrowser : IDisposable
{
    readonly HttpClient provider = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <param name="known">Whose session the browser has; null for nobody's.</param>
    public TestBrowser(TestNode node, HttpClient? known = null)
    {
        Jar = new CookieHandler();
        Client = new HttpClient(Jar) { BaseAddress = node.Address };
        foreach (var (name, values) in known?.DefaultRequestHeaders ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
        {
            if (name == "Cookie") Jar.Keep(values.Single());
            else Client.DefaultRequestHeaders.Add(name, values);
        }
    }

    public HttpClient Client { get; }

    public Dictionary<string, string> Cookies
    {
        get => new(Jar.Kept, StringComparer.Ordinal);
        init => Jar.Kept = new(value, StringComparer.Ordinal);
    }

    public string? TrySessionCookie => Jar.Kept.TryGetValue("cinegit_session", out var value) ? $"cinegit_session={value}" : null;

    public string SessionCookie => TrySessionCookie ?? throw new InvalidOperationException("There is no session.");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    CookieHandler Jar { get; }

    public void Dispose()
    {
        Client.Dispose();
        provider.Dispose();
    }

    /// <returns>Where the browser ends up, as path and fragment.</returns>
    public async Task<string> SignInAsync(string name, string? to = null, string? invitation = null) =>
        await LandAsync(await ToCallbackAsync(name, to, invitation));

    public async Task<string> FollowAsync(string route, string name, object body) => await LandAsync(await ToCallbackAsync(route, name, body));

    public Task<string> ToCallbackAsync(string name, string? to = null, string? invitation = null) =>
        ToCallbackAsync(HubRoutes.Provider, name, new ProviderStartRequest(to, invitation));

    /// <summary>Asks the hub, then the provider; stops before coming back.</summary>
    public async Task<string> ToCallbackAsync(string route, string name, object body)
    {
        using var asked = await Client.PostAsJsonAsync(route.Replace("{provider}", name, StringComparison.Ordinal), body, Ct);
        var start = await TestCutRequest.ReadAsync<ProviderStartResponse>(asked, HttpStatusCode.OK);
        using var allowed = await provider.GetAsync(start.Address, Ct);
        Assert.Equal(HttpStatusCode.Found, allowed.StatusCode);
        return allowed.Headers.Location?.ToString() ?? throw new InvalidOperationException("The provider leads nowhere.");
    }

    public async Task<string> LandAsync(string callback)
    {
        using var response = await Client.GetAsync(callback, Ct);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.Location?.ToString() ?? throw new InvalidOperationException("The hub leads nowhere.");
    }

    public async Task<SessionResponse> SessionAsync() =>
        await Client.GetFromJsonAsync<SessionResponse>(HubRoutes.Session, Ct) ?? throw new InvalidOperationException("The hub answered null.");

    sealed class CookieHandler() : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        public Dictionary<string, string> Kept { get; set; } = new(StringComparer.Ordinal);

        public void Keep(string cookie) => Kept[cookie.Split('=', 2)[0]] = cookie.Split('=', 2)[1];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Kept.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Kept.Select(each => $"{each.Key}={each.Value}")));
            var response = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                Keep(cookie.Split(';')[0]);
                if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)) Kept.Remove(cookie.Split('=')[0]);
            }

            return response;
        }
    }
}
