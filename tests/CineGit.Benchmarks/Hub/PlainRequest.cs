using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CineGit.Benchmarks.Hub;

/// <summary>
/// The same GET again and again over one connection, by hand: the load shares its two processors with what it measures, and a whole
/// HTTP client would take a good part of them.
/// </summary>
sealed class PlainRequest : IDisposable
{
    static readonly byte[] Ok = "HTTP/1.1 200 "u8.ToArray();

    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _request;
    readonly byte[] _buffer = new byte[64 * 1024];

    PlainRequest(byte[] request) => _request = request;

    /// <param name="version">1.0 ends its answers with the connection and puts nothing between their bytes.</param>
    public static async Task<PlainRequest> ConnectAsync(Uri hub, string address, HttpClient like, string version, CancellationToken ct)
    {
        var head = new StringBuilder($"GET {address} HTTP/{version}\r\nHost: {hub.Authority}\r\n");
        foreach (var (name, values) in like.DefaultRequestHeaders) head.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}\r\n");
        var plain = new PlainRequest(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        await plain._socket.ConnectAsync(hub.Host, hub.Port, ct);
        return plain;
    }

    /// <summary>Sends it and reads the answer to its end.</summary>
    public async Task AskAsync(CancellationToken ct)
    {
        await SendAsync(ct);
        for (var filled = 0; ;)
        {
            filled += await ReceiveAsync(_buffer.AsMemory(filled), ct);
            if (IsWhole(_buffer.AsSpan(0, filled))) return;
        }
    }

    public async Task SendAsync(CancellationToken ct) => await _socket.SendAsync(_request, ct);

    public async Task<int> ReceiveAsync(Memory<byte> into, CancellationToken ct) =>
        await _socket.ReceiveAsync(into, ct) is > 0 and var count ? count : throw new IOException("The hub ended the connection.");

    public void Dispose() => _socket.Dispose();

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        if (!answer.StartsWith(Ok)) throw new InvalidOperationException(Encoding.ASCII.GetString(answer));
        var length = answer[..end].IndexOf("Content-Length: "u8);
        if (length < 0) return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(length + "Content-Length: ".Length)..];
        return answer.Length == end + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
