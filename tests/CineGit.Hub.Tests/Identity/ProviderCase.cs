using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.Platform;

namespace CineGit.Hub.Tests.Identity;

/// <summary>A hub with two providers: a studio's, which has to be linked, and a tenant's, which is for one organization and one domain.</summary>
public abstract class ProviderCase(HubFixture hub) : IAsyncLifetime
{
    TestProvider? studio;
    TestProvider? tenant;
    TestNode? started;

    protected HubFixture Hub => hub;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected TestProvider Studio => studio ?? throw new InvalidOperationException("Not started.");

    protected TestProvider Tenant => tenant ?? throw new InvalidOperationException("Not started.");

    protected TestNode Node => started ?? throw new InvalidOperationException("Not started.");

    /// <summary>A domain of this test's own, so that addresses are nobody else's.</summary>
    protected string Domain { get; } = $"{Guid.NewGuid():n}.example";

    public async ValueTask InitializeAsync()
    {
        studio = await TestProvider.StartAsync(() => TimeProvider.System.GetUtcNow());
        tenant = await TestProvider.StartAsync(() => TimeProvider.System.GetUtcNow());
        var other = await hub.CreateOrganizationAsync("Provider tenants", Ct);
        other.Client.Dispose();
        started = await TestNode.StartAsync(
            hub.Folder.Path, "cinegit", Ct,
            [
                "--Hub:RequestsPerAddress", "10000000",
                .. Settings("studio", studio), "--SignIn:Providers:studio:Title", "The Studio", "--SignIn:Providers:studio:TrustsSecondFactor", "true",
                .. Settings("tenant", tenant), "--SignIn:Providers:tenant:Domains:0", Domain, "--SignIn:Providers:tenant:Organizations:0", other.OrganizationId.ToString(),
                "--SignIn:Providers:tenant:JoinOrganization", other.OrganizationId.ToString(), "--SignIn:Providers:tenant:JoinRole", Roles.Reviewer,
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (started is not null) await started.DisposeAsync();
        if (studio is not null) await studio.DisposeAsync();
        if (tenant is not null) await tenant.DisposeAsync();
    }

    protected async Task StopStudioAsync()
    {
        await Studio.DisposeAsync();
        studio = null;
    }

    static string[] Settings(string name, TestProvider provider) =>
    [
        $"--SignIn:Providers:{name}:Authority", provider.Authority,
        $"--SignIn:Providers:{name}:ClientId", TestProvider.ClientId,
        $"--SignIn:Providers:{name}:ClientSecret", TestProvider.ClientSecret,
    ];

    protected static Dictionary<string, object> Person(string subject, string? email, string name)
    {
        var person = new Dictionary<string, object> { ["sub"] = subject, ["name"] = name };
        if (email is not null) (person["email"], person["email_verified"]) = (email, true);
        return person;
    }

    protected static string At(string route, string provider) => route.Replace("{provider}", provider, StringComparison.Ordinal);
}
