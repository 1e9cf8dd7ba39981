using System.Runtime.CompilerServices;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;

namespace CineGit.Hub.Features.Events;

/// <summary>What one reader is told, in order, from a number on, until it may no longer be told anything.</summary>
/// <param name="feed">Of the reader's organization.</param>
/// <param name="stream">Whose it is.</param>
/// <param name="onlyProject">Null for every project that the reader may see.</param>
public sealed class EventStream(EventFeed feed, OpenStream stream, string? onlyProject, ProjectAccess projects, TimeProvider time)
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Projects looked at since the last change of authorization.</summary>
    readonly Dictionary<string, bool> _visible = new(StringComparer.Ordinal);

    readonly Bell _bell = new();

    /// <param name="from">The number of the last event that the reader has seen.</param>
    /// <param name="ct">The reader went away, or the hub stops: the stream ends, and the reader can go on where it was.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long from, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var leaving = ct.Register(_bell.Ring);
        feed.Give(_bell);
        try
        {
            var changed = Heard(stream.Changed, ct);
            // Something may have changed between the request and this moment.
            if (!await stream.IsStillLetInAsync()) yield break;
            yield return StoredEvent.FrameOf(EventNames.Listening, "", from);
            // Readers who came together, as they do when a node starts, are let in again one by one.
            var beat = Heard(Task.Delay(Heartbeat * Random.Shared.NextDouble(), time, ct), ct);
            for (var (sequence, isQuiet) = (from, true); ;)
            {
                if (await NextAsync(sequence, ct) is not { } page) yield break;
                foreach (var each in page)
                {
                    if (changed.IsCompleted) break;
                    if (await MaySeeAsync(each.ProjectSlug, ct) is not { } isVisible) yield break;
                    sequence = each.Sequence;
                    if (!isVisible || (stream.Member.Guest is { } guest && !GuestEvents.IsFor(guest, each))) continue;
                    isQuiet = false;
                    yield return each.Frame;
                }

                if (page.Count > 0 && !changed.IsCompleted) continue;
                if (page.Count == 0 && !changed.IsCompleted && !beat.IsCompleted) await _bell.HeardAsync();
                if (ct.IsCancellationRequested) yield break;
                if (!changed.IsCompleted && !beat.IsCompleted) continue;
                if (changed.IsCompleted) changed = Heard(stream.Changed, ct);
                _visible.Clear();
                if (!await stream.IsStillLetInAsync()) yield break;
                if (!beat.IsCompleted) continue;
                beat = Heard(Task.Delay(Heartbeat, time, ct), ct);
                if (isQuiet) yield return StoredEvent.FrameOf(EventNames.Heartbeat, "", sequence);
                isQuiet = true;
            }
        }
        finally
        {
            feed.TakeBack(_bell);
        }
    }

    /// <summary>The same, of whose end the bell tells.</summary>
    Task Heard(Task awaited, CancellationToken ct)
    {
        awaited.ContinueWith(
            static (_, bell) => (bell as Bell)?.Ring(), _bell, ct, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return awaited;
    }

    /// <returns>Null when the stream is over.</returns>
    async Task<IReadOnlyList<StoredEvent>?> NextAsync(long sequence, CancellationToken ct)
    {
        try
        {
            return await feed.AfterAsync(sequence, ct);
        }
        catch (Exception failure) when (IsEnd(failure, ct))
        {
            return null;
        }
    }

    /// <summary>Whether a request for that project would be answered; null when the stream is over.</summary>
    async Task<bool?> MaySeeAsync(string? project, CancellationToken ct)
    {
        if (onlyProject is not null && project != onlyProject) return false;
        if (project is null) return true;
        if (_visible.TryGetValue(project, out var known)) return known;
        try
        {
            await using var tx = await projects.OpenAsync(stream.Member, project, ct);
            return _visible[project] = tx is not null;
        }
        catch (Exception failure) when (IsEnd(failure, ct))
        {
            return null;
        }
    }

    /// <summary>The reader or the database went away, or the hub stops.</summary>
    static bool IsEnd(Exception failure, CancellationToken ct) =>
        ct.IsCancellationRequested || DatabaseFailure.IsFromDatabase(failure);
}
