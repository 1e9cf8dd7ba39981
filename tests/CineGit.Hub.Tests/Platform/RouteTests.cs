using System.Net;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Platform;

[Collection(HubFixture.Collection)]
public sealed class RouteTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    IEnumerable<RouteEndpoint> Routes => hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText != HubFixture.UnguardedRoute);

    [Fact]
    public void Every_route_says_who_may_come_in()
    {
        var silent = Routes
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Where(route => !route.Metadata.GetOrderedMetadata<IAuthorizeData>()
                .Any(data => data.Policy is Policies.Member or Policies.SignedIn))
            .Select(route => route.DisplayName);
        Assert.Empty(silent);
        Assert.True(Routes.Count() > 10, "The route table is empty, so nothing was checked.");
    }

    [Fact]
    public void Every_route_of_an_organization_is_for_its_members()
    {
        var open = Routes
            .Where(route => route.RoutePattern.RawText?.Contains("{organization}", StringComparison.Ordinal) is true)
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || !route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == Policies.Member))
            .Select(route => route.DisplayName);
        Assert.Empty(open);
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
