using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Platform.Events;

/// <summary>A feed for each organization that somebody on this node listens to.</summary>
public sealed class EventFeeds : IAsyncDisposable
{
    readonly Dictionary<Guid, Shared> _feeds = [];
    readonly Lock _lock = new();
    readonly EventStore _store;
    readonly TimeProvider _time;
    readonly ILogger<EventFeeds> _logger;

    public EventFeeds(EventStore store, DatabaseSignals signals, TimeProvider time, ILogger<EventFeeds> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        signals.EventsWritten += Wake;
        signals.Resumed += WakeAll;
    }

    /// <summary>To be given back with <see cref="ReleaseAsync"/>.</summary>
    public async Task<EventFeed> TakeAsync(Guid organization, CancellationToken ct)
    {
        EventFeed feed;
        lock (_lock)
        {
            if (!_feeds.TryGetValue(organization, out var shared))
            {
                _feeds[organization] = shared = new Shared(new EventFeed(organization, _store, _time, _logger));
            }

            shared.Readers++;
            feed = shared.Feed;
        }

        try
        {
            await feed.StartedAsync(ct);
            return feed;
        }
        catch
        {
            await ReleaseAsync(organization);
            throw;
        }
    }

    public async ValueTask ReleaseAsync(Guid organization)
    {
        EventFeed feed;
        lock (_lock)
        {
            var shared = _feeds[organization];
            if (--shared.Readers > 0) return;
            _feeds.Remove(organization);
            feed = shared.Feed;
        }

        await feed.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        List<EventFeed> feeds;
        lock (_lock) feeds = [.. _feeds.Values.Select(shared => shared.Feed)];
        foreach (var feed in feeds) await feed.DisposeAsync();
    }

    void Wake(Guid organization)
    {
        lock (_lock)
        {
            if (_feeds.TryGetValue(organization, out var shared)) shared.Feed.Wake();
        }
    }

    void WakeAll()
    {
        lock (_lock)
        {
            foreach (var shared in _feeds.Values) shared.Feed.Wake();
        }
    }

    sealed class Shared(EventFeed feed)
    {
        public EventFeed Feed => feed;

        public int Readers { get; set; }
    }
}
