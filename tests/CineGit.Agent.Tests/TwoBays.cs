using System.Collections.Concurrent;
using CineGit.TestKit.Running;

namespace CineGit.Agent.Tests;

/// <summary>Two edit bays, signed in to one hub; Ada's has a working copy.</summary>
internal sealed class TwoBays : IAsyncDisposable
{
    readonly LoopbackServer _server;

    TwoBays()
    {
        _server = new(request => Line(request, Hub.Answer));
    }

    /// <summary>What the line between the bays and the hub does to a request.</summary>
    public Func<ServerRequest, Func<ServerRequest, ServerAnswer>, ServerAnswer> Line { get; set; } = (request, hub) => hub(request);

    /// <summary>Everything that was asked, oldest first.</summary>
    public ConcurrentQueue<ServerRequest> Requests => _server.Requests;

    public MemoryHub Hub { get; } = new();

    public Bay Ada { get; } = new();

    public Bay Bob { get; } = new();

    public string Url => _server.Url;

    public ToolResult Init { get; private set; } = new(-1, "", "");

    public static async Task<TwoBays> SignedInAsync()
    {
        var bays = new TwoBays();
        await Task.WhenAll(bays.Ada.ExpectAsync(0, "login", bays.Url), bays.Bob.ExpectAsync(0, "login", bays.Url));
        bays.Init = await bays.Ada.ExpectAsync(0, "init", "--hub", bays.Url, "--project", "acme/film");
        return bays;
    }

    /// <summary>Both start at one cut; Ada has pushed her next one, Bob has committed his.</summary>
    public static async Task<TwoBays> DivergedAsync(
        (string, long, long)[] start, (string, long, long)[] adas, (string, long, long)[] bobs)
    {
        var bays = await SignedInAsync();
        await CommitAsync(bays.Ada, "start", start);
        await bays.Ada.ExpectAsync(0, "push");
        await bays.Bob.ExpectAsync(0, "init", "--hub", bays.Url, "--project", "acme/film");
        await bays.Bob.ExpectAsync(0, "pull");
        await CommitAsync(bays.Ada, "Ada's", adas);
        await bays.Ada.ExpectAsync(0, "push");
        await CommitAsync(bays.Bob, "Bob's", bobs);
        return bays;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Ada.Dispose();
        Bob.Dispose();
    }

    static async Task CommitAsync(Bay bay, string message, (string, long, long)[] clips) =>
        await bay.ExpectAsync(0, "commit", bay.WriteCut("cut.otio", clips), "-m", message);
}
