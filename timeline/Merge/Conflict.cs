using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>Stable across re-merges: the hash of the kind, the elements and the three terms, so a choice can be replayed.</summary>
public readonly record struct ConflictId(string Value)
{
    public override string ToString() => Value;
}

public enum ConflictKind
{
    /// <summary>One property, two values.</summary>
    Value,

    /// <summary>Different properties that make no sense together: media replaced on one side, slipped on the other.</summary>
    Meaning,

    /// <summary>One element, two places.</summary>
    Move,

    /// <summary>Deleted on one side, edited or moved on the other; or deleted with and without closing the hole.</summary>
    Delete,

    /// <summary>Both sides insert at the same cut.</summary>
    Insert,

    /// <summary>Two elements want the same time on a track.</summary>
    Occupied,

    /// <summary>A transition whose cut is gone, or whose handles no longer suffice.</summary>
    Transition,

    /// <summary>Both sides changed the sync of linked picture and sound.</summary>
    Sync,

    /// <summary>An element stands over or hangs on something the other side removed.</summary>
    Orphan,

    /// <summary>Both sides changed the order of an effect chain.</summary>
    EffectOrder,

    /// <summary>A track changed and deleted, or reordered in two ways.</summary>
    Track,

    /// <summary>Rate or other settings of the sequence.</summary>
    Settings,

    /// <summary>
    /// A use of a nested sequence against the sequence itself: one side chose what the use shows, or made it a sequence of its
    /// own, and the other took some of that out, or changed what is inside.
    /// </summary>
    Nest,
}

/// <summary>One side of a conflict in words, and where it is in that side's own cut.</summary>
public sealed record Term(string Words, TimeRange? Where)
{
    public static readonly Term Absent = new("not there", null);
}

/// <summary>Two edits that cannot both hold. Data: it can be stored, shown and answered later.</summary>
public sealed record Conflict
{
    public required ConflictId Id { get; init; }

    public required ConflictKind Kind { get; init; }

    public ImmutableArray<ElementId> Elements { get; init; } = [];

    public ImmutableArray<string> Tracks { get; init; } = [];

    /// <summary>Record time in the merged cut as it stands.</summary>
    public Flicks At { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>What clashes, in an editor's words.</summary>
    public required string Sentence { get; init; }

    public required Term Base { get; init; }

    public required Term Ours { get; init; }

    public required Term Theirs { get; init; }

    /// <summary>The ways out, the default first.</summary>
    public required ImmutableArray<Offer> Offers { get; init; }

    /// <summary>What may be chosen without typing anything in, the default first.</summary>
    public ImmutableArray<Choice> Offered => [.. Offers.Where(o => o.Entry is null).Select(o => o.Choice)];

    /// <summary>The choice that was applied; null while open.</summary>
    public Choice? Chosen { get; init; }

    /// <summary>What was typed in with it.</summary>
    public string? ChosenValue { get; init; }

    /// <summary>Answered conflicts whose answers brought this one up.</summary>
    public ImmutableArray<ConflictId> DependsOn { get; init; } = [];

    /// <summary>Why something is no answer to this conflict, in one sentence; null when it is.</summary>
    public string? WhyNot(Choice choice, string? value)
    {
        var offer = Offers.FirstOrDefault(o => o.Choice == choice);
        if (offer.Words is null) return "That is not offered for this conflict; choose one of those that are.";
        return offer.Entry is { } entry ? entry.WhyNot(value) : value is null ? null : "A value goes with a typed-in answer only; leave it out.";
    }
}

/// <summary>Something the merge did that a person may want to look at; never a loss.</summary>
public sealed record ReviewNote(string Sentence, ImmutableArray<ElementId> Elements, Flicks At);
