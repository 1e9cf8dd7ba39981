using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Guests;

/// <summary>Somebody who came by a link: a browser with what the hub gave it.</summary>
public sealed record TestGuest(HttpClient Client, SessionResponse Session, string Return) : IDisposable
{
    /// <summary>Every test comes from there, apart from the sign-ins of others.</summary>
    public static readonly IPAddress Network = IPAddress.Parse("127.0.0.41");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public GuestPlaceResponse Place => Session.Guest ?? throw new InvalidOperationException("This is no guest.");

    public void Dispose() => Client.Dispose();

    public static CreateGuestLinkRequest Link(
        string? branch = null, int? cutRequest = null, bool mayComment = false, int? days = null, string? passphrase = null, int? most = null) =>
        new("The client", branch, cutRequest, mayComment, days, passphrase, most);

    public static async Task<(Guid Id, string Secret)> MakeLinkAsync(TestProject project, CreateGuestLinkRequest link)
    {
        using var response = await project.Client.PostAsJsonAsync(project.At(HubRoutes.GuestLinks), link, Ct);
        var made = await TestCutRequest.ReadAsync<CreateGuestLinkResponse>(response, HttpStatusCode.OK);
        return (made.Id, made.Link.Split("/guest#")[1]);
    }

    public static async Task<TestGuest> EnterAsync(HubFixture hub, TestProject project, CreateGuestLinkRequest link, string name = "Ada") =>
        await EnterAsync(hub, (await MakeLinkAsync(project, link)).Secret, name, link.Passphrase);

    public static async Task<TestGuest> EnterAsync(HubFixture hub, string secret, string name = "Ada", string? passphrase = null, string? known = null)
    {
        using var response = await TryEnterAsync(hub, secret, name, passphrase, known);
        var session = await TestCutRequest.ReadAsync<SessionResponse>(response, HttpStatusCode.OK);
        var cookies = response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).ToList();
        return new TestGuest(
            hub.Browser(cookies.Single(cookie => cookie.StartsWith("cinegit_session=", StringComparison.Ordinal)), session.AntiForgery),
            session,
            cookies.SingleOrDefault(cookie => cookie.StartsWith("cinegit_guest=", StringComparison.Ordinal)) ?? known ?? "");
    }

    public static async Task<HttpResponseMessage> TryEnterAsync(
        HubFixture hub, string secret, string name = "Ada", string? passphrase = null, string? known = null)
    {
        using var client = hub.CreateClientFrom(Network);
        if (known is not null) client.DefaultRequestHeaders.Add("Cookie", known);
        return await client.PostAsJsonAsync(HubRoutes.Guests, new GuestEntryRequest(secret, name, passphrase), Ct);
    }
}
