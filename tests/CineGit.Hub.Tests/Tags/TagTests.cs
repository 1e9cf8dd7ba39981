using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Tags;

/// <summary>Names that stay on their versions.</summary>
[Collection(HubFixture.Collection)]
public sealed class TagTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_stays_on_its_version_and_is_seen_in_the_history()
    {
        using var project = await TestProject.CreateAsync(hub);
        var locked = await project.CommitAsync("main", Films.First, "First");
        await using var listener = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));
        using var created = await TagAsync(project.Client, project, "locked-picture", locked);
        var tag = await TestCutRequest.ReadAsync<TagResponse>(created, HttpStatusCode.Created);
        Assert.Equal((locked, "For sound.", "Kim Berg"), (tag.Version, tag.Message, tag.TaggedByName));
        Assert.Equal(locked, (await listener.NextAsync(EventNames.VersionTagged)).Detail.GetProperty("to").GetString());

        var later = await project.CommitAsync("main", Films.With("SC01", 90), "Second");
        using (var taken = await TagAsync(project.Client, project, "Locked-Picture", later))
        {
            await Answers.ProblemAsync(taken, HttpStatusCode.Conflict, ProblemCodes.NameTaken);
        }

        var history = await project.GetAsync<HistoryResponse>(HubRoutes.History, "main");
        Assert.Equal([(later, ""), (locked, "locked-picture")], history.Versions.Select(version => (version.Id, string.Join(' ', version.Tags))));
        Assert.Equal(["locked-picture"], (await project.GetAsync<VersionResponse>(HubRoutes.Version, locked)).Tags);
        Assert.Equal(tag, await project.GetAsync<TagResponse>(HubRoutes.Tag, "locked-picture"));
    }

    [Fact]
    public async Task Only_who_manages_tags_moves_or_removes_one_and_sees_it_first()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        var second = await project.CommitAsync("main", Films.With("SC01", 90), "Second");
        using var editor = (await hub.CreateMemberAsync(Roles.Editor, Ct)).Client;
        using (var tagged = await TagAsync(editor, project, "lock", first)) Assert.Equal(HttpStatusCode.Created, tagged.StatusCode);
        var address = project.At(HubRoutes.Tag, "lock");
        using (var unable = await editor.PutAsJsonAsync(address, new MoveTagRequest(second, null), Ct))
        {
            await Answers.ProblemAsync(unable, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        }

        using var seen = await project.Client.GetAsync(address, Ct);
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        using var moved = await project.Client.PutAsJsonAsync(address, new MoveTagRequest(second, "Once more."), Ct);
        Assert.Equal(second, (await TestCutRequest.ReadAsync<TagResponse>(moved, HttpStatusCode.OK)).Version);
        using var late = new HttpRequestMessage(HttpMethod.Delete, address);
        late.Headers.IfMatch.Add(seen.Headers.ETag ?? throw new InvalidOperationException("There is no ETag."));
        using (var refused = await project.Client.SendAsync(late, Ct)) await Answers.ProblemAsync(refused, HttpStatusCode.PreconditionFailed, ProblemCodes.Changed);
        using var removed = await project.Client.DeleteAsync(address, Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty(await project.GetAsync<IReadOnlyList<TagResponse>>(HubRoutes.Tags));
    }

    [Theory]
    [InlineData("-lock", null, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest)]
    [InlineData("lock", "main", HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest)]
    [InlineData("lock", "0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.UnprocessableEntity, ProblemCodes.MissingObject)]
    public async Task What_is_no_tag_is_refused(string name, string? version, HttpStatusCode status, string code)
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        using var refused = await TagAsync(project.Client, project, name, version ?? first);
        await Answers.ProblemAsync(refused, status, code);
    }

    static Task<HttpResponseMessage> TagAsync(HttpClient client, TestProject project, string name, string version) =>
        client.PostAsJsonAsync(project.At(HubRoutes.Tags), new CreateTagRequest(name, version, "For sound."), Ct);
}
