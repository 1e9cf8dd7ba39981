using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Platform.Events;

/// <summary>
/// The newest events of one organization, read once for everybody on this node who listens to it. Readers keep their own place:
/// a slow one holds nothing up and costs no memory, and one that has fallen behind what is held here reads from the database.
/// </summary>
public sealed partial class EventFeed : IAsyncDisposable
{
    const int MostHeld = 2_000;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    readonly Guid _organization;
    readonly EventStore _store;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly CancellationTokenSource _ending = new();
    readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ConcurrentDictionary<Bell, bool> _bells = new();
    readonly Task _reading;
    Held _held = new(0, []);

    public EventFeed(Guid organization, EventStore store, TimeProvider time, ILogger logger)
    {
        (_organization, _store, _time, _logger) = (organization, store, time, logger);
        _reading = ReadAsync(_ending.Token);
    }

    public Task StartedAsync(CancellationToken ct) => _started.Task.WaitAsync(ct);

    /// <summary>The newest number that readers here can be told.</summary>
    public long Last => Volatile.Read(ref _held).Last;

    /// <summary>It rings from now on whenever there is more.</summary>
    public void Give(Bell bell) => _bells[bell] = true;

    public void TakeBack(Bell bell) => _bells.TryRemove(bell, out _);

    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <returns>What comes next after a number, at most a page, none at the end; null when some of it is no longer kept.</returns>
    public async Task<IReadOnlyList<StoredEvent>?> AfterAsync(long sequence, CancellationToken ct)
    {
        var held = Volatile.Read(ref _held);
        return sequence < held.Start ? await _store.ReadAfterAsync(_organization, sequence, ct) : held.After(sequence);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading;
        _ending.Dispose();
    }

    async Task ReadAsync(CancellationToken ct)
    {
        try
        {
            await AgainUntilDoneAsync(StartAsync, ct);
            while (await _wakes.Reader.WaitToReadAsync(ct))
            {
                _wakes.Reader.TryRead(out _);
                await AgainUntilDoneAsync(CatchUpAsync, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _started.TrySetCanceled(ct);
        }
    }

    async Task StartAsync(CancellationToken ct)
    {
        await _store.RemoveOldAsync(_organization, ct);
        Volatile.Write(ref _held, new Held((await _store.RangeAsync(_organization, ct)).Last, []));
        _started.TrySetResult();
    }

    async Task CatchUpAsync(CancellationToken ct)
    {
        while (true)
        {
            var page = await _store.ReadAfterAsync(_organization, Last, ct);
            if (page is { Count: 0 }) return;
            // Cut off for so long that events were removed unread: readers find out for themselves that they are too late.
            var held = page is null ? new Held((await _store.RangeAsync(_organization, ct)).Last, []) : _held.With(page);
            Volatile.Write(ref _held, held);
            foreach (var (bell, _) in _bells) bell.Ring();
        }
    }

    async Task AgainUntilDoneAsync(Func<CancellationToken, Task> step, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await step(ct);
                return;
            }
            catch (Exception failure) when (DatabaseFailure.IsFromDatabase(failure))
            {
                LogFailed(_logger, failure.Message);
                await Task.Delay(Pause, _time, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events could not be read ({Reason}); trying again")]
    static partial void LogFailed(ILogger logger, string reason);

    /// <param name="Start">The number before the first that is held.</param>
    /// <param name="Events">Without a hole.</param>
    sealed record Held(long Start, ImmutableArray<StoredEvent> Events)
    {
        public long Last => Start + Events.Length;

        public Held With(IReadOnlyList<StoredEvent> more)
        {
            // Dropping half at a time copies each event once or twice, not with every page.
            var dropped = Events.Length + more.Count > MostHeld ? Math.Min(Events.Length, MostHeld / 2) : 0;
            return new Held(Start + dropped, [.. Events.AsSpan()[dropped..], .. more]);
        }

        public IReadOnlyList<StoredEvent> After(long sequence) =>
            sequence >= Last ? [] : Events[(int)(sequence - Start)..];
    }
}
