using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

enum Cause
{
    Deleted,
    Inserted,
    MovedOut,
    MovedIn,
    TrimHead,
    TrimTail,

    /// <summary>Empty time before an element grew or shrank.</summary>
    SpaceBefore,

    /// <summary>The end of a stretch that stands earlier or later than the rest of its track.</summary>
    SpaceAfter,
}

/// <summary>What made time appear or disappear. Equal on two sides when both did the same thing to the same element.</summary>
readonly record struct CauseKey(Cause Cause, ElementId Element)
{
    /// <summary>Empty time that came or went with no other cause.</summary>
    public bool IsSpace => Cause is Cause.SpaceBefore or Cause.SpaceAfter;

    /// <summary>An element that was not there before.</summary>
    public bool IsArrival => Cause is Cause.Inserted or Cause.MovedIn;
}

/// <summary>
/// On one track everything from <see cref="At"/> (base time) on stands later by <see cref="Delta"/>. Zero when the cause left
/// the rest of the track where it was: a lift, an overwrite, a trim that leaves a hole.
/// </summary>
/// <param name="Key">The cause, which may stand on another track.</param>
/// <param name="Track">The track that is shifted.</param>
/// <param name="At">Base time.</param>
/// <param name="Delta">By how much.</param>
/// <param name="Extent">The base time in which the cause lies: the removed range, or a moment.</param>
readonly record struct RippleEvent(CauseKey Key, ElementId Track, Flicks At, Flicks Delta, TimeRange Extent)
{
    public Trace Trace => new(At, Delta, Key.Cause);
}

/// <summary>What one act leaves alike on every track that has a cause of its own for it: linked sound trimmed with its picture.</summary>
readonly record struct Trace(Flicks At, Flicks Delta, Cause Cause);
