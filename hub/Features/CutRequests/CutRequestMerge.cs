using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
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

    public sealed record Stale(string Branch, string? ActualHead) : MergeOutcome;

    public sealed record Apart(string Why) : MergeOutcome;

    public sealed record Contained(string Why) : MergeOutcome;

    public sealed record ConflictsOpen(int Count) : MergeOutcome;
}

/// <summary>Merges a cut request: the merged cut, its version, the target's head and the request's end in one transaction.</summary>
public sealed class CutRequestMerge(ProjectAccess projects, Standings standings, TreeCache trees, TimeProvider clock)
{
    public async Task<MergeOutcome> MergeAsync(
        Membership member, string project, int number, MergeCutRequestRequest expected, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await CutRequestStore.LockAsync(tx, number, ct) is not { } request) return new MergeOutcome.NotThere();

        if (CutRequestView.WhyEnded(request) is { } ended) return new MergeOutcome.Ended(ended);
        var answers = await AnswerStore.ListAsync(tx, number, ct);
        var standing = await standings.FindAsync(tx, request, answers, ct);
        if (Refusal(request, standing, expected) is { } refusal) return refusal;
        if (standing is not Standing.Compared compared) throw new InvalidOperationException("A request without two cuts was not refused.");

        var at = clock.GetUtcNow();
        var version = await AddVersionAsync(tx, member, request, compared, at, ct);
        var move = new BranchMove(request.TargetBranch, compared.TargetId, version, BranchMove.Merge, member.UserId, at);
        if (!await BranchStore.MoveAsync(tx, move, ct))
        {
            var target = await BranchStore.FindAsync(tx, request.TargetBranch, ct);
            return new MergeOutcome.Stale(request.TargetBranch, target?.Head);
        }

        var end = new CutRequestEnd(
            CutRequestStates.Merged, compared.SourceId, compared.TargetId, version, member.UserId, member.DisplayName, at);
        if (!await CutRequestStore.EndAsync(tx, number, end, ct)) throw new InvalidOperationException($"Cut request {number} ended while it was locked.");
        await EventStore.AppendAsync(tx, member.UserId, at, ct, move.ToEvent(), request.ToMergedEvent(version));
        await tx.CommitAsync(ct);
        return new MergeOutcome.Merged(version);
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
        var root = Encoded(standing.Merge.Merged);
        var parents = await VersionStore.FindManyAsync(tx, [standing.TargetId, standing.SourceId], ct);
        var target = await trees.CutAsync(tx, parents[standing.TargetId], ct);
        var source = await trees.CutAsync(tx, parents[standing.SourceId], ct);
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
        var pack = PackWriter.Write(PackId.OfCut(VersionHash.Of(id)), root, target, source);
        var packs = new[] { new StoredPack(pack.Id, id, pack.Bytes) }.ToAsyncEnumerable();
        return await new PackStore(tx).AddAsync(packs, at, ct) is null
            ? id
            : throw new InvalidOperationException($"The merge {id} begins with the same 63 bits as another version; merge again.");
    }

    /// <summary>A merge passes the same gate as a push, so no version is ever unreadable.</summary>
    static VersionObject Encoded(Sequence merged)
    {
        var root = CutObjects.Encode(CutWriter.Write(merged));
        return CutRules.Read(root) is CutReading.Unreadable unreadable
            ? throw new InvalidOperationException($"The merged cut would not be readable: {unreadable.Why}")
            : root;
    }
}
