using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>What an editor would call the change. The names are the wire names too (kebab-case).</summary>
public enum EditKind
{
    Insert,
    Delete,
    TrimHead,
    TrimTail,

    /// <summary>A clip was cut in two, with a razor or by time that was put in across it.</summary>
    Split,

    /// <summary>The cut between two neighbours was moved; what is around them stays.</summary>
    Roll,
    Slip,

    /// <summary>An element was moved between its neighbours, which give and take the time.</summary>
    Slide,
    Move,
    ReplaceMedia,

    /// <summary>Another version of the same media, by its name: <c>_v011</c> gave way to <c>_v012</c>.</summary>
    VersionUp,
    Retime,
    Rename,
    Enable,
    Disable,
    Recolor,
    Relink,
    EffectAdd,
    EffectRemove,
    EffectChange,
    MarkerAdd,
    MarkerRemove,
    MarkerChange,
    TransitionAdd,
    TransitionRemove,
    TransitionChange,
    TrackAdd,
    TrackRemove,
    TrackChange,
    SequenceChange,
    MetadataChange,

    /// <summary>An edit inside a nested sequence, which is the one child; told once for all its uses.</summary>
    NestChange,

    /// <summary>Clips were put into a nested sequence.</summary>
    NestMake,

    /// <summary>A nested sequence gave way to the clips that were in it.</summary>
    NestDissolve,
}

/// <summary>One change between two cuts. Linked picture and sound that change alike are one edit.</summary>
public sealed record Edit
{
    public required EditKind Kind { get; init; }

    /// <summary>The elements concerned; empty for track and sequence changes.</summary>
    public ImmutableArray<ElementId> Elements { get; init; } = [];

    /// <summary>Names of the tracks concerned, V1 first.</summary>
    public ImmutableArray<string> Tracks { get; init; } = [];

    /// <summary>Record time from zero: in the later cut, or in the earlier one for what was removed.</summary>
    public Flicks At { get; init; }

    /// <summary>How long the changed element is there.</summary>
    public Flicks Duration { get; init; }

    /// <summary>By how much: negative for a shortening trim or an earlier move; zero when the edit has no amount.</summary>
    public Flicks Amount { get; init; }

    /// <summary>True when everything after it moved along.</summary>
    public bool Ripple { get; init; }

    /// <summary>The clip's, track's or marker's name.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The change in an editor's words, with timecode.</summary>
    public required string Sentence { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>The edits that this one sums up, in record order; none when it stands for itself.</summary>
    public ImmutableArray<Edit> Children { get; init; } = [];
}

/// <summary>All changes from one cut to another, in record order.</summary>
/// <param name="Edits">The changes.</param>
/// <param name="Shifted">How many elements only moved in time because something before them changed; not edits.</param>
public sealed record EditList(ImmutableArray<Edit> Edits, int Shifted)
{
    /// <summary>How many clips have their media where the whole folder went, as on another machine; not edits.</summary>
    public int Relocated { get; init; }

    public bool IsEmpty => Edits.IsEmpty && Relocated == 0;
}
