using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Events;
using CineGit.Timeline.Merge;

namespace CineGit.Hub.Features.CutRequests;

/// <param name="Number">Within its project.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Description">Why.</param>
/// <param name="State">Open, merged or closed; see <see cref="CutRequestStates"/>.</param>
/// <param name="Draft">Open, and not to be merged yet.</param>
/// <param name="OpenConflicts">How many were open when it was last compared.</param>
/// <param name="SourceBranch">Where the changes are.</param>
/// <param name="TargetBranch">Where they are to go.</param>
/// <param name="AuthorId">Who asks.</param>
/// <param name="AuthorName">Who asks, as they were called then.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="SourceHead">Where the source was when the request ended; null while it is open.</param>
/// <param name="TargetHead">Where the target was then.</param>
/// <param name="MergedVersion">The merge.</param>
/// <param name="EndedByName">Who merged or closed it.</param>
/// <param name="EndedAt">When.</param>
public sealed record CutRequest(
    int Number,
    string Title,
    string Description,
    string State,
    bool Draft,
    int OpenConflicts,
    string SourceBranch,
    string TargetBranch,
    Guid AuthorId,
    string AuthorName,
    DateTimeOffset CreatedAt,
    string? SourceHead,
    string? TargetHead,
    string? MergedVersion,
    string? EndedByName,
    DateTimeOffset? EndedAt)
{
    public bool IsOpen => State == CutRequestStates.Open;

    /// <summary>As people call it; see <see cref="CutRequestStates"/>.</summary>
    public string StateWith(int openConflicts) => this switch
    {
        { IsOpen: true, Draft: true } => CutRequestStates.Draft,
        { IsOpen: true } when openConflicts > 0 => CutRequestStates.Conflicted,
        _ => State,
    };

    public CutRequestSummary ToSummary() =>
        new(Number, Title, StateWith(OpenConflicts), SourceBranch, TargetBranch, AuthorName, CreatedAt);

    /// <param name="name">See <see cref="EventNames"/>.</param>
    public HubEvent ToEvent(string name) => HubEvent.Of(name, new CutRequestEvent(Number, SourceBranch, TargetBranch));

    public HubEvent ToLeftQueueEvent(string reason) => HubEvent.Of(
        EventNames.CutRequestLeftQueue, new(Number, SourceBranch, TargetBranch, reason), HubJson.Default.LeftQueueEvent);

    public HubEvent ToMergedEvent(string version) => HubEvent.Of(
        EventNames.CutRequestMerged, new(Number, SourceBranch, TargetBranch, version), HubJson.Default.CutRequestMergedEvent);
}

/// <summary>What a person answered to a conflict.</summary>
public sealed record Answer(string Conflict, Choice Choice, string? Value, string ChosenByName);

/// <summary>How a cut request ends.</summary>
public sealed record CutRequestEnd(
    string State, string? SourceHead, string? TargetHead, string? MergedVersion, Guid By, string ByName, DateTimeOffset At);
