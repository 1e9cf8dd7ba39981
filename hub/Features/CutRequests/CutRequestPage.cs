using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Http;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>Everything that a cut request's page is made of, for one reader.</summary>
/// <param name="Request">The request.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Answers">What was answered to conflicts.</param>
/// <param name="Reviews">Who looked at it.</param>
/// <param name="Checks">What checks say of its source.</param>
/// <param name="Queue">Its latest turn to be merged.</param>
/// <param name="Missing">What the target asks for and it has not, if this reader were to merge.</param>
public sealed record CutRequestPage(
    CutRequest Request,
    Standing Standing,
    ImmutableArray<Answer> Answers,
    ImmutableArray<Review> Reviews,
    ImmutableArray<CheckSummary> Checks,
    QueueEntry? Queue,
    ImmutableArray<Lack> Missing)
{
    /// <summary>All that people did to it; the tag begins with it.</summary>
    public string Deeds => EntityTags.Of(
        [
            Request.State, Request.Draft ? "draft" : "", Request.Title, Request.Description, Standing.SourceHead, Standing.TargetHead, Request.MergedVersion,
            .. Answers.SelectMany(answer => (string?[])[answer.Conflict, CutRequestRules.WordOf(answer.Choice), answer.Value, answer.ChosenByName]),
            "reviews",
            .. Reviews.SelectMany(review => (string?[])[review.Reviewer.ToString(), review.Requested ? "asked" : "", review.Verdict, review.Version, review.Comment]),
        ]);

    /// <summary>Nothing else changes the page. Checks and turns end by themselves, which stands in the way of nobody's change.</summary>
    public string Tag => Deeds + EntityTags.Of(
        [
            .. Checks.SelectMany(check => (string?[])[check.Name, check.State, check.Summary, check.Required ? "asked" : ""]),
            "missing",
            .. Missing.Select(lack => lack.Words),
            "queue", Queue?.State, Queue?.Reason, Queue is { IsHeld: true } ? "held" : "",
        ]);

    public CutRequestResponse View() => CutRequestView.Of(this);
}

/// <summary>Puts pages together.</summary>
public sealed class CutRequestPages(Standings standings)
{
    public async Task<CutRequestPage> OpenAsync(ProjectTransaction tx, CutRequest request, Membership reader, CancellationToken ct)
    {
        var answers = await AnswerStore.ListAsync(tx, request.Number, ct);
        var standing = await standings.FindAsync(tx, request, answers, ct);
        var reviews = await ReviewStore.ListAsync(tx, request.Number, ct);
        var asked = await ProtectionStore.FindAsync(tx, request.TargetBranch, ct);
        var checks = standing.SourceHead is { } source
            ? await MergeGate.ChecksAsync(tx, request.TargetBranch, asked?.Checks ?? [], source, ct)
            : [];
        return new(request, standing, answers, reviews, checks, await MergeQueueStore.LatestAsync(tx, request.Number, ct), await MergeGate.MissingAsync(tx, request, standing.SourceHead, reviews, reader, ct));
    }

    /// <summary>The page as it is after a change, which also keeps how many conflicts are open for the lists.</summary>
    public async Task<CutRequestPage> ReopenAsync(ProjectTransaction tx, int number, Membership reader, CancellationToken ct)
    {
        var request = await CutRequestStore.FindAsync(tx, number, ct)
            ?? throw new InvalidOperationException($"Cut request {number} is not there after it was changed.");
        var page = await OpenAsync(tx, request, reader, ct);
        if (request.IsOpen) await CutRequestStore.SetOpenConflictsAsync(tx, number, page.Standing.OpenConflicts, ct);
        return page;
    }
}
