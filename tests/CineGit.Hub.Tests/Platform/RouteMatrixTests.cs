using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.Guests;
using CineGit.Hub.Tests.Versions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Platform;

/// <summary>
/// Every route of the running hub is asked by everybody who could come. What each must be told follows from the permission that
/// the route names and from the permission table, and from nothing that the routes do.
/// </summary>
[Collection(HubFixture.Collection)]
public sealed partial class RouteMatrixTests(HubFixture hub)
{
    const string OwnRole = "assistants";

    static readonly string[] OwnRoleAllows = ["organization.read", "project.enter", "project.read", "version.push"];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    IReadOnlyList<RouteEndpoint> Routes => [.. hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText != HubFixture.UnguardedRoute)];

    [Fact]
    public async Task Everybody_is_told_what_the_permission_table_says_on_every_route()
    {
        using var open = await TestProject.CreateAsync(hub);
        using var restricted = await TestProject.CreateAsync(hub);
        await restricted.RestrictAsync();
        var actors = await ActorsAsync(open, restricted);
        var wrong = new List<string>();
        var asked = 0;
        foreach (var route in Routes.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            foreach (var (project, isRestricted) in PlacesOf(route, open, restricted))
            {
                foreach (var (actor, method) in actors.SelectMany(_ => Methods(route), (actor, method) => (actor, method)))
                {
                    var expected = Expected(route, actor, project, isRestricted);
                    var got = await KnockAsync(actor, method, Address(route, project), route);
                    asked++;
                    if (got != expected) wrong.Add($"{actor.Name}: {method} {Address(route, project)} {got} instead of {expected}");
                }
            }
        }

        foreach (var actor in actors) actor.Dispose();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {asked} wrong:\n{string.Join('\n', wrong)}");
        Assert.True(asked > 2_000, $"Only {asked} questions were asked.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} questions, {wrong.Count} wrong");
    }

    [Fact]
    public async Task What_is_for_anybody_asks_nobody_who_they_are()
    {
        using var nobody = hub.CreateClient();
        foreach (var route in Routes.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null))
        {
            foreach (var method in Methods(route))
            {
                using var request = Request(method, Fill(route, _ => "x"), route);
                using var response = await nobody.SendAsync(request, Ct);
                var body = await response.Content.ReadAsStringAsync(Ct);
                Assert.False(response.StatusCode == HttpStatusCode.Unauthorized && body.Contains(ProblemCodes.NotSignedIn, StringComparison.Ordinal), $"{method} {request.RequestUri}: {body}");
            }
        }
    }

    static int Expected(RouteEndpoint route, Actor actor, TestProject project, bool restricted)
    {
        if (actor.Standing is Standing.Unknown) return 401;
        if (route.Metadata.GetMetadata<NeededPermission>()?.Permission is not { } needed)
        {
            var inPerson = route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == Policies.InPerson);
            return inPerson && !actor.InPerson ? 403 : ProbedAuthorization.LetIn;
        }

        if (actor.Standing is Standing.Guest guest)
        {
            if (guest.Project != project.Slug || route.RoutePattern.RawText is not { } text || !guest.Routes.Contains(text)) return 404;
            return guest.Allows.Contains(needed) ? ProbedAuthorization.LetIn : 403;
        }

        if (actor.Standing is not Standing.Member member) return 404;

        var ofProject = PermissionTable.ReachOf(needed) is PermissionReach.Project;
        var rights = ofProject ? Actor.In(project.Slug, restricted, member) : member.Allows;
        if (!rights.Contains(ofProject ? Permission.ProjectRead : Permission.OrganizationRead)) return 404;
        return rights.Contains(needed) && (actor.Scopes?.Contains(needed) ?? true) ? ProbedAuthorization.LetIn : 403;
    }

    async Task<IReadOnlyList<Actor>> ActorsAsync(TestProject open, TestProject restricted)
    {
        var expired = await hub.CreateBayClientAsync(Ct);
        var expiredGuest = await TestGuest.EnterAsync(hub, open, TestGuest.Link(days: 1));
        hub.Time.Advance(DeviceStore.AccessLifetime);
        hub.Time.Advance(TimeSpan.FromDays(1));
        var revoked = await hub.CreateBayClientAsync(Ct);
        using (var signedOut = await revoked.Client.DeleteAsync(HubRoutes.Session, Ct)) signedOut.EnsureSuccessStatusCode();
        var stranger = await hub.CreateOrganizationAsync("Matrix strangers", Ct);
        using (var role = await open.Client.PutAsJsonAsync(open.At(HubRoutes.Role, OwnRole), new SetRoleRequest(OwnRoleAllows), Ct))
        {
            role.EnsureSuccessStatusCode();
        }

        var actors = new List<Actor>
        {
            new("anonymous", hub.CreateClient(), new Standing.Unknown()),
            new("expired token", expired.Client, new Standing.Unknown()),
            new("revoked token", revoked.Client, new Standing.Unknown()),
            new("expired guest link", expiredGuest.Client, new Standing.Unknown()),
            new("other tenant's admin", stranger.Client, new Standing.Stranger(), InPerson: true),
        };
        foreach (var role in PermissionTable.BuiltInRoles)
        {
            var person = await hub.CreateMemberAsync(role, Ct);
            actors.Add(new(role, person.Client, Member(role), InPerson: true));
        }

        actors.AddRange(await GuestsAsync(open, restricted));
        var own = await hub.CreateMemberAsync(OwnRole, Ct);
        actors.Add(new("own role", own.Client, new Standing.Member(OwnRole, PermissionSet.Named(OwnRoleAllows), NoProjects), InPerson: true));
        foreach (var (role, inProject, project) in (IEnumerable<(string, string, TestProject)>)
            [(Roles.Guest, Roles.Guest, open), (Roles.Reviewer, Roles.Producer, restricted), (Roles.Producer, Roles.Guest, open)])
        {
            var person = await hub.CreateMemberAsync(role, Ct);
            await project.SetMemberAsync(person.UserId, inProject);
            actors.Add(new($"{role}, {inProject} of one project", person.Client, Member(role, (project.Slug, inProject)), InPerson: true));
        }

        var editor = await hub.CreateMemberAsync(Roles.Editor, Ct);
        editor.Client.Dispose();
        actors.Add(new("paired agent", (await hub.CreateBayClientAsync(editor.UserId, Ct)).Client, Member(Roles.Editor)));
        var scopes = PermissionSet.Of(Permission.ProjectRead, Permission.VersionPush, Permission.MemberManage);
        var token = await hub.Services.GetRequiredService<AccessStore>()
            .CreateTokenAsync(editor.UserId, "nightly", scopes, TimeSpan.FromDays(1), Ct);
        actors.Add(new("script token", hub.Bearer(token.Secret), Member(Roles.Editor), scopes));
        return actors;
    }

    /// <summary>Everything that a guest may be told is here; the version and the conflict that are asked for are nobody's.</summary>
    static readonly HashSet<string> OfBranch = [HubRoutes.Project, HubRoutes.Branches, HubRoutes.Branch, HubRoutes.History, HubRoutes.Compare, HubRoutes.ProjectEvents];

    static readonly HashSet<string> OfCutRequest = [HubRoutes.Project, HubRoutes.CutRequest, HubRoutes.Outcomes, HubRoutes.Compare, HubRoutes.ProjectEvents];

    static readonly HashSet<string> OfProject =
        [HubRoutes.CutRequests, HubRoutes.Version, HubRoutes.VersionTimeline, .. OfBranch, .. OfCutRequest];

    async Task<IReadOnlyList<Actor>> GuestsAsync(TestProject open, TestProject restricted)
    {
        var (view, comment) = (PermissionSet.Of(Permission.ProjectRead), PermissionSet.Of(Permission.ProjectRead, Permission.CommentWrite));
        await open.BranchAsync("side", null);
        using (var opened = await open.Client.PostAsJsonAsync(open.At(HubRoutes.CutRequests), new CreateCutRequestRequest("One", "", "side", "main"), Ct))
        {
            opened.EnsureSuccessStatusCode();
        }

        var (revoked, secret) = await TestGuest.MakeLinkAsync(open, TestGuest.Link());
        var sentAway = await TestGuest.EnterAsync(hub, secret);
        using (var response = await open.Client.DeleteAsync(open.At(HubRoutes.GuestLink, revoked.ToString()), Ct)) response.EnsureSuccessStatusCode();
        return
        [
            new("revoked guest link", sentAway.Client, new Standing.Unknown()),
            await GuestAsync("guest link, view", open, TestGuest.Link(), OfProject, view),
            await GuestAsync("guest link, comment", open, TestGuest.Link(mayComment: true), OfProject, comment),
            await GuestAsync("guest link, restricted", restricted, TestGuest.Link(mayComment: true), OfProject, comment),
            await GuestAsync("guest link to main", open, TestGuest.Link(branch: "main"), OfBranch, view),
            await GuestAsync("guest link to another branch", open, TestGuest.Link(branch: "side"), [HubRoutes.Project, HubRoutes.Branches, HubRoutes.Compare, HubRoutes.ProjectEvents], view),
            await GuestAsync("guest link to cut request 1", open, TestGuest.Link(cutRequest: 1, mayComment: true), OfCutRequest, comment),
        ];
    }

    async Task<Actor> GuestAsync(string name, TestProject project, CreateGuestLinkRequest link, HashSet<string> routes, PermissionSet allows) =>
        new(name, (await TestGuest.EnterAsync(hub, project, link)).Client, new Standing.Guest(project.Slug, routes, allows));

    static readonly Dictionary<string, string> NoProjects = [];

    static Standing.Member Member(string role, params (string Project, string Role)[] projects) => new(
        role,
        PermissionTable.OfRole(role) ?? throw new ArgumentException($"{role} is not built in."),
        projects.ToDictionary(each => each.Project, each => each.Role, StringComparer.Ordinal));

    static IEnumerable<(TestProject Project, bool Restricted)> PlacesOf(RouteEndpoint route, TestProject open, TestProject restricted)
    {
        yield return (open, false);
        if (route.RoutePattern.Parameters.Any(parameter => parameter.Name == "project")) yield return (restricted, true);
    }

    static async Task<int> KnockAsync(Actor actor, HttpMethod method, string address, RouteEndpoint route)
    {
        using var request = Request(method, address, route);
        request.Headers.Add(ProbedAuthorization.Header, "1");
        using var response = await actor.Client.SendAsync(request, Ct);
        return (int)response.StatusCode;
    }

    static HttpRequestMessage Request(HttpMethod method, string address, RouteEndpoint route)
    {
        var type = route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json";
        return new HttpRequestMessage(method, address)
        {
            Content = method == HttpMethod.Get || method == HttpMethod.Head
                ? null
                : new ByteArrayContent(Encoding.UTF8.GetBytes("{}")) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
        };
    }

    static IEnumerable<HttpMethod> Methods(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(name => new HttpMethod(name));

    static string Address(RouteEndpoint route, TestProject project) => Fill(route, parameter => parameter switch
    {
        "organization" => project.Organization,
        "project" => project.Slug,
        "branch" => "main",
        "version" => new string('a', 64),
        "number" => "1",
        "conflict" => "any",
        "role" => OwnRole,
        _ => Guid.Empty.ToString(),
    });

    static string Fill(RouteEndpoint route, Func<string, string> value) =>
        Parameter().Replace(route.RoutePattern.RawText ?? "", match => Uri.EscapeDataString(value(match.Groups[1].Value)));

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
