using CineGit.Hub.Features.Checks;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>What a branch's move asks for, whoever moved it.</summary>
public static class HeadMoves
{
    /// <summary>In the transaction that moved it, before its events.</summary>
    public static async Task TellAsync(ProjectTransaction tx, string branch, string head, Guid by, CancellationToken ct)
    {
        await MergeQueueStore.WakeSourceAsync(tx, branch, by, ct);
        await CheckQueue.HeadMovedAsync(tx, branch, head, by, ct);
        await StandingJob.HeadMovedAsync(tx, branch, by, ct);
    }
}
