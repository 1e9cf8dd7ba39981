namespace CineGit.Timeline.Merge;

/// <summary>The ways out of conflicts. The names are the wire names too (kebab-case); which of them a conflict has, it says.</summary>
public enum Choice
{
    Ours,
    Theirs,
    Base,

    /// <summary>Both edits, ours first where they have an order; a transition made as short as it has to be.</summary>
    Both,

    /// <summary>Both edits, theirs before ours.</summary>
    TheirsFirst,

    /// <summary>Both edits, a trim counted in frames of the source rather than in frames as they play.</summary>
    SourceFrames,

    /// <summary>Theirs goes to a track of its own above.</summary>
    NewTrack,

    /// <summary>The element that begins earlier ends where the later one begins.</summary>
    TrimEarlier,

    /// <summary>The element that begins later begins where the earlier one ends.</summary>
    TrimLater,

    /// <summary>A transition goes to the cut that its outgoing element ends at.</summary>
    AfterLeft,

    /// <summary>A transition goes to the cut that its incoming element begins at.</summary>
    BeforeRight,

    /// <summary>A transition stays, and the other side's edit of its elements is set aside.</summary>
    KeepClip,

    /// <summary>To where the shot begins that follows the removed one.</summary>
    NextShot,

    /// <summary>A marker stays at its time, as one of the sequence, when its clip goes.</summary>
    SameTime,

    /// <summary>A value that a person types in.</summary>
    Manual,
}

/// <summary>One way out of a conflict.</summary>
/// <param name="Choice">What to answer.</param>
/// <param name="Words">What it does, for a button: <c>Shorten the dissolve to 6 frames</c>.</param>
/// <param name="Entry">What has to be typed in with it; null for all but <see cref="Choice.Manual"/>.</param>
public readonly record struct Offer(Choice Choice, string Words, Entry? Entry = null);

/// <param name="Conflict">Which conflict.</param>
/// <param name="Choice">One of those it offers.</param>
/// <param name="Value">What was typed in for <see cref="Choice.Manual"/>.</param>
public sealed record Resolution(ConflictId Conflict, Choice Choice, string? Value = null);
