using CineGit.Agent.Features.Compare;

namespace CineGit.Agent.Features.Sync;

/// <param name="Branch">What was to be pushed.</param>
/// <param name="Result"><c>pushed</c>, <c>up-to-date</c>, <c>behind</c>, <c>stale</c> or <c>empty</c>.</param>
/// <param name="HubHead">The branch's head on the hub.</param>
/// <param name="Versions">How many were sent.</param>
internal sealed record PushReport(string Branch, string Result, string? HubHead, int Versions);

/// <param name="Branch">What was to be pulled.</param>
/// <param name="Result"><c>up-to-date</c>, <c>fast-forwarded</c>, <c>merged</c>, <c>conflicts</c> or <c>unrelated</c>.</param>
/// <param name="Head">The branch's head here.</param>
/// <param name="HubHead">Its head on the hub.</param>
/// <param name="Conflicts">What stands against a merge.</param>
/// <param name="Notes">What the merge did that a person may want to look at.</param>
internal sealed record PullReport(
    string Branch, string Result, string? Head, string? HubHead, IReadOnlyList<ConflictLine> Conflicts, IReadOnlyList<NoteLine> Notes);
