namespace CineGit.Contracts.Hub;

/// <summary>Wire values of <see cref="ReviewRequest.Verdict"/>.</summary>
public static class Verdicts
{
    public const string Approved = "approved";

    /// <summary>Something has to change before it may be merged.</summary>
    public const string Changes = "changes";
}

/// <param name="Verdict">See <see cref="Verdicts"/>.</param>
/// <param name="Version">The source's head as the reviewer saw it; the verdict is about it alone.</param>
/// <param name="Comment">Why; null for nothing.</param>
public sealed record ReviewRequest(string Verdict, string Version, string? Comment);

/// <summary>Somebody who was asked to look at a cut request, or who did.</summary>
/// <param name="Reviewer">Their id.</param>
/// <param name="ReviewerName">Their name.</param>
/// <param name="Requested">Whether they were asked.</param>
/// <param name="Verdict">See <see cref="Verdicts"/>; null while they have said nothing.</param>
/// <param name="Version">What it is about.</param>
/// <param name="IsCurrent">True when that is what would be merged; anything else counts no more.</param>
/// <param name="Comment">Why.</param>
/// <param name="At">When.</param>
public sealed record ReviewResponse(
    Guid Reviewer, string ReviewerName, bool Requested, string? Verdict, string? Version, bool IsCurrent, string Comment, DateTimeOffset? At);

/// <param name="Title">What it is about.</param>
/// <param name="Description">Why.</param>
/// <param name="Draft">True while it is not to be merged.</param>
public sealed record UpdateCutRequestRequest(string Title, string? Description, bool Draft);
