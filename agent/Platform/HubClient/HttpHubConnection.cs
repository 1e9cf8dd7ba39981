using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Platform.HubClient;

/// <summary>The hub over HTTP: JSON of <see cref="HubJson"/>, versions as a <see cref="VersionStream"/>.</summary>
internal sealed class HttpHubConnection : IHubConnection, IDisposable
{
    static readonly TimeSpan ForVersions = TimeSpan.FromMinutes(10);

    readonly HttpClient _http;
    readonly Uri _hub;
    readonly HubTransport _transport;

    /// <param name="hub">The hub's address.</param>
    /// <param name="tokens">Null for device sign-in, which needs none.</param>
    /// <param name="retries">How calls that may be repeated are.</param>
    /// <param name="clock">For waiting between repeats.</param>
    public HttpHubConnection(Uri hub, HubTokens? tokens, RetryPolicy retries, TimeProvider clock)
    {
        _hub = hub;
        _http = new(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            AutomaticDecompression = DecompressionMethods.All,
            // An API moves nowhere; following would carry a write to another place as a read.
            AllowAutoRedirect = false,
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("cinegit", ThisProgram.Version));
        _transport = new(_http, hub, retries, clock)
        {
            Tokens = tokens is null ? null : (refused, ct) => tokens.AccessTokenAsync(refused, RefreshAsync, ct),
        };
    }

    public static HttpHubConnection SignedIn(CineGitHome home, Uri hub, TimeProvider clock) =>
        new(hub, new(home, hub, clock), RetryPolicy.Default, clock);

    public Task<SessionResponse> GetSessionAsync(CancellationToken ct) =>
        GetAsync(HubRoutes.Session, HubJson.Default.SessionResponse, ct);

    public Task<DeviceCodeResponse> RequestDeviceCodeAsync(DeviceCodeRequest request, CancellationToken ct) =>
        SendAsync(Post(HubRoutes.DeviceCodes, request, HubJson.Default.DeviceCodeRequest) with { Anonymous = true }, HubJson.Default.DeviceCodeResponse, ct);

    public Task<TokenResponse> RequestTokenAsync(DeviceTokenRequest request, CancellationToken ct) =>
        SendAsync(Post(HubRoutes.DeviceTokens, request, HubJson.Default.DeviceTokenRequest) with { Anonymous = true }, HubJson.Default.TokenResponse, ct);

    public Task<TokenResponse> RefreshAsync(RefreshRequest request, CancellationToken ct) =>
        SendAsync(Post(HubRoutes.DeviceRefresh, request, HubJson.Default.RefreshRequest) with { Anonymous = true }, HubJson.Default.TokenResponse, ct);

    public Task<IReadOnlyList<ProjectResponse>> ListProjectsAsync(string organization, CancellationToken ct) =>
        GetAsync(Fill(HubRoutes.Projects, ("organization", organization)), HubJson.Default.IReadOnlyListProjectResponse, ct);

    public Task<ProjectResponse> CreateProjectAsync(string organization, CreateProjectRequest request, CancellationToken ct) =>
        SendAsync(Post(Fill(HubRoutes.Projects, ("organization", organization)), request, HubJson.Default.CreateProjectRequest), HubJson.Default.ProjectResponse, ct);

    public Task<IReadOnlyList<BranchResponse>> ListBranchesAsync(ProjectAddress project, CancellationToken ct) =>
        GetAsync(In(project, HubRoutes.Branches), HubJson.Default.IReadOnlyListBranchResponse, ct);

    public Task<BranchResponse> GetBranchAsync(ProjectAddress project, string branch, CancellationToken ct) =>
        GetAsync(In(project, HubRoutes.Branch, ("branch", branch)), HubJson.Default.BranchResponse, ct);

    public Task<BranchResponse> CreateBranchAsync(ProjectAddress project, CreateBranchRequest request, CancellationToken ct) =>
        SendAsync(Post(In(project, HubRoutes.Branches), request, HubJson.Default.CreateBranchRequest), HubJson.Default.BranchResponse, ct);

    public Task<NegotiateResponse> NegotiateAsync(ProjectAddress project, NegotiateRequest request, CancellationToken ct) =>
        SendAsync(
            Post(In(project, HubRoutes.Negotiate), request, HubJson.Default.NegotiateRequest) with { Idempotent = true },
            HubJson.Default.NegotiateResponse,
            ct);

    public async Task<Fetched> FetchAsync(ProjectAddress project, FetchRequest request, CancellationToken ct)
    {
        var call = Post(In(project, HubRoutes.Fetches), request, HubJson.Default.FetchRequest) with { Idempotent = true, Timeout = ForVersions };
        var answer = await _transport.OpenAsync(call, ct);
        try
        {
            return new(await VersionStream.ReadHeadAsync(answer, HubJson.Default.FetchResponse, ct), ReadVersionsAsync(answer, ct));
        }
        catch (Exception e)
        {
            await answer.DisposeAsync();
            if (e is InvalidDataException) throw NotUnderstood(e.Message.TrimEnd('.'));
            throw;
        }
    }

    public Task<PushResponse> PushAsync(
        ProjectAddress project, PushRequest request, IReadOnlyList<PackedVersion> versions, CancellationToken ct) =>
        SendAsync(
            new(HttpMethod.Post, In(project, HubRoutes.Pushes)) { Body = () => new PushBody(request, versions), Idempotent = true, Timeout = ForVersions },
            HubJson.Default.PushResponse,
            ct);

    public Task<CutRequestResponse> CreateCutRequestAsync(ProjectAddress project, CreateCutRequestRequest request, CancellationToken ct) =>
        SendAsync(Post(In(project, HubRoutes.CutRequests), request, HubJson.Default.CreateCutRequestRequest), HubJson.Default.CutRequestResponse, ct);

    public Task<IReadOnlyList<CutRequestSummary>> ListCutRequestsAsync(ProjectAddress project, CancellationToken ct) =>
        GetAsync(In(project, HubRoutes.CutRequests), HubJson.Default.IReadOnlyListCutRequestSummary, ct);

    public Task<CutRequestResponse> GetCutRequestAsync(ProjectAddress project, int number, CancellationToken ct) =>
        GetAsync(In(project, HubRoutes.CutRequest, Number(number)), HubJson.Default.CutRequestResponse, ct);

    public Task<CutRequestResponse> ResolveAsync(ProjectAddress project, int number, string conflict, ResolveRequest request, CancellationToken ct) =>
        SendAsync(
            Put(In(project, HubRoutes.Resolution, Number(number), ("conflict", conflict)), request, HubJson.Default.ResolveRequest),
            HubJson.Default.CutRequestResponse,
            ct);

    public Task<MergeCutRequestResponse> MergeAsync(ProjectAddress project, int number, MergeCutRequestRequest request, CancellationToken ct) =>
        SendAsync(Post(In(project, HubRoutes.Merge, Number(number)), request, HubJson.Default.MergeCutRequestRequest), HubJson.Default.MergeCutRequestResponse, ct);

    public Task<IReadOnlyList<TagResponse>> ListTagsAsync(ProjectAddress project, CancellationToken ct) =>
        GetAsync(In(project, HubRoutes.Tags), HubJson.Default.IReadOnlyListTagResponse, ct);

    public Task<TagResponse> CreateTagAsync(ProjectAddress project, CreateTagRequest request, CancellationToken ct) =>
        SendAsync(Post(In(project, HubRoutes.Tags), request, HubJson.Default.CreateTagRequest), HubJson.Default.TagResponse, ct);

    public Task DeleteTagAsync(ProjectAddress project, string tag, CancellationToken ct) =>
        _transport.SendAsync(new(HttpMethod.Delete, In(project, HubRoutes.Tag, ("tag", tag))), ct);

    public void Dispose() => _http.Dispose();

    static (string, string) Number(int number) => ("number:int", number.ToString(CultureInfo.InvariantCulture));

    static string In(ProjectAddress project, string route, params ReadOnlySpan<(string Name, string Value)> rest) =>
        Fill(Fill(route, ("organization", project.Organization), ("project", project.Project)), rest);

    static string Fill(string route, params ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
            route = route.Replace("{" + name + "}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        return route;
    }

    static HubCall Post<T>(string path, T body, JsonTypeInfo<T> type) => new(HttpMethod.Post, path) { Body = Json(body, type) };

    static HubCall Put<T>(string path, T body, JsonTypeInfo<T> type) => new(HttpMethod.Put, path) { Body = Json(body, type) };

    static Func<HttpContent> Json<T>(T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return () => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } };
    }

    async IAsyncEnumerable<PackedVersion> ReadVersionsAsync(Stream answer, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var open = answer;
        await using var versions = VersionStream.ReadVersionsAsync(answer, ct).GetAsyncEnumerator(ct);
        while (await IsThereAnotherAsync()) yield return versions.Current;

        async Task<bool> IsThereAnotherAsync()
        {
            try
            {
                return await versions.MoveNextAsync();
            }
            catch (InvalidDataException e)
            {
                throw NotUnderstood(e.Message.TrimEnd('.'));
            }
        }
    }

    Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) => SendAsync(new(HttpMethod.Get, path), type, ct);

    async Task<T> SendAsync<T>(HubCall call, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var body = await _transport.SendAsync(call, ct);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw NotUnderstood("its answer is empty");
        }
        catch (JsonException e)
        {
            throw NotUnderstood(e.Message.TrimEnd('.'));
        }
    }

    HubProblemException NotUnderstood(string why) =>
        new("", (int)HttpStatusCode.OK, $"{_hub} gave an answer that this cinegit does not understand ({why}); check the address, and that hub and cinegit are of like versions.", null);
}
