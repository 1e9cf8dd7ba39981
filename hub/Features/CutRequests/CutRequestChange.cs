using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;
using CutRequestAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<CineGit.Contracts.Hub.CutRequestResponse>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>One change of a cut request that has not ended: under its lock, with If-Match, told as one event.</summary>
public sealed class CutRequestChange(ProjectAccess projects, CutRequestPages pages, TimeProvider clock)
{
    /// <param name="change">Writes it; takes the transaction, the request and the moment.</param>
    public async Task<CutRequestAnswer> MakeAsync(
        Membership member,
        HttpRequest request,
        string project,
        int number,
        string eventName,
        Func<ProjectTransaction, CutRequest, DateTimeOffset, Task> change,
        CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.LockAsync(tx, number, ct) is not { } found) return Problems.NotFound();
        if (CutRequestView.WhyEnded(found) is { } ended) return CutRequestEndpoints.EndedProblem(ended);
        if (request.Headers.IfMatch.Count > 0)
        {
            var before = await pages.OpenAsync(tx, found, member, ct);
            if (EntityTags.WhyNotBeginning(request, before.Deeds) is { } changed) return changed;
        }

        var at = clock.GetUtcNow();
        await change(tx, found, at);
        var page = await pages.ReopenAsync(tx, number, member, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, found.ToEvent(eventName));
        await tx.CommitAsync(ct);
        return TypedResults.Ok(page.View());
    }
}
