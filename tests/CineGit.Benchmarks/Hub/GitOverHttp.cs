#pragma warning disable RS0030 // git is what is measured against; it is started here and nowhere else.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CineGit.Benchmarks.Hub;

/// <summary>
/// What a user would pick instead: <c>git push</c> of the same .otio over HTTP, to <c>git http-backend</c> behind the least server that
/// can run it. Nothing is checked, so it does less than the hub.
/// </summary>
sealed class GitOverHttp : IDisposable
{
    const string Backend = "/usr/lib/git-core/git-http-backend";

    readonly string _folder = Directory.CreateTempSubdirectory("cinegit-git-http-").FullName;
    readonly HttpListener _listener = new();

    public bool IsThere { get; } = File.Exists(Backend);

    string Clone => Path.Combine(_folder, "clone");

    public async Task StartAsync(byte[] otio, CancellationToken ct)
    {
        if (!IsThere) return;
        var port = FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = ServeAsync();
        var server = Path.Combine(_folder, "film.git");
        await GitAsync(_folder, ct, "init", "-q", "--bare", server);
        await GitAsync(server, ct, "config", "http.receivepack", "true");
        await GitAsync(_folder, ct, "init", "-q", Clone);
        foreach (var (key, value) in ((string, string)[])[("gc.auto", "0"), ("user.name", "editor"), ("user.email", "editor@example.com")])
        {
            await GitAsync(Clone, ct, "config", key, value);
        }

        await GitAsync(Clone, ct, "remote", "add", "origin", $"http://127.0.0.1:{port}/film.git");
        await CommitAsync(otio, "first", ct);
        await GitAsync(Clone, ct, "push", "-q", "origin", "HEAD:refs/heads/main");
    }

    /// <summary>Commits the edited file on a branch of its own; what it returns pushes it, and only that is to be measured.</summary>
    public async Task<Func<Task>> PreparePushAsync(byte[] otio, int round, CancellationToken ct)
    {
        await GitAsync(Clone, ct, "reset", "-q", "--hard", "origin/main");
        await CommitAsync(otio, $"edits {round}", ct);
        return () => GitAsync(Clone, ct, "push", "-q", "origin", $"HEAD:refs/heads/push-{round}");
    }

    public void Dispose()
    {
        _listener.Close();
        Directory.Delete(_folder, recursive: true);
    }

    async Task CommitAsync(byte[] otio, string message, CancellationToken ct)
    {
        await File.WriteAllBytesAsync(Path.Combine(Clone, "film.otio"), otio, ct);
        await GitAsync(Clone, ct, "add", "film.otio");
        await GitAsync(Clone, ct, "commit", "-q", "--allow-empty", "-m", message);
    }

    async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    /// <summary>One CGI call (RFC 3875).</summary>
    async Task AnswerAsync(HttpListenerContext context)
    {
        var start = new ProcessStartInfo(Backend) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var url = context.Request.Url ?? throw new InvalidOperationException("A request without an address.");
        start.Environment["GIT_PROJECT_ROOT"] = _folder;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = url.AbsolutePath;
        start.Environment["QUERY_STRING"] = url.Query.TrimStart('?');
        start.Environment["REQUEST_METHOD"] = context.Request.HttpMethod;
        start.Environment["CONTENT_TYPE"] = context.Request.ContentType ?? "";
        start.Environment["HTTP_CONTENT_ENCODING"] = context.Request.Headers["Content-Encoding"] ?? "";
        using var backend = Process.Start(start) ?? throw new InvalidOperationException("git http-backend could not be started");
        await context.Request.InputStream.CopyToAsync(backend.StandardInput.BaseStream);
        backend.StandardInput.Close();
        using var answer = new MemoryStream();
        await backend.StandardOutput.BaseStream.CopyToAsync(answer);
        var bytes = answer.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name == "Status") context.Response.StatusCode = int.Parse(value.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture);
            else context.Response.Headers[name] = value;
        }

        await context.Response.OutputStream.WriteAsync(bytes.AsMemory(end + 4));
        context.Response.Close();
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    static async Task GitAsync(string folder, CancellationToken ct, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]))
            ?? throw new InvalidOperationException("git could not be started");
        await git.WaitForExitAsync(ct);
        if (git.ExitCode != 0) throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}");
    }
}
