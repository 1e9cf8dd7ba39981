using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CineGit.Hub.Tests.Identity;

/// <summary>As much of an SMTP server as takes letters (RFC 5321).</summary>
public sealed class TestMailServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ending = new();
    readonly Task serving;

    public TestMailServer()
    {
        listener.Start();
        serving = ServeAsync(ending.Token);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whom each letter was for, and the letter.</summary>
    public ConcurrentQueue<(string To, string Text)> Letters { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await serving;
        listener.Dispose();
        ending.Dispose();
    }

    async Task ServeAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(ct);
                await TalkAsync(client, ct);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException && ct.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    async Task TalkAsync(TcpClient client, CancellationToken ct)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, new ASCIIEncoding()) { NewLine = "\r\n", AutoFlush = true };
        var to = "";
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase)) to = line.Split('<', '>')[1];
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                Letters.Enqueue((to, await ReadLetterAsync(reader, ct)));
            }

            if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }

            await writer.WriteLineAsync("250 ok");
        }
    }

    static async Task<string> ReadLetterAsync(StreamReader reader, CancellationToken ct)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(ct) is { } line and not ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return text.ToString();
    }
}
