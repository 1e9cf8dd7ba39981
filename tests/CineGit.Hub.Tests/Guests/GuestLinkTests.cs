using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Guests;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Guests;

[Collection(HubFixture.Collection)]
public sealed class GuestLinkTests(HubFixture hub)
{
    const string Passphrase = "tulips in winter";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_shows_its_place_before_and_after_somebody_comes_in()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (_, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(mayComment: true));
        var preview = await PreviewAsync(secret);
        Assert.Equal(new GuestPreview(false, "Nordlys Film", "The Film", "Kim Berg", true), preview);

        using var guest = await TestGuest.EnterAsync(hub, secret, " Ada ");
        Assert.Equal("Ada (guest)", guest.Session.User.DisplayName);
        Assert.Equal((hub.Organization, project.Slug, true), (guest.Place.Organization, guest.Place.Project, guest.Place.MayComment));
        var again = await guest.Client.GetFromJsonAsync<SessionResponse>(HubRoutes.Session, Ct);
        Assert.Equal((guest.Session.User, guest.Place), (again?.User, again?.Guest));
        Assert.Empty(again?.Organizations ?? [new(default, "", "", "")]);
        Assert.Equal("The Film", (await guest.Client.GetFromJsonAsync<ProjectResponse>(project.At(HubRoutes.Project), Ct))?.Name);
    }

    [Fact]
    public async Task The_secret_has_more_than_128_bits_and_only_its_hash_is_kept()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (id, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(passphrase: Passphrase));
        var own = LinkSecret.Parse(secret) ?? throw new InvalidOperationException("The secret is none.");
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(own.Secret).Length);
        var row = await RowAsync(id);
        Assert.Contains(Convert.ToHexStringLower(own.Hash), row, StringComparison.Ordinal);
        Assert.DoesNotContain(own.Secret, row, StringComparison.Ordinal);
        Assert.DoesNotContain(Passphrase, row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_tells_who_came_and_when_a_link_was_last_used()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (open, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(passphrase: Passphrase, most: 3));
        var (revoked, _) = await TestGuest.MakeLinkAsync(project, TestGuest.Link());
        await RevokeAsync(project, revoked);
        Assert.All(await ListAsync(project), link => Assert.Null(link.LastUsedAt));

        using var guest = await TestGuest.EnterAsync(hub, secret, "Ada", Passphrase);
        hub.Time.Advance(TimeSpan.FromMinutes(5));
        (await guest.Client.GetAsync(project.At(HubRoutes.Branches), Ct)).EnsureSuccessStatusCode();
        var used = hub.Time.GetUtcNow();
        var listed = (await ListAsync(project)).ToDictionary(link => link.Id);
        Assert.Equal(("The client", "open", true, 3, "Kim Berg"), (listed[open].Name, listed[open].State, listed[open].HasPassphrase, listed[open].MostPeople, listed[open].CreatedBy));
        Assert.Equal(["Ada"], listed[open].People);
        Assert.InRange(listed[open].LastUsedAt ?? default, used - TimeSpan.FromSeconds(5), used + TimeSpan.FromSeconds(5));
        Assert.InRange(listed[open].ExpiresAt - listed[open].CreatedAt, TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));
        Assert.Equal("revoked", listed[revoked].State);
    }

    [Fact]
    public async Task A_link_ends_with_its_day_and_so_does_what_came_by_it()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (_, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(days: 1));
        hub.Time.Advance(TimeSpan.FromHours(20));
        using var guest = await TestGuest.EnterAsync(hub, secret);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(guest, project));
        hub.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(guest, project));
        using var late = await TestGuest.TryEnterAsync(hub, secret);
        await Answers.ProblemAsync(late, HttpStatusCode.BadRequest, ProblemCodes.Expired);
        Assert.Equal("expired", (await ListAsync(project))[0].State);
    }

    [Fact]
    public async Task A_session_of_a_guest_is_short_and_the_link_opens_another_for_the_same_person()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (_, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(most: 1));
        using var first = await TestGuest.EnterAsync(hub, secret);
        hub.Time.Advance(TimeSpan.FromHours(13));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(first, project));
        using var again = await TestGuest.EnterAsync(hub, secret, "Ada L.", known: first.Return);
        Assert.Equal(first.Session.User.Id, again.Session.User.Id);
        Assert.Equal("Ada L. (guest)", again.Session.User.DisplayName);
        using var other = await TestGuest.TryEnterAsync(hub, secret, "Bo");
        await Answers.ProblemAsync(other, HttpStatusCode.Conflict, ProblemCodes.LinkFull);
    }

    [Fact]
    public async Task Of_many_who_come_at_once_no_more_get_in_than_the_link_is_for()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (_, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(most: 3));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async each =>
        {
            using var response = await TestGuest.TryEnterAsync(hub, secret, $"Guest {each}");
            return response.StatusCode;
        }));
        Assert.Equal(3, answers.Count(answer => answer == HttpStatusCode.OK));
        Assert.Equal(9, answers.Count(answer => answer == HttpStatusCode.Conflict));
        Assert.Equal(3, (await ListAsync(project))[0].People.Count);
    }

    [Fact]
    public async Task A_passphrase_is_asked_for_and_guesses_are_slowed_down()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (_, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(passphrase: Passphrase));
        Assert.Equal(new GuestPreview(true, null, null, null, false), await PreviewAsync(secret));
        using var without = await TestGuest.TryEnterAsync(hub, secret);
        await Answers.ProblemAsync(without, HttpStatusCode.Unauthorized, ProblemCodes.WrongCredentials);
        using (await TestGuest.EnterAsync(hub, secret, passphrase: Passphrase))
        {
        }

        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 11; guess++)
        {
            using var wrong = await TestGuest.TryEnterAsync(hub, secret, passphrase: $"tulips in summer {guess}");
            statuses.Add(wrong.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task Ten_wrong_passphrases_put_a_link_to_rest_from_wherever_they_come()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (_, text) = await TestGuest.MakeLinkAsync(project, TestGuest.Link(passphrase: Passphrase));
        var secret = LinkSecret.Parse(text) ?? throw new InvalidOperationException("The secret is none.");
        var entry = hub.Services.GetRequiredService<GuestEntry>();
        Task<GuestEntryResult> TryAsync(string passphrase) => entry.EnterAsync(secret, "Eve", passphrase, null, "a test", Ct);
        await Task.WhenAll(Enumerable.Range(0, GuestLinkStore.MostFailures).Select(guess => TryAsync($"guess number {guess}")));
        Assert.IsType<GuestEntryResult.Refused>(await TryAsync(Passphrase));
        hub.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.IsType<GuestEntryResult.Entered>(await TryAsync(Passphrase));
    }

    [Fact]
    public async Task Taking_a_link_back_ends_open_streams_within_a_second_and_every_session()
    {
        using var project = await TestProject.CreateAsync(hub);
        var (id, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link());
        using var one = await TestGuest.EnterAsync(hub, secret);
        using var two = await TestGuest.EnterAsync(hub, secret, "Bo");
        await using var listener = await TestListener.OpenAsync(one.Client, project.At(HubRoutes.ProjectEvents));
        await using var another = await TestListener.OpenAsync(two.Client, project.At(HubRoutes.ProjectEvents));
        await RevokeAsync(project, id);
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        await listener.EndedAsync();
        await another.EndedAsync();
        var passed = System.Diagnostics.Stopwatch.GetElapsedTime(since);
        Assert.True(passed < TimeSpan.FromSeconds(1), $"The streams stayed open for {passed}.");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(one, project));
        using var late = await TestGuest.TryEnterAsync(hub, secret, known: one.Return);
        await Answers.ProblemAsync(late, HttpStatusCode.BadRequest, ProblemCodes.Expired);
    }

    [Fact]
    public async Task Only_who_may_invite_makes_links_and_nobody_gives_what_they_do_not_have()
    {
        using var project = await TestProject.CreateAsync(hub);
        foreach (var (role, status) in (IEnumerable<(string, HttpStatusCode)>)
            [(Roles.Producer, HttpStatusCode.OK), (Roles.Editor, HttpStatusCode.Forbidden), (Roles.Reviewer, HttpStatusCode.Forbidden), (Roles.Guest, HttpStatusCode.NotFound)])
        {
            var member = await hub.CreateMemberAsync(role, Ct);
            using var client = member.Client;
            using var response = await client.PostAsJsonAsync(project.At(HubRoutes.GuestLinks), TestGuest.Link(), Ct);
            Assert.Equal(status, response.StatusCode);
        }

        using var defined = await project.Client.PutAsJsonAsync(
            project.At(HubRoutes.Role, "hosts"), new SetRoleRequest(["organization.read", "project.enter", "project.read", "guest.invite"]), Ct);
        defined.EnsureSuccessStatusCode();
        var host = await hub.CreateMemberAsync("hosts", Ct);
        using var browser = host.Client;
        using var looks = await browser.PostAsJsonAsync(project.At(HubRoutes.GuestLinks), TestGuest.Link(), Ct);
        Assert.Equal(HttpStatusCode.OK, looks.StatusCode);
        using var comments = await browser.PostAsJsonAsync(project.At(HubRoutes.GuestLinks), TestGuest.Link(mayComment: true), Ct);
        await Answers.ProblemAsync(comments, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
    }

    [Theory]
    [InlineData("""{"name":"","mayComment":false}""", 400)]
    [InlineData("""{"name":"x","mayComment":false,"expiresInDays":366}""", 400)]
    [InlineData("""{"name":"x","mayComment":false,"expiresInDays":0}""", 400)]
    [InlineData("""{"name":"x","mayComment":false,"passphrase":"short"}""", 400)]
    [InlineData("""{"name":"x","mayComment":false,"mostPeople":0}""", 400)]
    [InlineData("""{"name":"x","mayComment":false,"branch":"main","cutRequest":1}""", 400)]
    [InlineData("""{"name":"x","mayComment":false,"branch":"nowhere"}""", 404)]
    [InlineData("""{"name":"x","mayComment":false,"cutRequest":77}""", 404)]
    [InlineData("""{"name":"x","mayComment":true,"branch":"main","expiresInDays":365,"mostPeople":1000}""", 200)]
    public async Task What_a_link_may_be_is_checked(string body, int status)
    {
        using var project = await TestProject.CreateAsync(hub);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await project.Client.PostAsync(project.At(HubRoutes.GuestLinks), content, Ct);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Links_and_those_who_come_are_told_to_the_members_and_not_to_guests()
    {
        using var project = await TestProject.CreateAsync(hub);
        using var guest = await TestGuest.EnterAsync(hub, project, TestGuest.Link());
        await using var member = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));
        await using var listener = await TestListener.OpenAsync(guest.Client, project.At(HubRoutes.ProjectEvents));
        var (id, secret) = await TestGuest.MakeLinkAsync(project, TestGuest.Link());
        using (await TestGuest.EnterAsync(hub, secret, "Bo"))
        {
        }

        await RevokeAsync(project, id);
        await project.BranchAsync("after", null);
        Assert.Equal(id, (await member.NextAsync(EventNames.GuestLinkCreated)).Detail.GetProperty("link").GetGuid());
        Assert.Equal("Bo", (await member.NextAsync(EventNames.GuestJoined)).Detail.GetProperty("name").GetString());
        Assert.Equal(id, (await member.NextAsync(EventNames.GuestLinkRevoked)).Detail.GetProperty("link").GetGuid());
        Assert.Equal(EventNames.BranchCreated, (await listener.NextAsync())?.Name);
    }

    [Fact]
    public async Task A_guest_is_a_guest_everywhere_and_can_sign_out()
    {
        using var project = await TestProject.CreateAsync(hub);
        using var guest = await TestGuest.EnterAsync(hub, project, TestGuest.Link());
        foreach (var route in (string[])[HubRoutes.Account, HubRoutes.AccountSessions, HubRoutes.AccountTokens])
        {
            using var refused = await guest.Client.GetAsync(route, Ct);
            await Answers.ProblemAsync(refused, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        }

        Assert.Empty(await project.GetAsync<IReadOnlyList<MemberResponse>>(HubRoutes.Members) is { } members
            ? members.Where(member => member.UserId == guest.Session.User.Id)
            : []);
        using var signedOut = await guest.Client.DeleteAsync(HubRoutes.Session, Ct);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(guest, project));
    }

    async Task<GuestPreview?> PreviewAsync(string secret)
    {
        using var client = hub.CreateClientFrom(TestGuest.Network);
        using var response = await client.PostAsJsonAsync(HubRoutes.GuestPreviews, new GuestPreviewRequest(secret), Ct);
        return await TestCutRequest.ReadAsync<GuestPreview>(response, HttpStatusCode.OK);
    }

    async Task<string> RowAsync(Guid link)
    {
        await using var owner = Database.TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var command = owner.CreateCommand(
            $"select set_config('cinegit.organization_id', '{hub.OrganizationId}', false); select to_jsonb(l)::text from guest_links l where id = '{link}'");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        await reader.NextResultAsync(Ct);
        Assert.True(await reader.ReadAsync(Ct));
        return reader.GetString(0);
    }

    static Task<IReadOnlyList<GuestLinkResponse>> ListAsync(TestProject project) =>
        project.GetAsync<IReadOnlyList<GuestLinkResponse>>(HubRoutes.GuestLinks);

    static async Task RevokeAsync(TestProject project, Guid link)
    {
        using var response = await project.Client.DeleteAsync(project.At(HubRoutes.GuestLink, link.ToString()), Ct);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    static async Task<HttpStatusCode> StatusAsync(TestGuest guest, TestProject project)
    {
        using var response = await guest.Client.GetAsync(project.At(HubRoutes.Project), Ct);
        return response.StatusCode;
    }
}
