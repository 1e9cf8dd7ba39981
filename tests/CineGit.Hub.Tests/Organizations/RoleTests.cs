using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Organizations;

[Collection(HubFixture.Collection)]
public sealed class RoleTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_role_holds_from_the_next_request_on_and_ends_what_is_open()
    {
        using var project = await TestProject.CreateAsync(hub);
        var person = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = person.Client;
        var memberships = hub.Services.GetRequiredService<MembershipStore>();
        var open = await memberships.FindAsync(person.UserId, hub.Organization, project.Slug, Ct) ?? throw new InvalidOperationException("No member.");
        using var before = await BranchAsync(client, project, "one");
        Assert.Equal(HttpStatusCode.Created, before.StatusCode);
        Assert.True(await memberships.IsCurrentAsync(open, Ct));

        await SetRoleAsync(person.UserId, Roles.Reviewer, HttpStatusCode.NoContent);
        using var after = await BranchAsync(client, project, "two");
        var problem = await Answers.ProblemAsync(after, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        Assert.Contains("branch.create", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(await memberships.IsCurrentAsync(open, Ct));

        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var removed = await owner.DeleteAsync(At(HubRoutes.Member, person.UserId.ToString()), Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await client.GetAsync(project.At(HubRoutes.Project), Ct);
        await Answers.ProblemAsync(gone, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task A_role_of_the_organizations_own_allows_what_its_row_says_and_stays_while_somebody_has_it()
    {
        using var project = await TestProject.CreateAsync(hub);
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        await PutRoleAsync(owner, "dailies", ["organization.read", "project.enter", "project.read"], HttpStatusCode.NoContent);
        var person = await hub.CreateMemberAsync("dailies", Ct);
        using var client = person.Client;
        using var refused = await BranchAsync(client, project, "dailies");
        await Answers.ProblemAsync(refused, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);

        await PutRoleAsync(owner, "dailies", ["organization.read", "project.enter", "project.read", "branch.create"], HttpStatusCode.NoContent);
        using var created = await BranchAsync(client, project, "dailies");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        using var held = await owner.DeleteAsync(At(HubRoutes.Role, "dailies"), Ct);
        await Answers.ProblemAsync(held, HttpStatusCode.Conflict, ProblemCodes.RoleInUse);
        await SetRoleAsync(person.UserId, Roles.Guest, HttpStatusCode.NoContent);
        using var removed = await owner.DeleteAsync(At(HubRoutes.Role, "dailies"), Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        var roles = await owner.GetFromJsonAsync<IReadOnlyList<RoleResponse>>(At(HubRoutes.Roles), Ct) ?? [];
        Assert.DoesNotContain(roles, role => role.Name == "dailies");
        Assert.Equal(PermissionTable.All.Count(), roles.Single(role => role.Name == Roles.Admin).Permissions.Count);
    }

    [Theory]
    [InlineData("editor", "project.read")]
    [InlineData("Über", "project.read")]
    [InlineData("spies", "project.everything")]
    public async Task A_role_that_cannot_be_is_refused(string name, string permission)
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        await PutRoleAsync(owner, name, [permission], HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nobody_gives_what_they_do_not_have()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        await PutRoleAsync(
            owner, "office", ["organization.read", "member.read", "member.manage", "role.manage", "project.create"], HttpStatusCode.NoContent);
        var clerk = await hub.CreateMemberAsync("office", Ct);
        using var client = clerk.Client;
        var guest = await hub.CreateMemberAsync(Roles.Guest, Ct);
        guest.Client.Dispose();

        await SetRoleAsync(client, clerk.UserId, Roles.Admin, HttpStatusCode.Forbidden);
        await SetRoleAsync(client, guest.UserId, "office", HttpStatusCode.Forbidden);
        await SetRoleAsync(client, hub.Owner.User.Id, Roles.Guest, HttpStatusCode.Forbidden);
        await PutRoleAsync(client, "office", ["version.push"], HttpStatusCode.Forbidden);
        await PutRoleAsync(client, "callers", ["organization.read", "member.read"], HttpStatusCode.NoContent);
        using var removed = await client.DeleteAsync(At(HubRoutes.Member, hub.Owner.User.Id.ToString()), Ct);
        await Answers.ProblemAsync(removed, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
    }

    [Fact]
    public async Task Two_admins_who_take_each_others_role_at_once_leave_one()
    {
        var first = await hub.CreateOrganizationAsync("Duel", Ct);
        var second = await hub.CreateMemberAsync(first, Roles.Admin, Ct);
        using var one = first.Client;
        using var other = second.Client;
        var answers = await Task.WhenAll(
            one.PutAsJsonAsync(Member(second.UserId), new SetMemberRequest(Roles.Guest), Ct),
            other.PutAsJsonAsync(Member(first.UserId), new SetMemberRequest(Roles.Guest), Ct));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);

        var (left, id) = answers[0].StatusCode == HttpStatusCode.NoContent ? (one, first.UserId) : (other, second.UserId);
        var members = await left.GetFromJsonAsync<IReadOnlyList<MemberResponse>>(
            HubRoutes.Members.Replace("{organization}", first.Organization, StringComparison.Ordinal), Ct);
        Assert.Equal(id, Assert.Single(members ?? [], member => member.Role == Roles.Admin).UserId);
        using var last = await left.PutAsJsonAsync(Member(id), new SetMemberRequest(Roles.Guest), Ct);
        await Answers.ProblemAsync(last, HttpStatusCode.Conflict, ProblemCodes.LastAdmin);
        foreach (var answer in answers) answer.Dispose();

        string Member(Guid user) => HubRoutes.Member
            .Replace("{organization}", first.Organization, StringComparison.Ordinal)
            .Replace("{user:guid}", user.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restricted_project_is_there_for_its_members_only()
    {
        using var project = await TestProject.CreateAsync(hub);
        var inside = await hub.CreateMemberAsync(Roles.Reviewer, Ct);
        var outside = await hub.CreateMemberAsync(Roles.Producer, Ct);
        using var insider = inside.Client;
        using var outsider = outside.Client;
        await project.SetMemberAsync(inside.UserId, Roles.Editor);
        await project.RestrictAsync();

        using var refused = await outsider.GetAsync(project.At(HubRoutes.Project), Ct);
        using var nothing = await outsider.GetAsync(project.At(HubRoutes.Project).Replace(project.Slug, "nothing", StringComparison.Ordinal), Ct);
        var first = await Answers.ProblemAsync(refused, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        var second = await Answers.ProblemAsync(nothing, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        Assert.Equal(first.GetProperty("detail").GetString(), second.GetProperty("detail").GetString());
        Assert.DoesNotContain(await ListAsync(outsider, project), each => each.Slug == project.Slug);
        Assert.Contains(await ListAsync(insider, project), each => each.Slug == project.Slug);
        using var created = await BranchAsync(insider, project, "inside");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var access = await project.GetAsync<ProjectAccessResponse>(HubRoutes.ProjectAccess);
        Assert.True(access.Restricted);
        Assert.Equal([inside.UserId, hub.Owner.User.Id], access.Members.OrderBy(member => member.Role == Roles.Admin).Select(member => member.UserId));
        using var removed = await project.Client.DeleteAsync(project.At(HubRoutes.ProjectMember, inside.UserId.ToString()), Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.DoesNotContain(await ListAsync(insider, project), each => each.Slug == project.Slug);
    }

    [Fact]
    public async Task A_producer_who_restricts_a_project_stays_in_it()
    {
        using var project = await TestProject.CreateAsync(hub);
        var producer = await hub.CreateMemberAsync(Roles.Producer, Ct);
        using var client = producer.Client;
        using var restricted = await client.PutAsJsonAsync(project.At(HubRoutes.ProjectAccess), new ProjectAccessRequest(true), Ct);
        Assert.Equal(HttpStatusCode.NoContent, restricted.StatusCode);
        using var opened = await client.PutAsJsonAsync(project.At(HubRoutes.ProjectAccess), new ProjectAccessRequest(false), Ct);
        Assert.Equal(HttpStatusCode.NoContent, opened.StatusCode);
    }

    static Task<HttpResponseMessage> BranchAsync(HttpClient client, TestProject project, string name) =>
        client.PostAsJsonAsync(project.At(HubRoutes.Branches), new CreateBranchRequest(name, null), Ct);

    static async Task<IReadOnlyList<ProjectResponse>> ListAsync(HttpClient client, TestProject project) =>
        await client.GetFromJsonAsync<IReadOnlyList<ProjectResponse>>(project.At(HubRoutes.Projects), Ct) ?? [];

    async Task SetRoleAsync(Guid user, string role, HttpStatusCode expected)
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        await SetRoleAsync(owner, user, role, expected);
    }

    async Task SetRoleAsync(HttpClient client, Guid user, string role, HttpStatusCode expected)
    {
        using var response = await client.PutAsJsonAsync(At(HubRoutes.Member, user.ToString()), new SetMemberRequest(role), Ct);
        Assert.Equal(expected, response.StatusCode);
    }

    async Task PutRoleAsync(HttpClient client, string name, string[] permissions, HttpStatusCode expected)
    {
        using var response = await client.PutAsJsonAsync(At(HubRoutes.Role, name), new SetRoleRequest(permissions), Ct);
        Assert.Equal(expected, response.StatusCode);
    }

    string At(string route, string place = "") => route
        .Replace("{organization}", hub.Organization, StringComparison.Ordinal)
        .Replace("{user:guid}", place, StringComparison.Ordinal)
        .Replace("{role}", Uri.EscapeDataString(place), StringComparison.Ordinal);
}
