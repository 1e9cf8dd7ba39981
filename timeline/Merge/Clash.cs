using System.Collections.Immutable;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Merge;

/// <summary>A disagreement found while merging, before those of linked elements are put together into one conflict.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Key">Names this one decision; the same in every run over the same cuts.</param>
sealed record Clash(ConflictKind Kind, string Key)
{
    public ImmutableArray<ElementId> Elements { get; init; } = [];

    public ImmutableArray<string> Tracks { get; init; } = [];

    /// <summary>Clashes of one group with equal terms are one conflict and are answered together.</summary>
    public required string Group { get; init; }

    /// <summary>The three terms as values, without names of branches and times that move.</summary>
    public required string Values { get; init; }

    public string Subject { get; init; } = "";

    public required string Sentence { get; init; }

    public Term Base { get; init; } = Term.Absent;

    public Term Ours { get; init; } = Term.Absent;

    public Term Theirs { get; init; } = Term.Absent;

    public ImmutableArray<Choice> Offered { get; init; } = [Choice.Ours, Choice.Theirs, Choice.Base];

    /// <summary>What may be typed in; null when nothing may.</summary>
    public Entry? Entry { get; init; }

    /// <summary>Words for choices of which the kind of clash and the terms do not tell enough.</summary>
    public ImmutableArray<Offer> Worded { get; init; } = [];

    /// <summary>Elements that the conflict is also about, but that do not tell it from others.</summary>
    public ImmutableArray<ElementId> Also { get; init; } = [];

    /// <summary>Choices that are made in the cuts of the sides, or set an edit aside, before the merge looks at them.</summary>
    public ImmutableArray<Choice> Prepared { get; init; } = [];

    /// <summary>What is made in the cuts of the sides while this is not answered; null for nothing.</summary>
    public Choice? PreparedWhileOpen { get; init; }

    /// <summary>Whose edit <see cref="Choice.KeepClip"/>, or holding a track locked, sets aside.</summary>
    public Side? Against { get; init; }
}

/// <summary>What was chosen, with what was typed in.</summary>
readonly record struct Answer(Choice Choice, string? Value);
