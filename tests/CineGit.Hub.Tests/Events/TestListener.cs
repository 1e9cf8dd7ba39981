using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Hub.Tests.Events;

/// <summary>A reader of one stream, as a browser or an agent is.</summary>
public sealed class TestListener : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly HttpResponseMessage response;
    readonly IAsyncEnumerator<SseItem<string>> items;

    TestListener(HttpResponseMessage response, Stream body)
    {
        this.response = response;
        items = SseParser.Create(body).EnumerateAsync(Ct).GetAsyncEnumerator(Ct);
    }

    /// <summary>What a reader would send as <c>Last-Event-ID</c>.</summary>
    public string LastId { get; private set; } = "";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Returns once the hub says that it listens.</summary>
    public static async Task<TestListener> OpenAsync(HttpClient client, string address, string? lastId = null)
    {
        var response = await RequestAsync(client, address, lastId);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {address}");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var listener = new TestListener(response, await response.Content.ReadAsStreamAsync(Ct));
        Assert.Equal(EventNames.Listening, (await listener.ItemAsync())?.EventType);
        return listener;
    }

    public static async Task<HttpResponseMessage> RequestAsync(HttpClient client, string address, string? lastId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<EventResponse?> NextAsync()
    {
        while (await ItemAsync() is { } item)
        {
            if (item.EventType == EventNames.Heartbeat) continue;
            var told = JsonSerializer.Deserialize(item.Data, HubJson.Default.EventResponse) ?? throw new InvalidDataException("An event without data.");
            Assert.Equal((item.EventType, item.EventId), (told.Name, told.Sequence.ToString(CultureInfo.InvariantCulture)));
            return told;
        }

        return null;
    }

    /// <summary>The next one of this name; what comes before it is passed over.</summary>
    public async Task<EventResponse> NextAsync(string name)
    {
        while (await NextAsync() is { } told)
        {
            if (told.Name == name) return told;
        }

        throw new InvalidOperationException($"The stream ended before {name}.");
    }

    /// <summary>Waits for the end, past whatever still comes; fails after half a minute.</summary>
    public async Task EndedAsync()
    {
        while (await ItemAsync() is not null)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await items.DisposeAsync();
    }

    async Task<SseItem<string>?> ItemAsync()
    {
        if (!await items.MoveNextAsync().AsTask().WaitAsync(Patience, Ct)) return null;
        LastId = items.Current.EventId ?? LastId;
        return items.Current;
    }
}
