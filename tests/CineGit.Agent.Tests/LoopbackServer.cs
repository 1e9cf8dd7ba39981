using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CineGit.Agent.Tests;

internal sealed record ServerRequest(string Method, string Path, string Query, string? Token, byte[] Body);

internal sealed record ServerAnswer(int Status, byte[] Body, string ContentType)
{
    /// <summary>After so many bytes of the body the line drops.</summary>
    public int? BreaksOffAfter { get; init; }

    public static ServerAnswer Json(int status, string json) => new(status, Encoding.UTF8.GetBytes(json), "application/json");

    public static ServerAnswer Problem(int status, string code, string detail, string more = "") =>
        new(status, Encoding.UTF8.GetBytes($$"""{"status":{{status}},"title":"No","code":"{{code}}","detail":"{{detail}}"{{more}}}"""), "application/problem+json");
}

/// <summary>A real HTTP server on a loopback port that answers with what a test says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    readonly HttpListener _listener;
    readonly Task _loop;

    public LoopbackServer(Func<ServerRequest, ServerAnswer> answer)
    {
        (_listener, Url) = Listen();
        _loop = LoopAsync(answer);
    }

    public string Url { get; }

    /// <summary>Everything that was asked, oldest first.</summary>
    public ConcurrentQueue<ServerRequest> Requests { get; } = [];

    /// <summary>An address where nothing listens.</summary>
    public static string DeadUrl()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
    }

    public async ValueTask DisposeAsync()
    {
        // Stopping it first would bind its port once more when it is closed.
        _listener.Close();
        await _loop;
    }

    static (HttpListener, string) Listen()
    {
        // Below the ports that the system gives to clients, so that no connection of another test takes it first.
        for (var attempt = 0; ; attempt++)
        {
            var url = $"http://127.0.0.1:{Random.Shared.Next(10_000, 32_000)}";
            var listener = new HttpListener();
            listener.Prefixes.Add(url + "/");
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Taken. Closing a listener that could not start would bind once more, so it is left alone.
            }
        }
    }

    async Task LoopAsync(Func<ServerRequest, ServerAnswer> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or InvalidOperationException)
            {
                return;
            }

            try
            {
                await AnswerAsync(context, answer);
            }
            catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
            {
                // Whoever asked was killed; the next one is answered.
            }
        }
    }

    async Task AnswerAsync(HttpListenerContext context, Func<ServerRequest, ServerAnswer> answer)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var url = context.Request.Url ?? new Uri(Url);
        var token = context.Request.Headers["Authorization"]?.Replace("Bearer ", "", StringComparison.Ordinal);
        var request = new ServerRequest(context.Request.HttpMethod, url.AbsolutePath, url.Query, token, body.ToArray());
        Requests.Enqueue(request);
        var answered = answer(request);
        context.Response.StatusCode = answered.Status;
        context.Response.ContentType = answered.ContentType;
        if (request.Method != "HEAD")
        {
            context.Response.ContentLength64 = answered.Body.Length;
            await context.Response.OutputStream.WriteAsync(answered.Body.AsMemory(0, answered.BreaksOffAfter ?? answered.Body.Length));
        }

        if (answered.BreaksOffAfter is not null)
        {
            context.Response.Abort();
            return;
        }

        context.Response.Close();
    }
}
