namespace CineGit.Contracts.Hub;

public sealed record CreateCutRequestRequest(string Title, string Description, string SourceBranch, string TargetBranch)
{
    /// <summary>True while it is not to be merged.</summary>
    public bool Draft { get; init; }
}

/// <summary>Wire values of <see cref="CutRequestResponse.State"/>.</summary>
public static class CutRequestStates
{
    /// <summary>Open, and not to be merged yet.</summary>
    public const string Draft = "draft";
    public const string Open = "open";

    /// <summary>Open, and somebody has to answer what the two branches do to the same.</summary>
    public const string Conflicted = "conflicted";
    public const string Merged = "merged";
    public const string Closed = "closed";
}

public sealed record CutRequestSummary(
    int Number, string Title, string State, string SourceBranch, string TargetBranch, string AuthorName, DateTimeOffset CreatedAt);

/// <summary>A cut request with everything its page shows, computed against both branches' heads.</summary>
/// <param name="Number">Within its project, from 1.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Description">Why.</param>
/// <param name="State">See <see cref="CutRequestStates"/>.</param>
/// <param name="SourceBranch">Where the changes are.</param>
/// <param name="TargetBranch">Where they are to go.</param>
/// <param name="SourceHead">The version that would be merged.</param>
/// <param name="TargetHead">The version it would be merged into.</param>
/// <param name="BaseVersion">Their common ancestor.</param>
/// <param name="AuthorName">Who asks.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="Changes">What the source branch did since the base.</param>
/// <param name="TargetChanges">What the target did meanwhile.</param>
/// <param name="Shifted">Elements of the source that only moved because something before them changed.</param>
/// <param name="Relocated">Clips of the source whose media is where the whole folder went, as on another machine; not among the changes.</param>
/// <param name="DurationDeltaFrames">Runtime of the merge minus runtime of the target.</param>
/// <param name="Conflicts">All conflicts, answered ones too.</param>
/// <param name="Notes">What the merge did that a person may want to look at.</param>
/// <param name="Mergeable">True when it is open and no draft, no conflict is open, and the target branch asks for nothing more.</param>
/// <param name="Blocked">Why it cannot be merged, in words; null when it can.</param>
/// <param name="MergedVersion">The result once merged.</param>
/// <param name="MergedByName">Who merged.</param>
/// <param name="MergedAt">When.</param>
/// <param name="Preview">The merged timeline as it would be; null once merged or closed.</param>
public sealed record CutRequestResponse(
    int Number,
    string Title,
    string Description,
    string State,
    string SourceBranch,
    string TargetBranch,
    string? SourceHead,
    string? TargetHead,
    string? BaseVersion,
    string AuthorName,
    DateTimeOffset CreatedAt,
    IReadOnlyList<EditResponse> Changes,
    IReadOnlyList<EditResponse> TargetChanges,
    int Shifted,
    int Relocated,
    long DurationDeltaFrames,
    IReadOnlyList<ConflictResponse> Conflicts,
    IReadOnlyList<NoteResponse> Notes,
    bool Mergeable,
    string? Blocked,
    string? MergedVersion,
    string? MergedByName,
    DateTimeOffset? MergedAt,
    TimelineResponse? Preview)
{
    /// <summary>Who was asked to look at it, and who did.</summary>
    public IReadOnlyList<ReviewResponse> Reviews { get; init; } = [];

    /// <summary>What checks say of the source's head: those that the target asks for, and all others that were run.</summary>
    public IReadOnlyList<CheckSummary> Checks { get; init; } = [];

    /// <summary>Its latest turn to be merged; null when it never waited.</summary>
    public QueueEntryResponse? Queue { get; init; }

    /// <summary>What the target branch asks for and it does not have, if the reader were to merge: a sentence each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <param name="Id">Stable across re-merges.</param>
/// <param name="Kind">kebab-case: <c>value</c>, <c>delete</c>, <c>insert</c>….</param>
/// <param name="Elements">Ids of the elements concerned.</param>
/// <param name="Tracks">Names of the tracks.</param>
/// <param name="AtFrame">Record frame in the preview.</param>
/// <param name="Timecode">Record timecode of it.</param>
/// <param name="Subject">The clip's name.</param>
/// <param name="Sentence">What clashes, in an editor's words.</param>
/// <param name="Base">How it was.</param>
/// <param name="Ours">How the target branch has it.</param>
/// <param name="Theirs">How the source branch has it.</param>
/// <param name="Offered">What may be chosen without typing anything in, the default first: <c>ours</c>, <c>theirs</c>, <c>base</c>, <c>both</c>….</param>
/// <param name="Offers">All ways out with the words for them, the default first.</param>
/// <param name="Chosen">The answer so far; null while open.</param>
/// <param name="ChosenValue">What was typed in with it; null when nothing was.</param>
/// <param name="ChosenByName">Who answered.</param>
/// <param name="DependsOn">Ids of answered conflicts whose answers brought this one up.</param>
public sealed record ConflictResponse(
    string Id,
    string Kind,
    IReadOnlyList<string> Elements,
    IReadOnlyList<string> Tracks,
    long AtFrame,
    string Timecode,
    string Subject,
    string Sentence,
    TermResponse Base,
    TermResponse Ours,
    TermResponse Theirs,
    IReadOnlyList<string> Offered,
    IReadOnlyList<OfferResponse> Offers,
    string? Chosen,
    string? ChosenValue,
    string? ChosenByName,
    IReadOnlyList<string> DependsOn);

/// <param name="Choice">What to send: <c>ours</c>, <c>new-track</c>, <c>manual</c>….</param>
/// <param name="Words">What it does, for a button.</param>
/// <param name="Entry">
/// What has to be typed in: <c>frames</c>, <c>number</c>, <c>text</c>, <c>color</c>, <c>timecode</c>, <c>rate</c>, <c>percent</c> or
/// <c>source</c>; null when nothing has.
/// </param>
/// <param name="Least">The fewest <c>frames</c>, the first frame of a <c>timecode</c> or the lowest <c>percent</c>; null without limit.</param>
/// <param name="Most">The most <c>frames</c>, the longest length of a <c>source</c> or the highest <c>percent</c>; null without limit.</param>
public sealed record OfferResponse(string Choice, string Words, string? Entry, long? Least, long? Most);

public sealed record TermResponse(string Words, long? StartFrame, long? DurationFrames);

public sealed record NoteResponse(string Sentence, long AtFrame, string Timecode);

/// <param name="Choice">One of those that the conflict offers.</param>
/// <param name="Value">What was typed in; with <c>manual</c> only.</param>
public sealed record ResolveRequest(string Choice, string? Value = null);

/// <summary>Both heads as the person saw them; the hub refuses when either has moved.</summary>
public sealed record MergeCutRequestRequest(string ExpectedSource, string ExpectedTarget);

public sealed record MergeCutRequestResponse(string Version);
