using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform.Auth;

namespace CineGit.Hub.Tests.Organizations;

[Collection(HubFixture.Collection)]
public sealed class MembershipTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_is_handed_to_the_route()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        var membership = await owner.GetFromJsonAsync<Membership>(Route(hub.Organization), Ct);
        Assert.Equal(
            new Membership(hub.OrganizationId, hub.Organization, hub.Owner.User.Id, "Kim Berg", Roles.Admin),
            membership is null ? null : membership with { Permissions = default, AuthzVersion = 0 });
        Assert.Equal(PermissionTable.OfRole(Roles.Admin), membership?.Permissions);
    }

    [Fact]
    public async Task A_stranger_cannot_tell_an_organization_from_none()
    {
        var stranger = await hub.CreateOrganizationAsync("Strangers", Ct);
        using var client = stranger.Client;
        using var existing = await client.GetAsync(Route(hub.Organization), Ct);
        using var none = await client.GetAsync(Route("no-such-organization"), Ct);
        var first = await Answers.ProblemAsync(existing, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        var second = await Answers.ProblemAsync(none, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        Assert.Equal(first.GetProperty("detail").GetString(), second.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_is_asked_to()
    {
        using var nobody = hub.CreateClient();
        using var response = await nobody.GetAsync(Route(hub.Organization), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
    }

    [Fact]
    public async Task Organizations_of_the_same_name_get_different_slugs()
    {
        var first = await hub.CreateOrganizationAsync("Ærlig Büro & Söhne!", Ct);
        var second = await hub.CreateOrganizationAsync("Ærlig Büro & Söhne!", Ct);
        first.Client.Dispose();
        second.Client.Dispose();
        Assert.Equal(("aerlig-buro-sohne", "aerlig-buro-sohne-2"), (first.Organization, second.Organization));
    }

    [Theory]
    [InlineData("Nordlys Film", "nordlys-film")]
    [InlineData("  --A  b--  ", "a-b")]
    [InlineData("映画", null)]
    [InlineData("a23456789 b23456789 c23456789 d23456789 e23456789 f23456789 g", "a23456789-b23456789-c23456789-d23456789-e23456789-f23456789")]
    public void A_slug_keeps_letters_digits_and_single_hyphens(string name, string? slug) => Assert.Equal(slug, Slug.From(name));

    static string Route(string organization) =>
        HubFixture.MembershipRoute.Replace("{organization}", organization, StringComparison.Ordinal);
}
