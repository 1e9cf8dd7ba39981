using System.Net;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Platform;

[Collection(HubFixture.Collection)]
public sealed class RouteTests(HubFixture hub)
{
    const string InOrganization = "/organizations/{organization}/things";
    const string InProject = "/organizations/{organization}/projects/{project}/things";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    IEnumerable<RouteEndpoint> Routes => hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText != HubFixture.UnguardedRoute);

    public static TheoryData<string, Action<RouteHandlerBuilder>, bool> Declarations => new()
    {
        { "/things", _ => { }, false },
        { "/things", route => route.AllowAnonymous(), true },
        { "/things", route => route.RequireAuthorization(Policies.SignedIn), true },
        { "/things", route => route.RequireAuthorization(), false },
        { "/things", route => route.RequirePermission(Permission.ProjectRead), false },
        { InOrganization, _ => { }, false },
        { InOrganization, route => route.AllowAnonymous(), false },
        { InOrganization, route => route.RequireAuthorization(Policies.SignedIn), false },
        { InOrganization, route => route.RequireAuthorization(Policies.Member), false },
        { InOrganization, route => route.RequirePermission(Permission.MemberRead), true },
        { InOrganization, route => route.RequirePermission(Permission.MemberRead).RequirePermission(Permission.MemberManage), false },
        { InOrganization, route => route.RequirePermission(Permission.MemberRead).AllowAnonymous(), false },
        { InOrganization, route => route.RequirePermission(Permission.ProjectRead), false },
        { InProject, route => route.RequirePermission(Permission.ProjectRead), true },
        { InProject, route => route.RequirePermission(Permission.MemberRead), false },
    };

    [Fact]
    public void Every_route_says_who_may_come_in()
    {
        Assert.Empty(Routes.Select(RouteDeclarations.WhyNot).OfType<string>());
        Assert.True(Routes.Count() > 10, "The route table is empty, so nothing was checked.");
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task A_hub_with_a_route_that_does_not_say_who_may_come_in_does_not_start(
        string address, Action<RouteHandlerBuilder> declare, bool good)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        declare(app.MapGet(address, () => "anything"));
        if (good) app.RequireDeclaredRoutes();
        else Assert.Contains(address, Assert.Throws<InvalidOperationException>(app.RequireDeclaredRoutes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_without_a_policy_lets_nobody_in()
    {
        using var nobody = hub.CreateClient();
        using var anonymous = await nobody.GetAsync(HubFixture.UnguardedRoute, Ct);
        await Answers.ProblemAsync(anonymous, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);

        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var signedIn = await owner.GetAsync(HubFixture.UnguardedRoute, Ct);
        await Answers.ProblemAsync(signedIn, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }
}
