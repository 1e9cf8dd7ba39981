#pragma warning disable RS0030 // CPU time and memory of another process can only be read from Process.
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;
using CineGit.TestKit.Running;

namespace CineGit.Benchmarks.Hub;

/// <summary>The built hub as a user runs it, with a PostgreSQL of its own and nobody else on it.</summary>
sealed class BenchHub : IAsyncDisposable
{
    readonly string _folder;
    readonly HubProcess _hub;

    BenchHub(string folder, HubProcess hub)
    {
        (_folder, _hub) = (folder, hub);
        Client = NewClient();
    }

    public HttpClient Client { get; }

    public Uri Url => _hub.Url;

    public string Organization { get; private set; } = "";

    /// <summary>What it holds in memory without its PostgreSQL, in MB.</summary>
    public double ResidentMegabytes
    {
        get
        {
            using var process = Process.GetProcessById(_hub.Process.Id);
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>CPU time so far of the hub, its PostgreSQL and the load.</summary>
    public CpuShares Cpu => CpuShares.Of(_hub.Process.Id, Postmaster());

    public static async Task<BenchHub> StartAsync(string dll, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("cinegit-bench-hub-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        // The load comes from one person at one address, which the hub would slow down.
        Environment.SetEnvironmentVariable("Hub__RequestsPerPerson", "100000000");
        Environment.SetEnvironmentVariable("Hub__RequestsPerAddress", "100000000");
        var hub = new BenchHub(folder, await HubProcess.StartAsync(dll, Path.Combine(folder, "hub"), "http://127.0.0.1:0", ct));
        await hub.SetUpAsync(ct);
        return hub;
    }

    /// <summary>Signed in as the one person there is.</summary>
    public HttpClient NewClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 10_000 })
        {
            BaseAddress = _hub.Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        foreach (var (name, values) in Client?.DefaultRequestHeaders ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
        {
            client.DefaultRequestHeaders.Add(name, values);
        }

        return client;
    }

    public string At(string route, string project, params ReadOnlySpan<string> places)
    {
        var address = route.Replace("{organization}", Organization, StringComparison.Ordinal).Replace("{project}", project, StringComparison.Ordinal);
        foreach (var place in places)
        {
            var open = address.IndexOf('{', StringComparison.Ordinal);
            address = address[..open] + place + address[(address.IndexOf('}', open) + 1)..];
        }

        return address;
    }

    public async Task PostAsync<T>(string address, T body, CancellationToken ct)
    {
        using var answer = await Client.PostAsJsonAsync(address, body, HubJson.Default.Options, ct);
        await RequireAsync(answer, ct);
    }

    public static async Task<byte[]> PushBodyAsync(string branch, string? expected, CancellationToken ct, params TestVersion[] versions)
    {
        using var body = new MemoryStream();
        await VersionStream.WriteHeadAsync(body, new PushRequest(branch, expected, versions[^1].Id), HubJson.Default.PushRequest, ct);
        foreach (var version in versions) await VersionStream.WriteVersionAsync(body, version.Packed, ct);
        await VersionStream.WriteEndAsync(body, ct);
        return body.ToArray();
    }

    public async Task PushAsync(string project, byte[] body, CancellationToken ct)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(VersionStream.ContentType);
        using var answer = await Client.PostAsync(At(HubRoutes.Pushes, project), content, ct);
        await RequireAsync(answer, ct);
    }

    public async Task<T> GetAsync<T>(string address, CancellationToken ct) =>
        await Client.GetFromJsonAsync<T>(address, HubJson.Default.Options, ct) ?? throw new InvalidOperationException($"{address} answered null.");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    int? Postmaster()
    {
        var file = Path.Combine(_hub.DataFolder, "postgres", "postmaster.pid");
        return File.Exists(file) ? int.Parse(File.ReadLines(file).First(), System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    static async Task RequireAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.IsSuccessStatusCode) return;
        throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
    }

    async Task SetUpAsync(CancellationToken ct)
    {
        var secret = (await File.ReadAllTextAsync(_hub.SetupLinkFile, ct)).Trim().Split('#')[^1];
        var password = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        using var answer = await Client.PostAsJsonAsync(
            HubRoutes.Setup, new SetupRequest(secret, "Bench", "Bench", "bench@example.org", password), HubJson.Default.Options, ct);
        await RequireAsync(answer, ct);
        var session = await answer.Content.ReadFromJsonAsync<SessionResponse>(HubJson.Default.Options, ct)
            ?? throw new InvalidOperationException("The hub answered no session.");
        Organization = session.Organizations[0].Slug;
        Client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Client.DefaultRequestHeaders.Add(HubHeaders.AntiForgery, session.AntiForgery);
    }
}
