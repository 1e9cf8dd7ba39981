using System.Text.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Tests;

/// <summary>The command's side of tags; what the hub does with them is tried in the hub's own tests.</summary>
public sealed class TagTests
{
    const string Tags = "/api/v1/organizations/acme/projects/film/tags";

    static readonly string Version = new('5', 64);

    [Fact]
    public async Task A_version_is_named_listed_and_the_name_taken_away()
    {
        await using var server = new LoopbackServer(Answer);
        using var bay = new Bay();
        await bay.ExpectAsync(0, "login", server.Url);
        await bay.ExpectAsync(0, "init", "--hub", server.Url, "--project", "acme/film");
        bay.WriteCut("reel.otio", ("a", 0, 48));
        using var committed = JsonDocument.Parse((await bay.ExpectAsync(0, "commit", "reel.otio", "-m", "First", "--json")).Out);
        var head = committed.RootElement.GetProperty("version").GetString();

        await bay.ExpectAsync(0, "tag", "screening-1", "-m", "For the producers");
        await bay.ExpectAsync(0, "tag", "screening-2", head![..12]);
        var sent = server.Requests.Where(request => request is { Method: "POST", Path: Tags })
            .Select(request => JsonSerializer.Deserialize(request.Body, HubJson.Default.CreateTagRequest));
        Assert.Equal([new("screening-1", head, "For the producers"), new("screening-2", head, null)], sent);

        Assert.Equal("screening-1\t555555555555\tKim\tFor the producers", (await bay.ExpectAsync(0, "tag")).Out.Trim());
        using var listed = JsonDocument.Parse((await bay.ExpectAsync(0, "tag", "--json")).Out);
        Assert.Equal(Version, listed.RootElement[0].GetProperty("version").GetString());
        await DocumentedJson.AssertNamedAsync("tag", DocumentedJson.Fields(listed.RootElement[0]));

        await bay.ExpectAsync(0, "tag", "screening-1", "--delete");
        Assert.Single(server.Requests, request => request is { Method: "DELETE", Path: Tags + "/screening-1" });
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_before_the_hub_is_asked()
    {
        await using var server = new LoopbackServer(Answer);
        using var bay = new Bay();
        await bay.ExpectAsync(0, "login", server.Url);
        await bay.ExpectAsync(0, "init", "--hub", server.Url, "--project", "acme/film");
        Assert.Contains("--delete needs the tag's name", (await bay.ExpectAsync(64, "tag", "--delete")).Error, StringComparison.Ordinal);
        Assert.Contains("nothing else", (await bay.ExpectAsync(64, "tag", "a", "b", "--delete")).Error, StringComparison.Ordinal);
        Assert.Contains("for a new tag", (await bay.ExpectAsync(64, "tag", "-m", "Why")).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be a tag", (await bay.ExpectAsync(64, "tag", "a b")).Error, StringComparison.Ordinal);
        Assert.Contains("no version", (await bay.ExpectAsync(64, "tag", "too-early")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, request => request.Path.StartsWith(Tags, StringComparison.Ordinal));
    }

    static ServerAnswer Answer(ServerRequest request) => (request.Method, request.Path) switch
    {
        ("GET", Tags) => Json<IReadOnlyList<TagResponse>>(
            [new("screening-1", Version, "For the producers", "Kim", DateTimeOffset.UnixEpoch)], HubJson.Default.IReadOnlyListTagResponse),
        ("POST", Tags) when JsonSerializer.Deserialize(request.Body, HubJson.Default.CreateTagRequest) is { } asked =>
            Json(new TagResponse(asked.Name, asked.Version, asked.Message ?? "", "Kim", DateTimeOffset.UnixEpoch), HubJson.Default.TagResponse),
        ("DELETE", Tags + "/screening-1") => new ServerAnswer(204, [], "application/json"),
        _ => new MemoryHub().Answer(request),
    };

    static ServerAnswer Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        new(200, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");
}
