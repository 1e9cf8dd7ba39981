using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.Platform;
using CineGit.TestKit.Running;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CineGit.Hub.Tests;

/// <summary>Somebody of an organization, and an HTTP client that is signed in as them.</summary>
public sealed record TestMember(HttpClient Client, string Organization, Guid OrganizationId, Guid UserId);

/// <summary>The real hub on a free port, over a real PostgreSQL in a folder of its own, set up with one organization.</summary>
public sealed class HubFixture : IAsyncLifetime
{
    public const string Collection = "hub";
    public const string OwnerEmail = "kim@example.com";
    public const string OwnerPassword = "correct horse battery";

    public const string MembershipRoute = HubRoutes.Api + "/organizations/{organization}/test/membership";
    public const string UnguardedRoute = "/test/unguarded";

    /// <summary>Everybody's but the owner's.</summary>
    public const string Password = "a battery of horses";

    /// <summary>Made with few rounds, as an older hub would have: signing in replaces it by a better one.</summary>
    static readonly string PasswordHash = new PasswordHasher<Person>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }))
        .HashPassword(new Person(), Password);

    WebApplication? app;
    SessionResponse? ownerSession;
    string ownerCookie = "";

    public ShiftedTime Time { get; } = new();

    /// <summary>Every bay's of these tests.</summary>
    public TestBayKey Key { get; } = new();

    public TestFolder Folder { get; } = new();

    public WebApplication App => app ?? throw new InvalidOperationException("The hub is not started.");

    public IServiceProvider Services => App.Services;

    public Uri Address => new(App.Urls.First());

    /// <summary>The slug of the organization that set-up made.</summary>
    public string Organization => Owner.Organizations[0].Slug;

    public Guid OrganizationId => Owner.Organizations[0].Id;

    public SessionResponse Owner => ownerSession ?? throw new InvalidOperationException("The hub is not set up.");

    public async ValueTask InitializeAsync()
    {
        app = Program.Build(
            // All tests are one person at one address.
            ["--Hub:Data", Folder.Path, "--urls", "http://127.0.0.1:0", "--Hub:RequestsPerPerson", "10000000", "--Hub:RequestsPerAddress", "10000000"],
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time))
                .AddSingleton<IAuthorizationMiddlewareResultHandler, ProbedAuthorization>());
        // What no feature has: the bare membership, and a route that somebody forgot to guard.
        app.MapGet(MembershipRoute, (Membership member) => member).RequirePermission(Permission.OrganizationRead);
        app.MapGet(UnguardedRoute, () => "anything");
        await app.StartAsync();

        using var client = CreateClient();
        var secret = (await File.ReadAllTextAsync(Path.Combine(Folder.Path, "setup-link"))).Trim().Split('#')[1];
        using var response = await client.PostAsJsonAsync(
            HubRoutes.Setup, new SetupRequest(secret, "Nordlys Film", "Kim Berg", OwnerEmail, OwnerPassword));
        response.EnsureSuccessStatusCode();
        ownerSession = await response.Content.ReadFromJsonAsync<SessionResponse>();
        ownerCookie = CookieOf(response);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        Key.Dispose();
        Folder.Dispose();
    }

    /// <summary>Nobody in particular. Cookies are not kept: the tests send them on purpose.</summary>
    public HttpClient CreateClient() => new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>From an address of its own, so that its attempts count apart from those of other tests.</summary>
    public HttpClient CreateClientFrom(IPAddress address) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = Address,
    };

    public static string EmailOf(Guid person) => $"{person:N}@example.com";

    /// <summary>The owner of <see cref="Organization"/>, in a browser: cookie and anti-forgery header.</summary>
    public Task<HttpClient> CreateOwnerClientAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(Browser(ownerCookie, Owner.AntiForgery));
    }

    /// <summary>Another organization with an owner of its own.</summary>
    public async Task<TestMember> CreateOrganizationAsync(string name, CancellationToken ct)
    {
        var (organizationId, userId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var transaction = await Services.GetRequiredService<TenantDatabase>().BeginAsync(organizationId, ct);
        await InsertUserAsync(transaction, userId, ct);
        var organizations = Services.GetRequiredService<OrganizationStore>();
        var slug = await organizations.InsertAsync(transaction, organizationId, name, ct);
        await organizations.AddMemberAsync(transaction, organizationId, userId, Roles.Admin, ct);
        await transaction.CommitAsync(ct);
        return new TestMember(await SignInAsync(userId, ct), slug, organizationId, userId);
    }

    /// <summary>Another person in <see cref="Organization"/>.</summary>
    public Task<TestMember> CreateMemberAsync(string role, CancellationToken ct) =>
        AddMemberAsync(OrganizationId, Organization, role, ct);

    /// <summary>Another person in another's organization.</summary>
    public Task<TestMember> CreateMemberAsync(TestMember colleague, string role, CancellationToken ct) =>
        AddMemberAsync(colleague.OrganizationId, colleague.Organization, role, ct);

    /// <summary>An edit bay, let in by the owner: a bearer token, no cookie.</summary>
    public Task<(HttpClient Client, TokenResponse Tokens)> CreateBayClientAsync(CancellationToken ct) =>
        CreateBayClientAsync(Owner.User.Id, ct);

    public async Task<(HttpClient Client, TokenResponse Tokens)> CreateBayClientAsync(Guid person, CancellationToken ct)
    {
        var devices = Services.GetRequiredService<DeviceStore>();
        var code = await devices.RequestCodeAsync("bay 1", Key.PublicBytes, ct);
        await devices.ApproveAsync(code.UserCode, person, ct);
        var client = CreateClient();
        using var response = await client.PostAsJsonAsync(HubRoutes.DeviceTokens, new DeviceTokenRequest(code.DeviceCode, Key.Sign(MachineProof.OfPairing(code.DeviceCode))), ct);
        response.EnsureSuccessStatusCode();
        var tokens = await response.Content.ReadFromJsonAsync<TokenResponse>(ct)
            ?? throw new InvalidOperationException("The hub answered without tokens.");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return (client, tokens);
    }

    /// <summary>The session cookie that an answer sets, as a request sends it.</summary>
    public static string CookieOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    public HttpClient Bearer(string token)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public HttpClient Browser(string cookie, string antiForgery)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add(HubHeaders.AntiForgery, antiForgery);
        return client;
    }

    async Task<TestMember> AddMemberAsync(Guid organization, string slug, string role, CancellationToken ct)
    {
        var userId = Guid.CreateVersion7();
        await using var transaction = await Services.GetRequiredService<TenantDatabase>().BeginAsync(organization, ct);
        await InsertUserAsync(transaction, userId, ct);
        await Services.GetRequiredService<OrganizationStore>().AddMemberAsync(transaction, organization, userId, role, ct);
        await transaction.CommitAsync(ct);
        return new TestMember(await SignInAsync(userId, ct), slug, organization, userId);
    }

    /// <summary>A session made in the store, because signing in costs a password hash and counts against the limit.</summary>
    async Task<HttpClient> SignInAsync(Guid userId, CancellationToken ct)
    {
        var session = await Services.GetRequiredService<SessionStore>().OpenAsync(userId, "a test", ct);
        return Browser($"{SessionCookie.Name}={session.Secret}", AntiForgery.TokenOf(session.Secret));
    }

    Task<bool> InsertUserAsync(TenantTransaction transaction, Guid id, CancellationToken ct) =>
        PersonStore.TryInsertAsync(
            transaction,
            new Person { Id = id, Email = EmailOf(id), DisplayName = "Somebody Else", PasswordHash = PasswordHash },
            Time.GetUtcNow(),
            ct);
}

[CollectionDefinition(HubFixture.Collection)]
public sealed class HubCollection : ICollectionFixture<HubFixture>;
