using System.Globalization;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Jobs;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>A branch has moved: finds out whether a cut request has come to be conflicted, or no longer is, before somebody looks.</summary>
public sealed class StandingJob(Standings standings, TimeProvider clock) : IJobHandler
{
    const string Name = "standing";

    public string Kind => Name;

    /// <summary>Asks for it for all open requests from or into a branch.</summary>
    public static async Task HeadMovedAsync(ProjectTransaction tx, string branch, Guid by, CancellationToken ct)
    {
        var numbers = await CutRequestStore.OpenOfBranchAsync(tx, branch, ct);
        await JobStore.EnqueueAsync(tx, Name, [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))], by, ct);
    }

    public async Task RunAsync(ProjectTransaction tx, Job job, CancellationToken ct)
    {
        var number = int.Parse(job.Key, CultureInfo.InvariantCulture);
        var request = await CutRequestStore.LockAsync(tx, number, ct)
            ?? throw new InvalidOperationException($"Cut request {number} is to be looked at and is not there.");
        if (!await JobStore.DoneAsync(tx, job, ct)) return;
        if (request.IsOpen)
        {
            var standing = await standings.FindAsync(tx, request, await AnswerStore.ListAsync(tx, number, ct), ct);
            await CutRequestStore.SetOpenConflictsAsync(tx, number, standing.OpenConflicts, ct);
            if (request.OpenConflicts == 0 && standing.OpenConflicts > 0)
            {
                await EventStore.AppendAsync(tx, job.CausedBy, clock.GetUtcNow(), ct, request.ToEvent(EventNames.CutRequestConflicted));
            }
        }

        await tx.CommitAsync(ct);
    }

    /// <summary>The page says what the list does not know.</summary>
    public Task GiveUpAsync(ProjectTransaction tx, Job job, CancellationToken ct) => Task.CompletedTask;
}
