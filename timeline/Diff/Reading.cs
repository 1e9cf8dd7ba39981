using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>How the step across one region is accounted for.</summary>
sealed record Reading
{
    public static readonly Reading Nothing = new();

    /// <summary>The causes of the region that moved what is behind them.</summary>
    public ImmutableArray<RippleEvent> Rippled { get; init; } = [];

    /// <summary>What rippled on other tracks and moved this one along.</summary>
    public ImmutableArray<Act> Followed { get; init; } = [];

    /// <summary>What is left: empty time that came or went.</summary>
    public Flicks Residual { get; init; }

    /// <summary>The element behind the region had its head trimmed where it stands.</summary>
    public bool RightInPlace { get; init; }
}

/// <summary>One act of an editor that rippled.</summary>
/// <param name="Event">As on the track that has its cause.</param>
sealed record Act(RippleEvent Event)
{
    readonly List<ElementId> _joined = [];

    /// <summary>The tracks that it moved, each once.</summary>
    public IReadOnlyList<ElementId> Joined => _joined;

    /// <summary>Two acts may be alike to the frame.</summary>
    public bool Equals(Act? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public bool Moved(ElementId track) => _joined.Contains(track);

    public void Join(ElementId track)
    {
        if (!Moved(track)) _joined.Add(track);
    }

    /// <summary>
    /// Base time from which on everything is moved that the act does not trim itself. An element that grew at its head keeps
    /// its own start, so on its track the event comes just after it.
    /// </summary>
    public Flicks Moment => Event.Key.Cause == Cause.TrimHead ? Event.Extent.End : Event.At;
}
