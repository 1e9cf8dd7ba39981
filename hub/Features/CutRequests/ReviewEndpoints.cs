using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Events;
using CutRequestAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<CineGit.Contracts.Hub.CutRequestResponse>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Who is asked to look at a cut request, and what they say.</summary>
public static partial class ReviewEndpoints
{
    const int LongestComment = 10_000;

    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Cut requests");
        group.MapPut(HubRoutes.Reviewer, RequestAsync).RequirePermission(Permission.CutRequestCreate);
        group.MapDelete(HubRoutes.Reviewer, UnrequestAsync).RequirePermission(Permission.CutRequestCreate);
        group.MapPut(HubRoutes.Reviews, ReviewAsync).RequirePermission(Permission.CutRequestApprove);
        group.MapDelete(HubRoutes.Reviews, TakeBackAsync).RequirePermission(Permission.CutRequestApprove);
    }

    /// <summary>Whoever is asked must be able to answer.</summary>
    static async Task<CutRequestAnswer> RequestAsync(
        string project,
        int number,
        Guid user,
        HttpRequest http,
        Membership member,
        MembershipStore memberships,
        CutRequestChange change,
        CancellationToken ct)
    {
        var asked = await memberships.FindAsync(user, member.OrganizationSlug, project, ct);
        if (asked?.Permissions.Contains(Permission.CutRequestApprove) is not true)
        {
            return Problems.Invalid("This person is not here, or may not review: give them a role with cutRequest.approve first.");
        }

        return await change.MakeAsync(
            member, http, project, number, EventNames.CutRequestReviewed, (tx, _, _) => ReviewStore.RequestAsync(tx, number, user, ct), ct);
    }

    static Task<CutRequestAnswer> UnrequestAsync(
        string project, int number, Guid user, HttpRequest http, Membership member, CutRequestChange change, CancellationToken ct) =>
        change.MakeAsync(member, http, project, number, EventNames.CutRequestReviewed, (tx, _, _) => ReviewStore.UnrequestAsync(tx, number, user, ct), ct);

    /// <summary>A verdict is about the version that the reviewer saw; if that is the head no longer, they are told so.</summary>
    static async Task<CutRequestAnswer> ReviewAsync(
        string project,
        int number,
        ReviewRequest request,
        Membership member,
        ProjectAccess projects,
        CutRequestPages pages,
        TimeProvider clock,
        ILogger<Review> logger,
        CancellationToken ct)
    {
        if (WhyNot(request) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.LockAsync(tx, number, ct) is not { } found) return Problems.NotFound();
        if (CutRequestView.WhyEnded(found) is { } ended) return CutRequestEndpoints.EndedProblem(ended);
        var source = await BranchStore.FindAsync(tx, found.SourceBranch, ct);
        if (source?.Head != request.Version) return VersionEndpoints.StaleProblem(found.SourceBranch, source?.Head);
        if (found.AuthorId == member.UserId) return Problems.NotAllowed("You opened this cut request; somebody else has to review it.");
        if (await ReviewStore.HasPushedAsync(tx, request.Version, member.UserId, ct))
        {
            return Problems.NotAllowed("You pushed this version; somebody else has to review it.");
        }

        var at = clock.GetUtcNow();
        await ReviewStore.PutAsync(tx, number, member.UserId, request, at, ct);
        var page = await pages.ReopenAsync(tx, number, member, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, found.ToEvent(EventNames.CutRequestReviewed));
        await tx.CommitAsync(ct);
        LogReviewed(logger, member.OrganizationSlug, project, number, request.Verdict, request.Version, member.UserId);
        return TypedResults.Ok(page.View());
    }

    static Task<CutRequestAnswer> TakeBackAsync(
        string project, int number, HttpRequest http, Membership member, CutRequestChange change, CancellationToken ct) => change.MakeAsync(
        member, http, project, number, EventNames.CutRequestReviewed, (tx, _, _) => ReviewStore.TakeBackAsync(tx, number, member.UserId, ct), ct);

    static string? WhyNot(ReviewRequest request)
    {
        if (request.Verdict is not (Verdicts.Approved or Verdicts.Changes))
        {
            return $"verdict '{request.Verdict}' is neither {Verdicts.Approved} nor {Verdicts.Changes}.";
        }

        if (!PushRules.IsHash(request.Version)) return "version must be the source's head as you saw it, 64 hexadecimal digits.";
        if (request.Comment?.Length > LongestComment) return $"comment has {request.Comment.Length} characters; at most {LongestComment} are allowed.";
        return request.Comment?.Any(PushRules.IsUnprintable) is true ? "comment has a control character." : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut request {Organization}/{Project}#{Number}: {Verdict} of {Version} by {User}")]
    static partial void LogReviewed(ILogger logger, string organization, string project, int number, string verdict, string version, Guid user);
}
