using CineGit.Agent.Platform.LocalState;

namespace CineGit.Agent.Features.Sync;

/// <summary>Tells the journal what the hub has.</summary>
internal static class Settlement
{
    /// <summary>The caller holds the working copy's lock.</summary>
    public static async Task SettleAsync(WorkingCopy copy, string branch, CancellationToken ct)
    {
        if (!(await copy.Journal.PendingBranchesAsync(ct)).Contains(branch)) return;
        var refs = await copy.Refs.ReadAsync(ct);
        if (refs.Head(branch) is not { } head || refs.HubHead(branch) is not { } hubHead) return;
        if ((await copy.Graph.RelateAsync(head, hubHead, ct)).OnlyFirst.Count > 0) return;
        await copy.Journal.AppendAsync(new(JournalEntry.Pushed, branch, head), ct);
        await copy.Journal.CompactAsync(ct);
    }
}
