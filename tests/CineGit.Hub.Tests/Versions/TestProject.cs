using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Hub.Tests.Versions;

/// <summary>A project of its own, and the calls that agents and browsers make on it.</summary>
public sealed class TestProject(HttpClient client, string organization, string slug) : IDisposable
{
    static readonly DateTimeOffset FirstCommit = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    int commits;

    public HttpClient Client => client;

    public string Organization => organization;

    public string Slug => slug;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestProject> CreateAsync(HubFixture hub)
    {
        var client = await hub.CreateOwnerClientAsync(Ct);
        var project = new TestProject(client, hub.Organization, $"film-{Guid.NewGuid():n}"[..20]);
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

    public async Task<T> GetAsync<T>(string route, params string[] places) =>
        await client.GetFromJsonAsync<T>(At(route, places), Ct) ?? throw new InvalidOperationException("The hub answered null.");

    /// <summary>Uploads the bytes and gives their hash.</summary>
    public async Task<string> PutAsync(byte[] bytes)
    {
        var hash = ContentHash.Of(bytes).Hex;
        using var response = await PutAsync(hash, bytes);
        response.EnsureSuccessStatusCode();
        return hash;
    }

    public async Task<HttpResponseMessage> PutAsync(string hash, byte[] bytes)
    {
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await client.PutAsync(At(HubRoutes.Object, hash), body, Ct);
    }

    public static byte[] Canonical(Sequence cut)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalForm.Write(CutWriter.Write(cut), output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Uploads a cut and makes the record of a version with it; each is a minute later than the one before.</summary>
    public async Task<VersionRecord> RecordAsync(Sequence cut, string message, params string?[] parents) => new(
        [.. parents.OfType<string>()],
        await PutAsync(Canonical(cut)),
        null,
        null,
        "Kim Berg",
        message,
        FirstCommit.AddMinutes(Interlocked.Increment(ref commits)));

    public Task<HttpResponseMessage> PushAsync(string branch, string? expectedHead, params VersionRecord[] versions) =>
        client.PostAsJsonAsync(At(HubRoutes.Pushes, branch), new PushRequest(expectedHead, versions), Ct);

    public async Task<string?> HeadAsync(string branch) => (await GetAsync<BranchResponse>(HubRoutes.Branch, branch)).Head;

    /// <summary>Pushes a cut onto the branch's head and gives the new version's id.</summary>
    public async Task<string> CommitAsync(string branch, Sequence cut, string message)
    {
        var head = await HeadAsync(branch);
        return await AcceptedAsync(await PushAsync(branch, head, await RecordAsync(cut, message, head)));
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
