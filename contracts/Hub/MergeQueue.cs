namespace CineGit.Contracts.Hub;

/// <summary>Wire values of <see cref="QueueEntryResponse.State"/>.</summary>
public static class QueueStates
{
    public const string Waiting = "waiting";
    public const string Merged = "merged";

    /// <summary>Not merged; the entry says why.</summary>
    public const string Left = "left";
}

/// <param name="ExpectedSource">The source's head as you saw it: it is what is merged, or nothing.</param>
public sealed record QueueCutRequestRequest(string ExpectedSource);

/// <summary>A cut request's turn to be merged.</summary>
/// <param name="Number">The cut request.</param>
/// <param name="Title">What it is about.</param>
/// <param name="SourceHead">The version that is to be merged.</param>
/// <param name="State">See <see cref="QueueStates"/>.</param>
/// <param name="Held">It waits for its checks; those behind it go on.</param>
/// <param name="Reason">Why it left, or is held; empty otherwise.</param>
/// <param name="QueuedByName">In whose name it is merged.</param>
/// <param name="QueuedAt">Since when.</param>
/// <param name="EndedAt">Until when; null while it waits.</param>
public sealed record QueueEntryResponse(
    int Number,
    string Title,
    string SourceHead,
    string State,
    bool Held,
    string Reason,
    string QueuedByName,
    DateTimeOffset QueuedAt,
    DateTimeOffset? EndedAt);

/// <param name="Branch">Where all of them go.</param>
/// <param name="Waiting">In the order of their turns.</param>
/// <param name="Ended">Those that came last of all that wait no longer, 20 at most, the latest first.</param>
public sealed record MergeQueueResponse(string Branch, IReadOnlyList<QueueEntryResponse> Waiting, IReadOnlyList<QueueEntryResponse> Ended);
