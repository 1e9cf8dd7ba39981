namespace CineGit.Contracts.Hub;

/// <summary>
/// A version as it is pushed. Its id is SHA-256 over <see cref="VersionIdentity"/>, so nobody can alter one unseen.
/// </summary>
/// <param name="Parents">None for the first, one for a commit, two for a merge (target first).</param>
/// <param name="Cut">Hash of the cut's root object.</param>
/// <param name="Native">Hash of the root object of the file the editor committed, byte for byte; null for a merge.</param>
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

/// <summary>A version and what it brought: packs that build on its parents' and on nothing else.</summary>
/// <param name="Version">The version.</param>
/// <param name="CutPack">The new objects of its cut.</param>
/// <param name="NativePack">The new objects of the committed file; empty when there is none.</param>
public sealed record PackedVersion(VersionRecord Version, ReadOnlyMemory<byte> CutPack, ReadOnlyMemory<byte> NativePack);

/// <summary>
/// Head of a push, followed by the versions, parents first. Moves the branch's head to the last of them, all or nothing;
/// versions the hub has already are fine. Without a branch the versions are only stored: a long push goes up in parts.
/// </summary>
/// <param name="Branch">The branch to move; null to store only.</param>
/// <param name="ExpectedHead">What the agent believes the head to be; null for an empty branch.</param>
/// <param name="Head">What the head is to be: the last of the versions, or one that the hub has.</param>
public sealed record PushRequest(string? Branch, string? ExpectedHead, string? Head);

/// <param name="Head">What the branch was moved to, and it may have moved on when a push is repeated; null when nothing was to be moved.</param>
public sealed record PushResponse(string? Head);

/// <summary>Asks which of some versions the hub has: heads first, then 1, 2, 4, 8… back.</summary>
public sealed record NegotiateRequest(IReadOnlyList<string> Have);

/// <param name="Common">Those that the hub has.</param>
/// <param name="Branches">All branches and their heads.</param>
public sealed record NegotiateResponse(IReadOnlyList<string> Common, IReadOnlyList<BranchResponse> Branches);

/// <summary>Asks for everything that leads to some branches' heads and that the agent does not have.</summary>
/// <param name="Branches">Their names; null for all.</param>
/// <param name="Have">Versions the agent has, with all that leads to them: heads first, then 1, 2, 4, 8… back.</param>
public sealed record FetchRequest(IReadOnlyList<string>? Branches, IReadOnlyList<string> Have);

/// <summary>Head of a fetch's answer, followed by the versions, parents first.</summary>
/// <param name="Branches">The branches asked for, with the heads that the versions lead to.</param>
/// <param name="Count">How many versions follow.</param>
public sealed record FetchResponse(IReadOnlyList<BranchResponse> Branches, int Count);

public sealed record VersionResponse(
    string Id,
    IReadOnlyList<string> Parents,
    string Cut,
    string? Native,
    string? NativeName,
    string AuthorName,
    string Message,
    DateTimeOffset CreatedAt,
    int Generation)
{
    /// <summary>Names of the tags that are on it; told by histories and of single versions.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>
/// Newest first. <paramref name="Next"/> is to be sent as <c>?cursor=</c> for the next page, null at the end;
/// <c>?limit=</c> takes 1 to 200, 50 when left out.
/// </summary>
public sealed record HistoryResponse(IReadOnlyList<VersionResponse> Versions, string? Next);

/// <param name="Base">The earlier version; null when the later one is a first version.</param>
/// <param name="Head">The later version.</param>
/// <param name="Edits">What changed.</param>
/// <param name="Shifted">Elements that only moved because something before them changed.</param>
/// <param name="Relocated">Clips whose media is where the whole folder went, as on another machine; not among the edits.</param>
public sealed record CompareResponse(string? Base, string Head, IReadOnlyList<EditResponse> Edits, int Shifted, int Relocated);

/// <param name="Kind">kebab-case: <c>trim-tail</c>.</param>
/// <param name="Elements">Ids of the elements concerned.</param>
/// <param name="Tracks">V1, A1….</param>
/// <param name="AtFrame">Record frame from zero, in the cut where it can be seen.</param>
/// <param name="DurationFrames">How long the element is there.</param>
/// <param name="AmountFrames">By how much; 0 when the edit has no amount.</param>
/// <param name="Timecode">Record timecode of <paramref name="AtFrame"/>.</param>
/// <param name="Subject">The clip's, track's or marker's name.</param>
/// <param name="Sentence">The change in an editor's words.</param>
/// <param name="Children">The edits that this one sums up, in record order; none when it stands for itself.</param>
public sealed record EditResponse(
    string Kind,
    IReadOnlyList<string> Elements,
    IReadOnlyList<string> Tracks,
    long AtFrame,
    long DurationFrames,
    long AmountFrames,
    string Timecode,
    string Subject,
    string Sentence,
    IReadOnlyList<EditResponse> Children);
