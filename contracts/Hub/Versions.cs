namespace CineGit.Contracts.Hub;

/// <summary>
/// A version as it is pushed. Its id is SHA-256 over <see cref="VersionIdentity"/>, so nobody can alter one unseen.
/// </summary>
/// <param name="Parents">None for the first, one for a commit, two for a merge (target first).</param>
/// <param name="Cut">Hash of the canonical OTIO bytes.</param>
/// <param name="Native">Hash of the file the editor committed, byte for byte; null for a merge.</param>
/// <param name="NativeName">That file's name without folders.</param>
/// <param name="AuthorName">Who made it, as the agent knows them.</param>
/// <param name="Message">What was done, in the author's words.</param>
/// <param name="CreatedAt">UTC, whole milliseconds.</param>
public sealed record VersionRecord(
    IReadOnlyList<string> Parents,
    string Cut,
    string? Native,
    string? NativeName,
    string AuthorName,
    string Message,
    DateTimeOffset CreatedAt);

/// <summary>Moves a branch: adds the versions (oldest first) and sets the head to the last of them, all or nothing.</summary>
/// <param name="ExpectedHead">What the agent believes the head to be; null for an empty branch.</param>
/// <param name="Versions">What to add; versions the hub has already are fine.</param>
public sealed record PushRequest(string? ExpectedHead, IReadOnlyList<VersionRecord> Versions);

/// <param name="Head">The last of the pushed versions; the branch has it, and may have moved on when a push is repeated.</param>
public sealed record PushResponse(string Head);

public sealed record VersionResponse(
    string Id,
    IReadOnlyList<string> Parents,
    string Cut,
    string? Native,
    string? NativeName,
    string AuthorName,
    string Message,
    DateTimeOffset CreatedAt,
    int Generation);

/// <summary>
/// Newest first. <paramref name="Next"/> is to be sent as <c>?cursor=</c> for the next page, null at the end;
/// <c>?limit=</c> takes 1 to 200, 50 when left out.
/// </summary>
public sealed record HistoryResponse(IReadOnlyList<VersionResponse> Versions, string? Next);

public sealed record CompareResponse(string? Base, string Head, IReadOnlyList<EditResponse> Edits, int Shifted);

/// <param name="Kind">kebab-case: <c>trim-tail</c>.</param>
/// <param name="Elements">Ids of the elements concerned.</param>
/// <param name="Tracks">V1, A1….</param>
/// <param name="AtFrame">Record frame from zero, in the cut where it can be seen.</param>
/// <param name="DurationFrames">How long the element is there.</param>
/// <param name="AmountFrames">By how much; 0 when the edit has no amount.</param>
/// <param name="Timecode">Record timecode of <paramref name="AtFrame"/>.</param>
/// <param name="Subject">The clip's, track's or marker's name.</param>
/// <param name="Sentence">The change in an editor's words.</param>
public sealed record EditResponse(
    string Kind,
    IReadOnlyList<string> Elements,
    IReadOnlyList<string> Tracks,
    long AtFrame,
    long DurationFrames,
    long AmountFrames,
    string Timecode,
    string Subject,
    string Sentence);
