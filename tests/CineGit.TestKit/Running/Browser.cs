using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;

namespace CineGit.TestKit.Running;

/// <summary>What a person does in the web view before anything else, over the same routes and with the same cookie.</summary>
public sealed class Browser : IDisposable
{
    const string AntiForgeryHeader = "X-CineGit-Antiforgery";

    readonly HttpClient _http;

    public Browser(Uri hub) =>
        _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = hub };

    /// <summary>Uses the one-time link the hub left in its data folder; the person is signed in afterwards.</summary>
    public async Task SetUpAsync(string setupLink, SetupRequest person, CancellationToken ct)
    {
        var secret = setupLink.Trim().Split('#')[^1];
        await PostAsync(HubRoutes.Setup, person with { Secret = secret }, ct);
        await ReadSessionAsync(ct);
    }

    public async Task SignInAsync(string email, string password, CancellationToken ct)
    {
        await PostAsync(HubRoutes.Session, new SignInRequest(email, password), ct);
        await ReadSessionAsync(ct);
    }

    /// <summary>Lets a bay in that waits with this code.</summary>
    public Task ApproveAsync(string userCode, CancellationToken ct) =>
        PostAsync(HubRoutes.DeviceApprovals, new DeviceApprovalRequest(userCode), ct);

    /// <summary>The slug of the person's first organization.</summary>
    public async Task<string> OrganizationAsync(CancellationToken ct) => (await ReadSessionAsync(ct)).Organizations[0].Slug;

    public void Dispose() => _http.Dispose();

    async Task<SessionResponse> ReadSessionAsync(CancellationToken ct)
    {
        var session = await _http.GetFromJsonAsync(HubRoutes.Session, HubJson.Default.SessionResponse, ct)
            ?? throw new InvalidOperationException("The hub answered an empty session.");
        _http.DefaultRequestHeaders.Remove(AntiForgeryHeader);
        _http.DefaultRequestHeaders.Add(AntiForgeryHeader, session.AntiForgery);
        return session;
    }

    async Task PostAsync<T>(string route, T body, CancellationToken ct)
    {
        using var answer = await _http.PostAsync(route, JsonContent.Create(body, options: HubJson.Default.Options), ct);
        if (answer.IsSuccessStatusCode) return;
        throw new InvalidOperationException($"{route} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
    }
}
