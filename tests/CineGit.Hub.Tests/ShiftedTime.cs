namespace CineGit.Hub.Tests;

/// <summary>The system's clock, ahead by as much as a test says: expiry without waiting, timers as usual.</summary>
public sealed class ShiftedTime : TimeProvider
{
    long ticksAhead;

    public void Advance(TimeSpan span) => Interlocked.Add(ref ticksAhead, span.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ticksAhead));
}
