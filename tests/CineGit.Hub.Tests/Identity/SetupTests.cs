using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Hub.Tests.Identity;

[Collection(HubFixture.Collection)]
public sealed class SetupTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Set_up_is_over_once_it_was_done()
    {
        using var client = hub.CreateClient();
        var state = await client.GetFromJsonAsync<SetupState>(HubRoutes.Setup, Ct);
        Assert.Equal(new SetupState(Open: false), state);
        Assert.False(File.Exists(Path.Combine(hub.Folder.Path, "setup-link")));

        using var again = await client.PostAsJsonAsync(
            HubRoutes.Setup, new SetupRequest("any", "Other", "Else", "else@example.com", "long enough password"), Ct);
        await Answers.ProblemAsync(again, HttpStatusCode.Forbidden, ProblemCodes.SetupRefused);
    }

    [Fact]
    public async Task The_first_person_is_admin_of_an_organization_with_a_slug_from_its_name()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        var session = await owner.GetFromJsonAsync<SessionResponse>(HubRoutes.Session, Ct);

        Assert.Equal("Kim Berg", session?.User.DisplayName);
        var organization = Assert.Single(session?.Organizations ?? []);
        Assert.Equal(("nordlys-film", "Nordlys Film", "admin"), (organization.Slug, organization.Name, organization.Role));
    }
}
