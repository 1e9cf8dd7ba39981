using System.Runtime.CompilerServices;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;

namespace CineGit.Hub.Features.Events;

/// <summary>Opens streams, and ends them when the hub stops.</summary>
public sealed class EventStreams(
    EventFeeds feeds,
    EventStore store,
    AuthorizationChanges changes,
    ProjectAccess projects,
    TimeProvider time,
    IHostApplicationLifetime host)
{
    /// <summary>
    /// A reader that does not take one event in this time is cut off. The server's own least rate is no help: it counts what
    /// the system's buffers took as time won.
    /// </summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether nothing that comes after a number is lost; always so for null, which is now.</summary>
    public async Task<bool> ReachesAsync(Membership member, long? from, CancellationToken ct) =>
        from is not { } sequence || (await store.RangeAsync(member.OrganizationId, ct)).Reaches(sequence);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        HttpContext context, Membership member, string? project, long? from, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        var offered = 0L;
        await using var watch = time.CreateTimer(_ => CutOff(context, Volatile.Read(ref offered)), null, Patience / 2, Patience / 2);
        var feed = await feeds.TakeAsync(member.OrganizationId, ct);
        HubMeter.Listeners.Add(1);
        try
        {
            var stream = new EventStream(feed, new OpenStream(context, member, changes), project, projects, time);
            await foreach (var item in stream.ReadAsync(from ?? feed.Last, ending.Token))
            {
                Volatile.Write(ref offered, time.GetTimestamp());
                yield return item;
                Volatile.Write(ref offered, 0);
                HubMeter.Deliveries.Add(1);
            }
        }
        finally
        {
            HubMeter.Listeners.Add(-1);
            await ending.CancelAsync();
            await feeds.ReleaseAsync(member.OrganizationId);
        }
    }

    /// <param name="offered">Since when the reader has not taken what it was given; 0 when it has.</param>
    void CutOff(HttpContext context, long offered)
    {
        if (offered != 0 && time.GetElapsedTime(offered) > Patience) context.Abort();
    }
}
