using CineGit.Hub.Tests.Database;
using Microsoft.AspNetCore.Builder;

namespace CineGit.Hub.Tests.Platform;

/// <summary>One more hub on a database that another has, with a data folder of its own.</summary>
public sealed class TestNode : IAsyncDisposable
{
    readonly TestFolder folder;
    readonly WebApplication app;
    bool isStopped;

    TestNode(TestFolder folder, WebApplication app) => (this.folder, this.app) = (folder, app);

    public Uri Address => new(app.Urls.First());

    public IServiceProvider Services => app.Services;

    /// <param name="data">The data folder of the hub that runs the cluster.</param>
    /// <param name="database">Its own, or another in the cluster.</param>
    /// <param name="more">Further arguments.</param>
    public static async Task<TestNode> StartAsync(string data, string database, CancellationToken ct, params string[] more)
    {
        var folder = new TestFolder();
        var app = Program.Build(
            ["--Hub:Data", folder.Path, "--urls", "http://127.0.0.1:0", .. TestDatabase.Arguments(data, database), .. more], _ => { });
        var node = new TestNode(folder, app);
        try
        {
            await app.StartAsync(ct);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whoever this client is at the first node, at this one.</summary>
    public HttpClient ClientLike(HttpClient known)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        foreach (var (name, values) in known.DefaultRequestHeaders) client.DefaultRequestHeaders.Add(name, values);
        return client;
    }

    public async Task StopAsync(CancellationToken ct)
    {
        isStopped = true;
        await app.StopAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!isStopped) await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
