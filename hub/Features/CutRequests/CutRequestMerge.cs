using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Checks;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Search;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>What became of a merge.</summary>
public abstract record MergeOutcome
{
    private MergeOutcome()
    {
    }

    public sealed record Merged(string Version) : MergeOutcome;

    public sealed record NotThere : MergeOutcome;

    public sealed record Ended(string Why) : MergeOutcome;

    public sealed record Draft(string Why) : MergeOutcome;

    /// <param name="Missing">What the target asks for, a sentence each.</param>
    /// <param name="IsPassing">Checks have to end, and nothing else is missing.</param>
    public sealed record Blocked(ImmutableArray<string> Missing, bool IsPassing) : MergeOutcome;

    public sealed record Stale(string Branch, string? ActualHead) : MergeOutcome;

    public sealed record Apart(string Why) : MergeOutcome;

    public sealed record Contained(string Why) : MergeOutcome;

    public sealed record ConflictsOpen(int Count) : MergeOutcome;
}

/// <summary>Merges a cut request: the merged cut, its version, the target's head and the request's end in one transaction.</summary>
public sealed class CutRequestMerge(ProjectAccess projects, Standings standings, TreeCache trees, CutCache cuts, TimeProvider clock)
{
    public async Task<MergeOutcome> MergeAsync(
        Membership member, string project, int number, MergeCutRequestRequest expected, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return new MergeOutcome.NotThere();
        var outcome = await MergeAsync(tx, member, number, expected, ct);
        if (outcome is MergeOutcome.Merged) await tx.CommitAsync(ct);
        return outcome;
    }

    /// <summary>All but the commit, which is for the caller to make, at once.</summary>
    public async Task<MergeOutcome> MergeAsync(
        ProjectTransaction tx, Membership member, int number, MergeCutRequestRequest expected, CancellationToken ct)
    {
        if (await CutRequestStore.LockAsync(tx, number, ct) is not { } request) return new MergeOutcome.NotThere();
        if (await WhyNotAsync(tx, member, request, expected, ct) is { } early) return early;
        var answers = await AnswerStore.ListAsync(tx, number, ct);
        var standing = await standings.FindAsync(tx, request, answers, ct);
        if (Refusal(request, standing, expected) is { } refusal) return refusal;
        if (standing is not Standing.Compared compared) throw new InvalidOperationException("A request without two cuts was not refused.");

        if (await WhyNotMergedAsync(tx, request, compared, ct) is { } unfit) return unfit;

        var at = clock.GetUtcNow();
        var version = await AddVersionAsync(tx, member, request, compared, at, ct);
        var move = new BranchMove(request.TargetBranch, compared.TargetId, version, BranchMove.Merge, member.UserId, at);
        if (!await BranchStore.MoveAsync(tx, move, ct)) throw new InvalidOperationException($"{request.TargetBranch} moved while it was locked.");
        var end = new CutRequestEnd(
            CutRequestStates.Merged, compared.SourceId, compared.TargetId, version, member.UserId, member.DisplayName, at);
        if (!await CutRequestStore.EndAsync(tx, number, end, ct)) throw new InvalidOperationException($"Cut request {number} ended while it was locked.");
        await MergeQueueStore.EndAsync(tx, number, QueueStates.Merged, "", at, ct);
        await HeadMoves.TellAsync(tx, request.TargetBranch, version, member.UserId, ct);
        await EventStore.AppendAsync(tx, member.UserId, at, ct, move.ToEvent(), request.ToMergedEvent(version));
        return new MergeOutcome.Merged(version);
    }

    /// <summary>
    /// What can be said without comparing. From here on the transaction holds the target: whoever else merges into it waits, and
    /// then sees that it moved, before computing anything; and what it asks stays as it is.
    /// </summary>
    static async Task<MergeOutcome?> WhyNotAsync(
        ProjectTransaction tx, Membership member, CutRequest request, MergeCutRequestRequest expected, CancellationToken ct)
    {
        if (CutRequestView.WhyEnded(request) is { } ended) return new MergeOutcome.Ended(ended);
        if (CutRequestView.WhyDraft(request) is { } draft) return new MergeOutcome.Draft(draft);
        var target = await BranchStore.LockAsync(tx, request.TargetBranch, ct);
        if (target?.Head != expected.ExpectedTarget) return new MergeOutcome.Stale(request.TargetBranch, target?.Head);
        var source = await BranchStore.FindAsync(tx, request.SourceBranch, ct);
        if (source?.Head != expected.ExpectedSource) return new MergeOutcome.Stale(request.SourceBranch, source?.Head);
        var reviews = await ReviewStore.ListAsync(tx, request.Number, ct);
        var missing = await MergeGate.MissingAsync(tx, request, expected.ExpectedSource, reviews, member, ct);
        return missing.IsEmpty ? null : new MergeOutcome.Blocked([.. missing.Select(lack => lack.Words)], missing.All(lack => lack.IsPassing));
    }

    /// <summary>Both sides may have passed what their merge does not: the hub's own checks that the target asks for are run on it.</summary>
    static async Task<MergeOutcome.Blocked?> WhyNotMergedAsync(
        ProjectTransaction tx, CutRequest request, Standing.Compared standing, CancellationToken ct)
    {
        var asked = await ProtectionStore.FindAsync(tx, request.TargetBranch, ct);
        var own = asked?.Checks.Where(CutInspection.Names.Contains).ToList();
        if (own is null or []) return null;
        var inspection = new CutInspection(standing.Merge.Merged, await CheckStore.SettingsAsync(tx, request.TargetBranch, ct));
        ImmutableArray<string> failed =
            [.. own.Select(inspection.Of).Where(verdict => !verdict.Passed).Select(verdict => $"The merge would not pass {verdict.Name}: {verdict.Summary}")];
        return failed.IsEmpty ? null : new(failed, IsPassing: false);
    }

    static MergeOutcome? Refusal(CutRequest request, Standing standing, MergeCutRequestRequest expected)
    {
        if (standing.TargetHead != expected.ExpectedTarget) return new MergeOutcome.Stale(request.TargetBranch, standing.TargetHead);
        if (standing.SourceHead != expected.ExpectedSource) return new MergeOutcome.Stale(request.SourceBranch, standing.SourceHead);
        return standing switch
        {
            Standing.Apart(_, _, var why) => new MergeOutcome.Apart(why),
            Standing.Compared { IsContained: true } => new MergeOutcome.Contained(CutRequestView.NothingToMerge(request)),
            Standing.Compared { OpenConflicts: > 0 and var open } => new MergeOutcome.ConflictsOpen(open),
            _ => null,
        };
    }

    /// <summary>The merge is packed against both its parents, the target first: it brings next to nothing.</summary>
    async Task<string> AddVersionAsync(
        ProjectTransaction tx, Membership member, CutRequest request, Standing.Compared standing, DateTimeOffset at, CancellationToken ct)
    {
        var parents = await VersionStore.FindManyAsync(tx, [standing.TargetId, standing.SourceId], ct);
        var target = await trees.CutAsync(tx, parents[standing.TargetId], ct);
        var source = await trees.CutAsync(tx, parents[standing.SourceId], ct);
        var (root, reading) = Encoded(standing.Merge.Merged, target, source);
        var record = new VersionRecord(
            [standing.TargetId, standing.SourceId],
            root.Hash.Hex,
            Native: null,
            NativeName: null,
            member.DisplayName,
            $"Merge cut request #{request.Number}: {request.Title}",
            DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()));
        var id = VersionIdentity.IdOf(record);
        await VersionStore.AddAsync(tx, id, record, member.UserId, at, ct);
        var before = (await IndexStore.KnownAsync(tx, [standing.TargetId], ct)).Count > 0 ? standing.Target : null;
        await IndexStore.AddAsync(tx, [IndexedVersion.Of(id, before, reading.Sequence, [standing.Source])], ct);
        var pack = PackWriter.Write(PackId.OfCut(VersionHash.Of(id)), root, target, source);
        var packs = new[] { new StoredPack(pack.Id, id, pack.Bytes) }.ToAsyncEnumerable();
        if (await new PackStore(tx).AddAsync(packs, at, ct) is not null)
        {
            throw new InvalidOperationException($"The merge {id} begins with the same 63 bits as another version; merge again.");
        }

        // What comes next looks at it or builds on it. Should this transaction fail, nothing names the version, so nobody finds it here.
        cuts.Keep(tx, id, reading);
        return id;
    }

    /// <summary>A merge passes the same gate as a push, so no version is ever unreadable.</summary>
    static (VersionObject Root, CutReading.Readable Reading) Encoded(Sequence merged, StoredTree target, StoredTree source)
    {
        var root = CutObjects.Encode(CutWriter.Write(merged), [target.Root, source.Root]);
        return CutRules.Read(root) switch
        {
            CutReading.Readable readable => (root, readable),
            CutReading.Unreadable unreadable => throw new InvalidOperationException($"The merged cut would not be readable: {unreadable.Why}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
