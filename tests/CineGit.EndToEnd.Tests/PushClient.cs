using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Running;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.EndToEnd.Tests;

/// <summary>One version ready to be pushed: its record and the bytes of its two objects.</summary>
sealed record PreparedPush(VersionRecord Version, byte[] Cut, byte[] Native)
{
    public string Id { get; } = VersionIdentity.IdOf(Version);
}

/// <summary>An agent's push, request by request, with a call at each of ten points on the way.</summary>
sealed class PushClient : IDisposable
{
    /// <summary>
    /// 0 before anything · 1 in the middle of the native file · 2 after it · 3 after the cut · 4 as the push is sent ·
    /// 5 to 8 some milliseconds into it · 9 after its answer.
    /// </summary>
    public const int Points = 10;

    const int NativeBytes = 2_000_000;
    static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60L);
    static readonly int[] MillisecondsIntoPush = [0, 1, 3, 6, 12];

    readonly HttpClient _http;
    readonly string _project;

    PushClient(HttpClient http, string project)
    {
        _http = http;
        _project = project;
    }

    public static async Task<PushClient> SignInAsync(HubProcess hub, CancellationToken ct)
    {
        using var browser = new Browser(hub.Url);
        var person = new SetupRequest("", "Crash House", "Kim Editor", "kim@crash.example", "a long enough password");
        await browser.SetUpAsync(await File.ReadAllTextAsync(hub.SetupLinkFile, ct), person, ct);

        var http = new HttpClient { BaseAddress = hub.Url, Timeout = TimeSpan.FromSeconds(30L) };
        var code = await ReadAsync<DeviceCodeResponse>(await http.PostAsJsonAsync(HubRoutes.DeviceCodes, new DeviceCodeRequest("crash bay"), ct), ct);
        await browser.ApproveAsync(code.UserCode, ct);
        var token = await ReadAsync<TokenResponse>(await http.PostAsJsonAsync(HubRoutes.DeviceTokens, new DeviceTokenRequest(code.DeviceCode), ct), ct);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);

        var organization = await browser.OrganizationAsync(ct);
        var projects = HubRoutes.Projects.Replace("{organization}", organization, StringComparison.Ordinal);
        var project = await ReadAsync<ProjectResponse>(await http.PostAsJsonAsync(projects, new CreateProjectRequest("Crash", null), ct), ct);
        return new(http, $"{projects}/{project.Slug}");
    }

    /// <summary>A version after <paramref name="parent"/> that is like no other.</summary>
    public static PreparedPush Prepare(string? parent, int number)
    {
        var native = RandomNumberGenerator.GetBytes(NativeBytes);
        var cut = CutBytes(number, native);
        var version = new VersionRecord(
            parent is null ? [] : [parent],
            Hash(cut),
            Hash(native),
            "reel.prproj",
            "Kim Editor",
            string.Create(CultureInfo.InvariantCulture, $"version {number}"),
            DateTimeOffset.UnixEpoch.AddYears(56).AddMinutes(number));
        return new(version, cut, native);
    }

    /// <returns>True when the hub acknowledged the push.</returns>
    public async Task<bool> TryPushAsync(PreparedPush push, Func<int, Task> at, CancellationToken ct)
    {
        try
        {
            await at(0);
            await PutAsync(push.Version.Native ?? "", new InterruptedContent(push.Native, () => at(1)), ct);
            await at(2);
            await PutAsync(push.Version.Cut, new ByteArrayContent(push.Cut), ct);
            await at(3);
            var request = new PushRequest(push.Version.Parents.Count == 0 ? null : push.Version.Parents[0], [push.Version]);
            var sending = _http.PostAsJsonAsync($"{_project}/branches/main/pushes", request, ct);
            for (var i = 0; i < MillisecondsIntoPush.Length; i++)
            {
                await Task.WhenAny(sending, Task.Delay(MillisecondsIntoPush[i], ct));
                await at(4 + i);
            }

            using var answer = await sending;
            if (!answer.IsSuccessStatusCode) return false;
            await at(9);
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

    /// <summary>Every visible version, oldest first, each with both its objects fetched and their hashes checked.</summary>
    public async Task<List<string>> ReadWholeHistoryAsync(CancellationToken ct)
    {
        var history = await ReadAsync<HistoryResponse>(await GetWhenAvailableAsync("branches/main/history?limit=100", ct), ct);
        foreach (var version in history.Versions)
        {
            foreach (var hash in (string[])[version.Cut, version.Native ?? ""])
            {
                using var answer = await GetWhenAvailableAsync($"objects/{hash}", ct);
                Assert.Equal(hash, Hash(await answer.Content.ReadAsByteArrayAsync(ct)));
            }
        }

        return [.. history.Versions.Select(v => v.Id).Reverse()];
    }

    /// <summary>The first answer that is not 503; connections to a server that died may linger for a request or two.</summary>
    async Task<HttpResponseMessage> GetWhenAvailableAsync(string path, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(RecoveryLimit);
        while (true)
        {
            var answer = await _http.GetAsync($"{_project}/{path}", timeout.Token);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return answer;
            answer.Dispose();
            await Task.Delay(100, timeout.Token);
        }
    }

    public void Dispose() => _http.Dispose();

    async Task PutAsync(string hash, HttpContent content, CancellationToken ct)
    {
        content.Headers.ContentType = new("application/octet-stream");
        using var answer = await _http.PutAsync($"{_project}/objects/{hash}", content, ct);
        answer.EnsureSuccessStatusCode();
    }

    static byte[] CutBytes(int number, byte[] native)
    {
        var range = OtioBuild.Range(new(10, FrameRate.Fps24), new(48 + number, FrameRate.Fps24));
        var clip = OtioBuild.Clip("SC01", OtioBuild.ExternalReference("file:///media/A001.mov", null), range);
        var document = new OtioDocument(OtioBuild.Timeline("Crash", null, [OtioBuild.Track("V1", "Video", [clip])]));
        var cut = CutReader.Read(document, new DiagnosticBag());
        var identified = ElementMatcher.Identify(cut, null, Birth.Of("", native)).Sequence;
        var bytes = new ArrayBufferWriter<byte>();
        CanonicalForm.Write(CutWriter.Write(identified), bytes);
        return bytes.WrittenSpan.ToArray();
    }

    static string Hash(byte[] bytes) => ContentHash.Of(bytes).Hex;

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

    /// <summary>A body that says when half of it is on the wire.</summary>
    sealed class InterruptedContent(byte[] bytes, Func<Task> atHalf) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            await atHalf();
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
