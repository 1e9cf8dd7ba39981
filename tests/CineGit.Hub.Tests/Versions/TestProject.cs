using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Hub.Tests.Versions;

/// <summary>A project of its own, and the calls that agents and browsers make on it.</summary>
public sealed class TestProject(HttpClient client, string organization, string slug) : IDisposable
{
    readonly ConcurrentDictionary<string, TestVersion> versions = new(StringComparer.Ordinal);

    int commits;

    public HttpClient Client => client;

    public string Organization => organization;

    public string Slug => slug;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestProject> CreateAsync(HubFixture hub) => await CreateAsync(await hub.CreateOwnerClientAsync(Ct), hub.Organization);

    public static async Task<TestProject> CreateAsync(HttpClient client, string organization)
    {
        var project = new TestProject(client, organization, $"film-{Guid.NewGuid():n}"[..20]);
        using var created = await client.PostAsJsonAsync(
            project.At(HubRoutes.Projects), new CreateProjectRequest("The Film", project.Slug), Ct);
        created.EnsureSuccessStatusCode();
        return project;
    }

    public void Dispose() => client.Dispose();

    /// <summary>The address of a route in this project, its other places filled in order.</summary>
    public string At(string route, params ReadOnlySpan<string> places)
    {
        var address = route
            .Replace("{organization}", organization, StringComparison.Ordinal)
            .Replace("{project}", slug, StringComparison.Ordinal);
        foreach (var place in places)
        {
            var open = address.IndexOf('{', StringComparison.Ordinal);
            address = address[..open] + Uri.EscapeDataString(place) + address[(address.IndexOf('}', open) + 1)..];
        }

        return address;
    }

    /// <summary>From here on only its members see the project; its maker is one.</summary>
    public async Task RestrictAsync()
    {
        using var restricted = await client.PutAsJsonAsync(At(HubRoutes.ProjectAccess), new ProjectAccessRequest(true), Ct);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, restricted.StatusCode);
    }

    public async Task SetMemberAsync(Guid user, string role)
    {
        using var set = await client.PutAsJsonAsync(At(HubRoutes.ProjectMember, user.ToString()), new SetMemberRequest(role), Ct);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, set.StatusCode);
    }

    public async Task<T> GetAsync<T>(string route, params string[] places) =>
        await client.GetFromJsonAsync<T>(At(route, places), Ct) ?? throw new InvalidOperationException("The hub answered null.");

    public static byte[] Canonical(Sequence cut) => CanonicalForm.BytesOf(CutWriter.Write(cut).Root);

    /// <summary>A version of a cut, packed against its parents; each is a minute later than the one before.</summary>
    public Task<TestVersion> VersionAsync(Sequence cut, string message, params string?[] parents) =>
        VersionAsync(CutWriter.Write(cut), null, message, parents);

    public async Task<TestVersion> VersionAsync(
        OtioDocument cut, (string Name, ReadOnlyMemory<byte> Bytes)? native, string message, params string?[] parents)
    {
        var known = new List<TestVersion>();
        foreach (var parent in parents.OfType<string>()) known.Add(await KnownAsync(parent));
        var version = TestVersion.Of(cut, native, message, Interlocked.Increment(ref commits), [.. known]);
        versions[version.Id] = version;
        return version;
    }

    public Task<HttpResponseMessage> PushAsync(string branch, string? expectedHead, params TestVersion[] pushed) =>
        PushAsync(new PushRequest(branch, expectedHead, pushed[^1].Id), [.. pushed.Select(version => version.Packed)]);

    public async Task<HttpResponseMessage> PushAsync(PushRequest request, params PackedVersion[] pushed) =>
        await SendAsync(await BodyAsync(request, pushed));

    /// <summary>A body of any bytes, as a push.</summary>
    public async Task<HttpResponseMessage> SendAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(VersionStream.ContentType);
        return await client.PostAsync(At(HubRoutes.Pushes), content, Ct);
    }

    public static async Task<byte[]> BodyAsync(PushRequest request, params PackedVersion[] pushed)
    {
        using var body = new MemoryStream();
        await VersionStream.WriteHeadAsync(body, request, HubJson.Default.PushRequest, Ct);
        foreach (var version in pushed) await VersionStream.WriteVersionAsync(body, version, Ct);
        await VersionStream.WriteEndAsync(body, Ct);
        return body.ToArray();
    }

    public async Task<(FetchResponse Head, List<PackedVersion> Versions)> FetchAsync(FetchRequest request)
    {
        using var response = await client.PostAsJsonAsync(At(HubRoutes.Fetches), request, Ct);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        await using var body = await response.Content.ReadAsStreamAsync(Ct);
        var head = await VersionStream.ReadHeadAsync(body, HubJson.Default.FetchResponse, Ct);
        return (head, await VersionStream.ReadVersionsAsync(body, Ct).ToListAsync(Ct));
    }

    /// <summary>A version that was made here or that the hub has.</summary>
    public async Task<TestVersion> KnownAsync(string id)
    {
        if (versions.TryGetValue(id, out var made)) return made;
        var (_, fetched) = await FetchAsync(new FetchRequest(null, [.. versions.Keys]));
        foreach (var packed in fetched)
        {
            var received = TestVersion.Received(packed, [.. packed.Version.Parents.Select(parent => versions[parent])]);
            versions[received.Id] = received;
        }

        return versions[id];
    }

    public async Task<string?> HeadAsync(string branch) => (await GetAsync<BranchResponse>(HubRoutes.Branch, branch)).Head;

    /// <summary>Pushes a cut onto the branch's head and gives the new version's id.</summary>
    public async Task<string> CommitAsync(string branch, Sequence cut, string message)
    {
        var head = await HeadAsync(branch);
        return await AcceptedAsync(await PushAsync(branch, head, await VersionAsync(cut, message, head)));
    }

    public async Task BranchAsync(string name, string? from)
    {
        using var response = await client.PostAsJsonAsync(At(HubRoutes.Branches), new CreateBranchRequest(name, from), Ct);
        response.EnsureSuccessStatusCode();
    }

    public static async Task<string> AcceptedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
            return (await response.Content.ReadFromJsonAsync<PushResponse>(Ct))?.Head ?? throw new InvalidOperationException("No head.");
        }
    }
}
