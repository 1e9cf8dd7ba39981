namespace CineGit.Contracts.Hub;

/// <summary>Wire values of <see cref="CheckResponse.State"/>.</summary>
public static class CheckStates
{
    /// <summary>Asked for or under way, with nothing to tell yet.</summary>
    public const string Pending = "pending";
    public const string Passed = "passed";
    public const string Failed = "failed";
}

/// <summary>Names of the hub's own checks; nobody else reports under them.</summary>
public static class CheckNames
{
    /// <summary>The cut can be stored, played and read by other programs as it stands.</summary>
    public const string Invariants = "invariants";

    /// <summary>There is a picture everywhere until the last one.</summary>
    public const string Gaps = "gaps";

    /// <summary>No picture, and no black, is shorter than three frames.</summary>
    public const string FlashFrames = "flash-frames";

    /// <summary>Each clip says what its media is, and has it as far as it uses it.</summary>
    public const string OfflineMedia = "offline-media";

    /// <summary>The cut is neither shorter nor longer than the project, or the branch, wants it.</summary>
    public const string Duration = "duration";

    /// <summary>Linked picture and sound run together.</summary>
    public const string Sync = "sync";
}

/// <summary>One thing that a check found.</summary>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Elements">Ids of the elements that it is about.</param>
/// <param name="AtFrame">Record frame from zero; null when it is about no moment.</param>
/// <param name="Timecode">Record timecode of it.</param>
/// <param name="Track">The track's name; null when it is about none.</param>
/// <param name="Code">A stable word for the kind of it; null when there is none.</param>
public sealed record CheckFinding(
    string Message, IReadOnlyList<string>? Elements, long? AtFrame, string? Timecode, string? Track, string? Code);

/// <param name="Name">See <see cref="CheckNames"/>, or what another system calls it.</param>
/// <param name="State">See <see cref="CheckStates"/>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Findings">At most 200; the summary counts all.</param>
/// <param name="Branch">The branch whose settings it was made with; null for no branch's.</param>
/// <param name="Link">Where another system says more.</param>
/// <param name="IsOwn">True for the hub's own.</param>
/// <param name="ReportedByName">Who asked for it, or whose token reported it.</param>
/// <param name="ReportedAt">When.</param>
public sealed record CheckResponse(
    string Name,
    string State,
    string Summary,
    IReadOnlyList<CheckFinding> Findings,
    string? Branch,
    string? Link,
    bool IsOwn,
    string ReportedByName,
    DateTimeOffset ReportedAt);

/// <param name="Version">What was checked.</param>
/// <param name="Running">True while the hub's own are to be run, or run again.</param>
/// <param name="Results">By name, then branch.</param>
public sealed record ChecksResponse(string Version, bool Running, IReadOnlyList<CheckResponse> Results);

/// <param name="Branch">The branch that the version is meant for; null for none in particular.</param>
public sealed record RunChecksRequest(string? Branch);

/// <param name="State">See <see cref="CheckStates"/>.</param>
/// <param name="Summary">One sentence, up to 1,000 characters.</param>
/// <param name="Findings">At most 200; null for none.</param>
/// <param name="Link">An https or http address that says more; null for none.</param>
public sealed record ReportCheckRequest(string State, string Summary, IReadOnlyList<CheckFinding>? Findings, string? Link);

/// <param name="Branch">Null for all branches that have none of their own.</param>
/// <param name="ShortestSeconds">The shortest that a cut may be; null for any.</param>
/// <param name="LongestSeconds">The longest; null for any. Without both the branch has no settings of its own.</param>
public sealed record CheckSettings(string? Branch, int? ShortestSeconds, int? LongestSeconds);

/// <summary>What a required check says of a cut request's source.</summary>
/// <param name="Name">The check.</param>
/// <param name="State">See <see cref="CheckStates"/>; pending when nothing was said yet.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Required">Whether the target branch asks for it.</param>
public sealed record CheckSummary(string Name, string State, string Summary, bool Required);
