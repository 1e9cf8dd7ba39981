using System.Text.Json;

namespace CineGit.Contracts.Hub;

/// <summary>What has happened, as it is told: values of <see cref="EventResponse.Name"/> and of the stream's <c>event:</c> lines.</summary>
public static class EventNames
{
    /// <summary>Detail: <see cref="BranchCreatedEvent"/>.</summary>
    public const string BranchCreated = "branch_created";

    /// <summary>Detail: <see cref="BranchMovedEvent"/>.</summary>
    public const string BranchMoved = "branch_moved";

    /// <summary>Detail: <see cref="VersionPushedEvent"/>.</summary>
    public const string VersionPushed = "version_pushed";

    /// <summary>Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestCreated = "cut_request_created";

    /// <summary>A conflict was answered, or its answer taken back. Detail: <see cref="CutRequestEvent"/>.</summary>
    public const string CutRequestResolved = "cut_request_resolved";

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

/// <param name="Last">The last of the versions that came.</param>
/// <param name="Count">How many came.</param>
public sealed record VersionPushedEvent(string Last, int Count);

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
