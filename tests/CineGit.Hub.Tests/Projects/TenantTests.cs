using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Versions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CineGit.Hub.Tests.Projects;

/// <summary>Nobody sees or touches what is another organization's: over HTTP, and underneath it.</summary>
[Collection(HubFixture.Collection)]
public sealed class TenantTests(HubFixture hub)
{
    static readonly string[] Tables =
    [
        "projects", "branches", "branch_log", "packs", "versions", "version_parents",
        "cut_requests", "cut_request_numbers", "cut_request_resolutions", "cut_request_reviews", "branch_protections",
        "check_results", "check_settings", "jobs", "merge_queue", "tags", "indexed_versions", "element_changes",
        "organization_roles", "project_members", "agent_seats", "invitations",
    ];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_tells_another_organizations_person_that_there_is_nothing()
    {
        using var project = await TestProject.CreateAsync(hub);
        var record = await project.VersionAsync(Films.First, "First");
        var version = await TestProject.AcceptedAsync(await project.PushAsync("main", null, record));
        await project.BranchAsync("other", version);
        using var opened = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.CutRequests), new CreateCutRequestRequest("Mine", "", "other", "main"), Ct);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);

        var stranger = await hub.CreateOrganizationAsync("Strangers " + project.Slug, Ct);
        using var theirs = new TestProject(stranger.Client, stranger.Organization, project.Slug);
        foreach (var (method, route, places, body) in Calls(await TestProject.BodyAsync(new PushRequest("main", null, version), record.Packed), version))
        {
            foreach (var address in (string[])[project.At(route, places), theirs.At(route, places)])
            {
                using var request = new HttpRequestMessage(method, address) { Content = body() };
                using var response = await stranger.Client.SendAsync(request, Ct);
                Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {address}: {(int)response.StatusCode}");
            }
        }

        Assert.Empty(await theirs.GetAsync<IReadOnlyList<ProjectResponse>>(HubRoutes.Projects));
        using var list = await stranger.Client.GetAsync(project.At(HubRoutes.Projects), Ct);
        await Answers.ProblemAsync(list, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task The_database_shows_nothing_of_another_organization_without_any_filter()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        await project.CommitAsync("main", Films.With("SC01", 50), "Second");
        await project.BranchAsync("other", first);
        using var opened = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.CutRequests), new CreateCutRequestRequest("Mine", "", "other", "main"), Ct);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        using var asked = await project.Client.PutAsync(project.At(HubRoutes.Reviewer, "1", hub.Owner.User.Id.ToString()), null, Ct);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var queued = await project.Client.PostAsJsonAsync(project.At(HubRoutes.QueueEntry, "1"), new QueueCutRequestRequest(first), Ct);
        Assert.Equal(HttpStatusCode.OK, queued.StatusCode);
        using var tagged = await project.Client.PostAsJsonAsync(project.At(HubRoutes.Tags), new CreateTagRequest("lock", first, null), Ct);
        Assert.Equal(HttpStatusCode.Created, tagged.StatusCode);
        await project.ProtectAsync(Reviewing.Asking());
        using var settings = await project.Client.PutAsJsonAsync(project.At(HubRoutes.CheckSettings), new CheckSettings(null, null, 600), Ct);
        Assert.Equal(HttpStatusCode.NoContent, settings.StatusCode);
        using var reported = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.Check, first, "colour"), new ReportCheckRequest(CheckStates.Passed, "Good.", null, null), Ct);
        Assert.Equal(HttpStatusCode.NoContent, reported.StatusCode);
        await project.RestrictAsync();
        using var role = await project.Client.PutAsJsonAsync(
            project.At(HubRoutes.Role, "loggers"), new SetRoleRequest(["organization.read"]), Ct);
        Assert.Equal(HttpStatusCode.NoContent, role.StatusCode);
        using var invited = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.Invitations), new CreateInvitationRequest(null, "guest", project.Slug, "guest", 1), Ct);
        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        using var bay = (await hub.CreateBayClientAsync(Ct)).Client;
        using var seated = await bay.GetAsync(project.At(HubRoutes.Project), Ct);
        Assert.Equal(HttpStatusCode.OK, seated.StatusCode);
        var stranger = await hub.CreateOrganizationAsync("Others " + project.Slug, Ct);
        var database = hub.Services.GetRequiredService<TenantDatabase>();

        await using var mine = await database.BeginAsync(hub.OrganizationId, Ct);
        await using var theirs = await database.BeginAsync(stranger.OrganizationId, Ct);
        await using var nobodys = await database.BeginSystemAsync(Ct);
        foreach (var table in Tables)
        {
            // Jobs come and go.
            if (table is not ("cut_request_resolutions" or "jobs")) Assert.True(await CountAsync(mine, table) > 0, table);
            Assert.Equal((table, 0), (table, await CountAsync(theirs, table)));
            Assert.Equal((table, 0), (table, await CountAsync(nobodys, table)));
        }
    }

    [Fact]
    public async Task A_row_cannot_be_written_into_another_organization()
    {
        using var project = await TestProject.CreateAsync(hub);
        var stranger = await hub.CreateOrganizationAsync("Writers " + project.Slug, Ct);
        await using var theirs = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(stranger.OrganizationId, Ct);
        const string sql = """
            insert into projects (organization_id, id, slug, name, created_by, created_at)
            values (@OrganizationId, @id, 'smuggled', 'Smuggled', @UserId, now())
            """;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => theirs.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { hub.OrganizationId, id = Guid.CreateVersion7(), stranger.UserId }, theirs.Transaction, cancellationToken: Ct)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory]
    [InlineData("update versions set message = 'rewritten'")]
    [InlineData("delete from versions")]
    [InlineData("update packs set bytes = ''")]
    [InlineData("delete from version_parents")]
    [InlineData("delete from branch_log")]
    [InlineData("truncate versions cascade")]
    public async Task What_was_written_cannot_be_changed(string sql)
    {
        await using var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => tenant.Connection.ExecuteAsync(
            new CommandDefinition(sql, transaction: tenant.Transaction, cancellationToken: Ct)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory]
    [InlineData("packs")]
    [InlineData("versions")]
    [InlineData("version_parents")]
    [InlineData("branch_log")]
    public async Task Not_even_the_owner_of_the_tables_changes_what_was_written(string table)
    {
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var connection = await owner.OpenConnectionAsync(Ct);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            connection.ExecuteAsync(new CommandDefinition($"delete from {table}", cancellationToken: Ct)));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, refusal.SqlState);
    }

    static IEnumerable<(HttpMethod Method, string Route, string[] Places, Func<HttpContent?> Body)> Calls(byte[] push, string version)
    {
        HttpContent? Nothing() => null;
        yield return (HttpMethod.Get, HubRoutes.Project, [], Nothing);
        yield return (HttpMethod.Get, HubRoutes.Branches, [], Nothing);
        yield return (HttpMethod.Post, HubRoutes.Branches, [], () => JsonContent.Create(new CreateBranchRequest("mine", null)));
        yield return (HttpMethod.Get, HubRoutes.Branch, ["main"], Nothing);
        yield return (HttpMethod.Get, HubRoutes.History, ["main"], Nothing);
        yield return (HttpMethod.Get, HubRoutes.Protection, ["main"], Nothing);
        yield return (HttpMethod.Put, HubRoutes.Protection, ["main"], () => JsonContent.Create(new SetProtectionRequest(0, null, null, null, true)));
        yield return (HttpMethod.Delete, HubRoutes.Protection, ["main"], Nothing);
        yield return (HttpMethod.Post, HubRoutes.Pushes, [], () => new ByteArrayContent(push));
        yield return (HttpMethod.Post, HubRoutes.Negotiate, [], () => JsonContent.Create(new NegotiateRequest([version])));
        yield return (HttpMethod.Post, HubRoutes.Fetches, [], () => JsonContent.Create(new FetchRequest(null, [])));
        yield return (HttpMethod.Get, HubRoutes.Version, [version], Nothing);
        yield return (HttpMethod.Get, HubRoutes.VersionCut, [version], Nothing);
        yield return (HttpMethod.Get, HubRoutes.VersionNative, [version], Nothing);
        yield return (HttpMethod.Get, HubRoutes.VersionTimeline, [version], Nothing);
        yield return (HttpMethod.Get, HubRoutes.VersionExport + "?format=edl", [version], Nothing);
        yield return (HttpMethod.Get, HubRoutes.Compare + "?head=" + version, [], Nothing);
        yield return (HttpMethod.Get, HubRoutes.ChangeList + $"?base={version}&head={version}&format=csv", [], Nothing);
        yield return (HttpMethod.Get, HubRoutes.Uses + "?media=A001", ["main"], Nothing);
        yield return (HttpMethod.Get, HubRoutes.ClipHistory, ["main", "0000000000000001-1"], Nothing);
        yield return (HttpMethod.Get, HubRoutes.Tags, [], Nothing);
        yield return (HttpMethod.Post, HubRoutes.Tags, [], () => JsonContent.Create(new CreateTagRequest("lock", version, null)));
        yield return (HttpMethod.Get, HubRoutes.Tag, ["lock"], Nothing);
        yield return (HttpMethod.Put, HubRoutes.Tag, ["lock"], () => JsonContent.Create(new MoveTagRequest(version, null)));
        yield return (HttpMethod.Delete, HubRoutes.Tag, ["lock"], Nothing);
        yield return (HttpMethod.Get, HubRoutes.Checks, [version], Nothing);
        yield return (HttpMethod.Post, HubRoutes.Checks, [version], () => JsonContent.Create(new RunChecksRequest("main")));
        yield return (HttpMethod.Post, HubRoutes.Check, [version, "colour"], () => JsonContent.Create(new ReportCheckRequest(CheckStates.Passed, "Good.", null, null)));
        yield return (HttpMethod.Get, HubRoutes.CheckSettings, [], Nothing);
        yield return (HttpMethod.Put, HubRoutes.CheckSettings, [], () => JsonContent.Create(new CheckSettings(null, null, 60)));
        yield return (HttpMethod.Get, HubRoutes.CutRequests, [], Nothing);
        yield return (HttpMethod.Post, HubRoutes.CutRequests, [], () => JsonContent.Create(new CreateCutRequestRequest("T", "", "other", "main")));
        yield return (HttpMethod.Get, HubRoutes.CutRequest, ["1"], Nothing);
        yield return (HttpMethod.Put, HubRoutes.CutRequest, ["1"], () => JsonContent.Create(new UpdateCutRequestRequest("T", null, false)));
        yield return (HttpMethod.Put, HubRoutes.Reviews, ["1"], () => JsonContent.Create(new ReviewRequest(Verdicts.Approved, version, null)));
        yield return (HttpMethod.Delete, HubRoutes.Reviews, ["1"], Nothing);
        yield return (HttpMethod.Put, HubRoutes.Reviewer, ["1", Guid.Empty.ToString()], Nothing);
        yield return (HttpMethod.Delete, HubRoutes.Reviewer, ["1", Guid.Empty.ToString()], Nothing);
        yield return (HttpMethod.Get, HubRoutes.MergeQueue, ["main"], Nothing);
        yield return (HttpMethod.Post, HubRoutes.QueueEntry, ["1"], () => JsonContent.Create(new QueueCutRequestRequest(version)));
        yield return (HttpMethod.Delete, HubRoutes.QueueEntry, ["1"], Nothing);
        yield return (HttpMethod.Put, HubRoutes.Resolution, ["1", "any"], () => JsonContent.Create(new ResolveRequest("ours")));
        yield return (HttpMethod.Delete, HubRoutes.Resolution, ["1", "any"], Nothing);
        yield return (HttpMethod.Get, HubRoutes.Outcomes, ["1", "any"], Nothing);
        yield return (HttpMethod.Post, HubRoutes.Merge, ["1"], () => JsonContent.Create(new MergeCutRequestRequest(version, version)));
        yield return (HttpMethod.Post, HubRoutes.Close, ["1"], Nothing);
    }

    static Task<long> CountAsync(TenantTransaction tenant, string table) => tenant.Connection.ExecuteScalarAsync<long>(
        new CommandDefinition($"select count(*) from {table}", transaction: tenant.Transaction, cancellationToken: Ct));
}
