using CineGit.Contracts.Hub;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Somebody who was asked to look at a cut request, or who did.</summary>
/// <param name="Reviewer">Who.</param>
/// <param name="ReviewerName">What they are called.</param>
/// <param name="Requested">Whether they were asked.</param>
/// <param name="Verdict">See <see cref="Verdicts"/>; null while they have said nothing.</param>
/// <param name="Version">The one version that it is about.</param>
/// <param name="Comment">Why.</param>
/// <param name="ReviewedAt">When.</param>
/// <param name="IsMember">Whoever has left the organization approves nothing any more.</param>
public sealed record Review(
    Guid Reviewer,
    string ReviewerName,
    bool Requested,
    string? Verdict,
    string? Version,
    string Comment,
    DateTimeOffset? ReviewedAt,
    bool IsMember)
{
    public bool Approves(string? version) => IsMember && Verdict == Verdicts.Approved && Version == version;

    public bool WantsChanges(string? version) => IsMember && Verdict == Verdicts.Changes && Version == version;

    public ReviewResponse ToResponse(string? head) =>
        new(Reviewer, ReviewerName, Requested, Verdict, Version, Version is not null && Version == head, Comment, ReviewedAt);
}
