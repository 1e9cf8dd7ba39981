using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Platform.Jobs;

/// <summary>Something to be done, and this node's hold on it.</summary>
/// <param name="Key">What it is about, in the words of its kind.</param>
/// <param name="Revision">Moves on when it is asked for again, so that what came meanwhile is not taken for done.</param>
/// <param name="Lease">Nobody else has it; whoever lost it must not finish it.</param>
/// <param name="Attempts">How often it was begun since it last came to an end.</param>
/// <param name="CausedBy">Whose doing it is.</param>
public sealed record Job(
    Guid OrganizationId, Guid ProjectId, string Kind, string Key, long Revision, Guid Lease, int Attempts, Guid CausedBy);

/// <summary>Does jobs of one kind.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>
    /// Does it, ending with <see cref="JobStore.DoneAsync"/> in the transaction that has its effects: so they happen once, however
    /// often it was begun.
    /// </summary>
    Task RunAsync(ProjectTransaction tx, Job job, CancellationToken ct);

    /// <summary>It failed too often. Leaves word of it; the transaction is the caller's.</summary>
    Task GiveUpAsync(ProjectTransaction tx, Job job, CancellationToken ct);
}
