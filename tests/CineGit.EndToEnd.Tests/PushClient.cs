using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;
using CineGit.TestKit.Running;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.EndToEnd.Tests;

/// <summary>One version ready to be pushed.</summary>
sealed record PreparedPush(string? Parent, PackedVersion Version)
{
    public string Id { get; } = VersionIdentity.IdOf(Version.Version);
}

/// <summary>An agent's push, with a call at each of twenty points on the way.</summary>
sealed class PushClient : IDisposable
{
    /// <summary>
    /// 0 before anything · 1 in the middle of the body · 2 before its last byte · 3 to 18 some milliseconds after it ·
    /// 19 after the answer.
    /// </summary>
    public const int Points = 20;

    const int NativeBytes = 2_000_000;
    static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60L);
    static readonly int[] MillisecondsIntoPush = [0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10, 15, 25];

    readonly HttpClient _http;
    readonly string _project;
    readonly OrderedDictionary<string, TestVersion> _fetched = new(StringComparer.Ordinal);

    readonly TestBayKey _key;
    string _refreshToken = "";

    PushClient(HttpClient http, string project, TestBayKey key) => (_http, _project, _key) = (http, project, key);

    public static async Task<PushClient> SignInAsync(HubProcess hub, CancellationToken ct)
    {
        using var browser = new Browser(hub.Url);
        var person = new SetupRequest("", "Crash House", "Kim Editor", "kim@crash.example", "a long enough password");
        await browser.SetUpAsync(await File.ReadAllTextAsync(hub.SetupLinkFile, ct), person, ct);

        var http = new HttpClient { BaseAddress = hub.Url, Timeout = TimeSpan.FromSeconds(30L) };
        var key = new TestBayKey();
        var code = await ReadAsync<DeviceCodeResponse>(
            await http.PostAsJsonAsync(HubRoutes.DeviceCodes, new DeviceCodeRequest("crash bay", key.PublicHalf), ct), ct);
        await browser.ApproveAsync(code.UserCode, ct);
        var token = await ReadAsync<TokenResponse>(await http.PostAsJsonAsync(HubRoutes.DeviceTokens, new DeviceTokenRequest(code.DeviceCode, key.Sign(MachineProof.OfPairing(code.DeviceCode))), ct), ct);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);

        var organization = await browser.OrganizationAsync(ct);
        var projects = HubRoutes.Projects.Replace("{organization}", organization, StringComparison.Ordinal);
        var project = await ReadAsync<ProjectResponse>(await http.PostAsJsonAsync(projects, new CreateProjectRequest("Crash", null), ct), ct);
        return new(http, $"{projects}/{project.Slug}", key) { _refreshToken = token.RefreshToken };
    }

    /// <summary>Access tokens last for minutes, campaigns longer.</summary>
    public async Task RenewAsync(CancellationToken ct)
    {
        var request = new RefreshRequest(_refreshToken, _key.Sign(MachineProof.OfRefresh(_refreshToken)));
        var token = await ReadAsync<TokenResponse>(
            await WhenAvailableAsync(limit => _http.PostAsJsonAsync(HubRoutes.DeviceRefresh, request, limit), ct), ct);
        _refreshToken = token.RefreshToken;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
    }

    /// <summary>A version after <paramref name="parent"/> that is like no other.</summary>
    public static PreparedPush Prepare(string? parent, int number)
    {
        var native = RandomNumberGenerator.GetBytes(NativeBytes);
        var alone = TestVersion.Of(
            CutOf(number, native), ("reel.prproj", native), string.Create(CultureInfo.InvariantCulture, $"version {number}"), number);

        // Packs that build on nothing are whole, whatever the parent.
        var record = alone.Record with { Parents = parent is null ? [] : [parent] };
        return new(parent, alone.Packed with { Version = record });
    }

    /// <returns>True when the hub acknowledged the push.</returns>
    public async Task<bool> TryPushAsync(PreparedPush push, Func<int, Task> at, CancellationToken ct)
    {
        try
        {
            await at(0);
            var content = new InterruptedContent(await BodyAsync(push, ct), () => at(1), () => at(2));
            var sending = _http.PostAsync($"{_project}/pushes", content, ct);
            await Task.WhenAny(sending, content.Sent);
            for (var i = 0; i < MillisecondsIntoPush.Length; i++)
            {
                await Task.WhenAny(sending, Task.Delay(MillisecondsIntoPush[i], ct));
                await at(3 + i);
            }

            using var answer = await sending;
            if (!answer.IsSuccessStatusCode) return false;
            await at(Points - 1);
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What an agent does: as long as the hub says "try again in a moment", it does.</summary>
    public async Task PushUntilAcceptedAsync(PreparedPush push, TimeSpan limit, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(limit);
        while (!await TryPushAsync(push, _ => Task.CompletedTask, timeout.Token)) await Task.Delay(100, timeout.Token);
    }

    /// <summary>Every visible version, oldest first. Those that were not fetched before are, and their hashes checked.</summary>
    public async Task<List<string>> ReadHistoryAsync(CancellationToken ct)
    {
        var history = await ReadAsync<HistoryResponse>(
            await WhenAvailableAsync(token => _http.GetAsync($"{_project}/branches/main/history?limit=200", token), ct), ct);
        var missing = new FetchRequest(["main"], [.. _fetched.Keys.TakeLast(1)]);
        using var answer = await WhenAvailableAsync(token => _http.PostAsJsonAsync($"{_project}/fetches", missing, token), ct);
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        await VersionStream.ReadHeadAsync(body, HubJson.Default.FetchResponse, ct);
        await foreach (var packed in VersionStream.ReadVersionsAsync(body, ct))
        {
            var version = TestVersion.Received(packed, [.. packed.Version.Parents.Select(parent => _fetched[parent])]);
            _fetched.Add(version.Id, version);
        }

        List<string> visible = [.. history.Versions.Select(v => v.Id).Reverse()];
        Assert.Equal(visible, _fetched.Keys);
        return visible;
    }

    /// <summary>As <see cref="ReadHistoryAsync"/>, every version fetched whole again.</summary>
    public Task<List<string>> ReadWholeHistoryAsync(CancellationToken ct)
    {
        _fetched.Clear();
        return ReadHistoryAsync(ct);
    }

    /// <summary>The first answer that is not 503; connections to a server that died may linger for a request or two.</summary>
    static async Task<HttpResponseMessage> WhenAvailableAsync(Func<CancellationToken, Task<HttpResponseMessage>> ask, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(RecoveryLimit);
        while (true)
        {
            var answer = await ask(timeout.Token);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return answer;
            answer.Dispose();
            await Task.Delay(100, timeout.Token);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _key.Dispose();
    }

    static async Task<byte[]> BodyAsync(PreparedPush push, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await VersionStream.WriteHeadAsync(body, new PushRequest("main", push.Parent, push.Id), HubJson.Default.PushRequest, ct);
        await VersionStream.WriteVersionAsync(body, push.Version, ct);
        await VersionStream.WriteEndAsync(body, ct);
        return body.ToArray();
    }

    static OtioDocument CutOf(int number, byte[] native)
    {
        var range = OtioBuild.Range(new(10, FrameRate.Fps24), new(48 + number, FrameRate.Fps24));
        var clip = OtioBuild.Clip("SC01", OtioBuild.ExternalReference("file:///media/A001.mov", null), range);
        var document = new OtioDocument(OtioBuild.Timeline("Crash", null, [OtioBuild.Track("V1", "Video", [clip])]));
        var cut = CutReader.Read(document, new DiagnosticBag());
        return CutWriter.Write(ElementMatcher.Identify(cut, null, Birth.Of("", native)).Sequence);
    }

    static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken ct)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(ct);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode}: {text}");
            return System.Text.Json.JsonSerializer.Deserialize<T>(Encoding.UTF8.GetBytes(text), HubJson.Default.Options)
                ?? throw new InvalidOperationException("The hub answered null.");
        }
    }

    /// <summary>A body that says when half of it is on the wire, when all but its last byte is, and when all is.</summary>
    sealed class InterruptedContent : HttpContent
    {
        readonly byte[] _bytes;
        readonly Func<Task> _atHalf;
        readonly Func<Task> _beforeEnd;
        readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public InterruptedContent(byte[] bytes, Func<Task> atHalf, Func<Task> beforeEnd)
        {
            (_bytes, _atHalf, _beforeEnd) = (bytes, atHalf, beforeEnd);
            Headers.ContentType = new(VersionStream.ContentType);
        }

        public Task Sent => _sent.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = _bytes.Length / 2;
            await stream.WriteAsync(_bytes.AsMemory(0, half));
            await stream.FlushAsync();
            await _atHalf();
            await stream.WriteAsync(_bytes.AsMemory(half, _bytes.Length - half - 1));
            await stream.FlushAsync();
            await _beforeEnd();
            await stream.WriteAsync(_bytes.AsMemory(_bytes.Length - 1));
            await stream.FlushAsync();
            _sent.SetResult();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
