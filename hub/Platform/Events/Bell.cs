using System.Threading.Channels;

namespace CineGit.Hub.Platform.Events;

/// <summary>
/// Wakes one who waits for any of several things. Rung before anybody waits, or several times, it is heard once: whoever hears it
/// looks at everything. Thousands who wait for the same thing cost it nothing when they go, as they would in a list of its waiters.
/// </summary>
public sealed class Bell
{
    readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
    });

    public void Ring() => _rung.Writer.TryWrite(true);

    public async ValueTask HeardAsync() => await _rung.Reader.ReadAsync(CancellationToken.None);
}
