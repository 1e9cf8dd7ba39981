using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Platform.HubClient;

/// <summary>How often, and how long between, a call that may be repeated is repeated.</summary>
internal sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay)
{
    public static readonly RetryPolicy Default = new(4, TimeSpan.FromMilliseconds(250));

    /// <summary>Doubles each time; half of it is chance, so that bays that lost the hub together do not return together.</summary>
    public TimeSpan DelayAfter(int attempt) => FirstDelay * ((1 << attempt) * (0.5 + Random.Shared.NextDouble() / 2));
}

/// <param name="Method">GET, PUT, POST….</param>
/// <param name="Path">From the hub's address, with the query.</param>
internal sealed record HubCall(HttpMethod Method, string Path)
{
    /// <summary>Made anew for every attempt.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Device codes and token renewal carry no token.</summary>
    public bool Anonymous { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Repeating it changes nothing that once did not.</summary>
    public bool Idempotent { get; init; } = Method == HttpMethod.Get || Method == HttpMethod.Head || Method == HttpMethod.Put;

    /// <summary>A good answer is read while it comes in; <see cref="Timeout"/> is then for its beginning.</summary>
    public bool Streams { get; init; }
}

/// <summary>Sends one call: token, timeout, repeats, and problems as exceptions.</summary>
internal sealed class HubTransport(HttpClient http, Uri hub, RetryPolicy retries, TimeProvider clock)
{
    /// <summary>Gives a token to send, given the one that was just refused; null while nobody needs one.</summary>
    public Func<string?, CancellationToken, Task<string>>? Tokens { get; init; }

    /// <summary>The whole answer.</summary>
    /// <exception cref="HubProblemException">The hub refused.</exception>
    /// <exception cref="HubUnreachableException">No answer.</exception>
    /// <exception cref="NotSignedInException">No token, or none any more.</exception>
    public async Task<byte[]> SendAsync(HubCall call, CancellationToken ct) => (await AnswerAsync(call with { Streams = false }, ct)).Body;

    /// <summary>The answer as it comes in; whoever reads it closes it.</summary>
    /// <exception cref="HubProblemException">The hub refused.</exception>
    /// <exception cref="HubUnreachableException">No answer, or, while it is read, no more of it.</exception>
    /// <exception cref="NotSignedInException">No token, or none any more.</exception>
    public async Task<Stream> OpenAsync(HubCall call, CancellationToken ct) =>
        new AnswerStream((await AnswerAsync(call with { Streams = true }, ct)).Rest, hub);

    async Task<Answer> AnswerAsync(HubCall call, CancellationToken ct)
    {
        var token = await TokenAsync(call, null, ct);
        var answer = await SendRepeatedlyAsync(call, token, ct);
        if (answer.Status == HttpStatusCode.Unauthorized && token is not null)
        {
            token = await TokenAsync(call, token, ct);
            answer = await SendRepeatedlyAsync(call, token, ct);
            if (answer.Status == HttpStatusCode.Unauthorized) throw new NotSignedInException(hub);
        }

        return (int)answer.Status is >= 200 and < 300 ? answer : throw ProblemIn(answer);
    }

    async Task<string?> TokenAsync(HubCall call, string? refused, CancellationToken ct) =>
        call.Anonymous || Tokens is null ? null : await Tokens(refused, ct);

    async Task<Answer> SendRepeatedlyAsync(HubCall call, string? token, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            var last = !call.Idempotent || attempt + 1 >= retries.Attempts;
            try
            {
                var answer = await SendOnceAsync(call, token, ct);
                if (last || answer.Status is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
                    return answer;
            }
            catch (Exception e) when (IsNetwork(e, ct))
            {
                if (last) throw new HubUnreachableException(hub, ReasonFor(e, call), e);
            }

            await Task.Delay(retries.DelayAfter(attempt), clock, ct);
        }
    }

    async Task<Answer> SendOnceAsync(HubCall call, string? token, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(call.Timeout);
        using var request = new HttpRequestMessage(call.Method, new Uri(hub.AbsoluteUri.TrimEnd('/') + call.Path));
        // Without TLS nobody can say that he speaks HTTP/2, and a proxy on the way may not.
        request.Version = hub.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        request.Content = call.Body?.Invoke();
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var type = response.Content.Headers.ContentType?.MediaType;
        if (call.Streams && response.IsSuccessStatusCode) return new(response.StatusCode, type, [], await response.Content.ReadAsStreamAsync(ct));
        using (response) return new(response.StatusCode, type, await response.Content.ReadAsByteArrayAsync(limit.Token), Stream.Null);
    }

    static bool IsNetwork(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    static string ReasonFor(Exception e, HubCall call) => e switch
    {
        OperationCanceledException => $"nothing came within {(int)call.Timeout.TotalMinutes switch { 0 => $"{call.Timeout.Seconds} seconds", var minutes => $"{minutes} minutes" }}",
        { InnerException.Message: var inner } => inner.TrimEnd('.'),
        _ => e.Message.TrimEnd('.'),
    };

    HubProblemException ProblemIn(Answer answer)
    {
        var status = (int)answer.Status;
        if (answer.MediaType is "application/problem+json" && TryReadProblem(status, answer.Body, out var problem))
            return new(problem.Code, status, problem.Sentence, problem.ActualHead);
        var code = answer.Status is HttpStatusCode.Unauthorized ? ProblemCodes.NotSignedIn : "";
        return new(code, status, $"{hub.OriginalString} answered {status} ({answer.Status}) in no form a CineGit hub uses; check that the address is the hub's and not a proxy's or another server's.", null);
    }

    static bool TryReadProblem(int status, byte[] body, out (string Code, string Sentence, string? ActualHead) problem)
    {
        problem = default;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return false;
            var sentence = Text("detail") ?? Text("title") ?? "The hub refused and gave no reason.";
            if (status >= 500) sentence = $"The hub failed on its side ({Text("title") ?? "no reason given"}, id {Text("correlationId") ?? Text("traceId") ?? "none"}): {sentence}";
            problem = (Text("code") ?? "", sentence, Text("actualHead"));
            return true;

            string? Text(string name) =>
                json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    sealed record Answer(HttpStatusCode Status, string? MediaType, byte[] Body, Stream Rest);
}
