using System.Text.Json;

namespace CineGit.Contracts.Hub;

/// <summary>What has happened, as it is told: values of <see cref="EventResponse.Name"/> and of the stream's <c>event:</c> lines.</summary>
public static class EventNames
{
    /// <summary>Detail: <see cref="BranchCreatedEvent"/>.</summary>
    public const string BranchCreated = "branch_created";

    /// <summary>Detail: <see cref="BranchMovedEvent"/>.</summary>
    public const string BranchMoved = "branch_moved";

    /// <summary>What a branch asks of what comes into it is another. Detail: <see cref="BranchProtectedEvent"/>.</summary>
    public const string BranchProtected = "branch_protected";

    /// <summary>Detail: <see cref="VersionPushedEvent"/>.</summary>
    public const string VersionPushed = "version_pushed";

    /// <summary>A tag was put on a version, moved or removed. Detail: <see cref="VersionTaggedEvent"/>.</summary>
    public const string VersionTagged = "version_tagged";

    /// <summary>Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestCreated = "cut_request_created";

    /// <summary>A conflict was answered, or its answer taken back. Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestResolved = "cut_request_resolved";

    /// <summary>Somebody was asked to review it, has, or took that back. Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestReviewed = "cut_request_reviewed";

    /// <summary>Its title, description or draft mark. Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestChanged = "cut_request_changed";

    /// <summary>Its branches have come to do different things to the same. Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestConflicted = "cut_request_conflicted";

    /// <summary>It waits for its turn to be merged. Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestQueued = "cut_request_queued";

    /// <summary>It waits no longer, and was not merged. Detail: <see cref="LeftQueueEvent"/>.</summary>
    public const string CutRequestLeftQueue = "cut_request_left_queue";

    /// <summary>Checks of a version were run, or reported. Detail: <see cref="CheckCompletedEvent"/>.</summary>
    public const string CheckCompleted = "check_completed";

    /// <summary>Detail: <see cref="CutRequestMergedEvent"/>.</summary>
    public const string CutRequestMerged = "cut_request_merged";

    /// <summary>Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestClosed = "cut_request_closed";

    /// <summary>Detail: <see cref="GuestLinkEvent"/>. Guests are not told of links and other guests.</summary>
    public const string GuestLinkCreated = "guest_link_created";

    /// <summary>Detail: <see cref="GuestLinkEvent"/>.</summary>
    public const string GuestLinkRevoked = "guest_link_revoked";

    /// <summary>Somebody came by a link for the first time. Detail: <see cref="GuestJoinedEvent"/>.</summary>
    public const string GuestJoined = "guest_joined";

    /// <summary>First on every stream, with the number it goes on from. No event: it has no data.</summary>
    public const string Listening = "listening";

    /// <summary>When nothing was to be told for a while; its number is how far the stream has come. No event: it has no data.</summary>
    public const string Heartbeat = "heartbeat";
}

/// <summary>
/// One event. Numbers of an organization go up by one with each, in the order in which events became true, so a reader that has
/// seen a number has seen, or may not see, everything before it.
/// </summary>
/// <param name="Sequence">Within its organization, from 1; also the stream's <c>id:</c>.</param>
/// <param name="Name">See <see cref="EventNames"/>.</param>
/// <param name="Project">The slug of the project it is about; null when it is about the organization.</param>
/// <param name="By">Whose doing it was.</param>
/// <param name="At">UTC.</param>
/// <param name="Detail">Its record, as <see cref="EventNames"/> says.</param>
public sealed record EventResponse(long Sequence, string Name, string? Project, Guid By, DateTimeOffset At, JsonElement Detail);

/// <param name="Branch">Its name.</param>
/// <param name="Head">The version it starts at; null for an empty branch.</param>
public sealed record BranchCreatedEvent(string Branch, string? Head);

/// <param name="Branch">Its name.</param>
/// <param name="From">Its head before; null when it was empty.</param>
/// <param name="To">Its head since.</param>
/// <param name="Reason"><c>push</c> or <c>merge</c>.</param>
public sealed record BranchMovedEvent(string Branch, string? From, string To, string Reason);

/// <param name="Branch">Its name.</param>
/// <param name="Protected">False when it asks nothing any more.</param>
public sealed record BranchProtectedEvent(string Branch, bool Protected);

/// <param name="Last">The last of the versions that came.</param>
/// <param name="Count">How many came.</param>
public sealed record VersionPushedEvent(string Last, int Count);

/// <param name="Number">Within its project.</param>
/// <param name="SourceBranch">Where the changes are.</param>
/// <param name="TargetBranch">Where they were to go.</param>
/// <param name="Reason">Why it was not merged.</param>
public sealed record LeftQueueEvent(int Number, string SourceBranch, string TargetBranch, string Reason);

/// <param name="Version">What was checked.</param>
/// <param name="Branch">The branch whose settings were used; null for none.</param>
/// <param name="Names">The checks.</param>
/// <param name="Failed">Those of them that it did not pass.</param>
public sealed record CheckCompletedEvent(string Version, string? Branch, IReadOnlyList<string> Names, IReadOnlyList<string> Failed);

/// <param name="Tag">Its name.</param>
/// <param name="From">What it was on; null when it is new.</param>
/// <param name="To">What it is on; null when it was removed.</param>
public sealed record VersionTaggedEvent(string Tag, string? From, string? To);

/// <param name="Number">Within its project.</param>
/// <param name="SourceBranch">Where the changes are.</param>
/// <param name="TargetBranch">Where they are to go.</param>
public sealed record CutRequestEvent(int Number, string SourceBranch, string TargetBranch);

/// <param name="Number">Within its project.</param>
/// <param name="SourceBranch">Where the changes were.</param>
/// <param name="TargetBranch">Where they went.</param>
/// <param name="Version">The merge.</param>
public sealed record CutRequestMergedEvent(int Number, string SourceBranch, string TargetBranch, string Version);

/// <param name="Link">Its id.</param>
/// <param name="Name">Whom it is for.</param>
public sealed record GuestLinkEvent(Guid Link, string Name);

/// <param name="Link">Its id.</param>
/// <param name="LinkName">Whom the link is for.</param>
/// <param name="Name">What the guest is called.</param>
public sealed record GuestJoinedEvent(Guid Link, string LinkName, string Name);
