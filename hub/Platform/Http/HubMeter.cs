using System.Diagnostics.Metrics;

namespace CineGit.Hub.Platform.Http;

/// <summary>What the hub counts of itself.</summary>
public static class HubMeter
{
    public const string Name = "CineGit.Hub";

    static readonly Meter Meter = new(Name);

    /// <summary>Streams of events that are open at this node.</summary>
    public static UpDownCounter<long> Listeners { get; } = Meter.CreateUpDownCounter<long>("cinegit.events.listeners");

    /// <summary>Events sent to listeners, each counted once a listener.</summary>
    public static Counter<long> Deliveries { get; } = Meter.CreateCounter<long>("cinegit.events.deliveries");
}
