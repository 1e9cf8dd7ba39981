using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.Versions;

/// <summary>What became of a push.</summary>
public abstract record PushResult
{
    private PushResult()
    {
    }

    /// <param name="Head">The last of the pushed versions; the branch has it.</param>
    public sealed record Accepted(string Head) : PushResult;

    public sealed record NotThere : PushResult;

    public sealed record Malformed(string Why) : PushResult;

    public sealed record Stale(string? ActualHead) : PushResult;

    public sealed record Missing(string Why, ImmutableArray<string> Hashes) : PushResult;

    public sealed record BadCut(string Why) : PushResult;
}

/// <summary>Takes versions onto a branch: all of them and the branch's new head in one transaction, or nothing.</summary>
public sealed class Pushes(ProjectAccess projects, CutCache cuts, TimeProvider clock)
{
    public async Task<PushResult> AcceptAsync(
        Membership member, string project, string branch, PushRequest request, CancellationToken ct)
    {
        if (PushRules.WhyNot(request) is { } malformed) return new PushResult.Malformed(malformed);
        var pushed = PushRules.Identify(request);
        if (PushRules.Stray(pushed) is { } stray)
        {
            return new PushResult.Malformed($"versions has {stray}, which does not lead to the last one; push it to its own branch.");
        }

        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.FindAsync(tx, branch, ct) is not { } target) return new PushResult.NotThere();

        var known = await VersionStore.FindManyAsync(tx, [.. pushed.SelectMany(p => p.Record.Parents.Append(p.Id)).Distinct()], ct);
        if (await IsRepeatAsync(tx, target, request.ExpectedHead, pushed[^1].Id, known, ct)) return new PushResult.Accepted(pushed[^1].Id);
        if (target.Head != request.ExpectedHead) return new PushResult.Stale(target.Head);

        var added = pushed.Where(p => !known.ContainsKey(p.Id)).DistinctBy(p => p.Id).ToImmutableArray();
        if (await RefusalAsync(tx, target, pushed, added, known, ct) is { } refusal) return refusal;

        foreach (var version in added) await VersionStore.AddAsync(tx, version.Id, version.Record, member.UserId, clock.GetUtcNow(), ct);
        var move = new BranchMove(target.Name, request.ExpectedHead, pushed[^1].Id, BranchMove.Push, member.UserId, clock.GetUtcNow());
        if (!await BranchStore.MoveAsync(tx, move, ct))
        {
            var now = await BranchStore.FindAsync(tx, branch, ct);
            return new PushResult.Stale(now?.Head);
        }

        await tx.CommitAsync(ct);
        return new PushResult.Accepted(pushed[^1].Id);
    }

    /// <summary>True when this push was taken before and only its answer was lost, even if the branch has moved on since.</summary>
    static async Task<bool> IsRepeatAsync(
        ProjectTransaction tx,
        Branch target,
        string? expectedHead,
        string newHead,
        IReadOnlyDictionary<string, StoredVersion> known,
        CancellationToken ct)
    {
        if (target.Head == newHead) return true;
        if (target.Head is null || target.Head == expectedHead || !known.ContainsKey(newHead)) return false;
        return await AncestryStore.LeadsToAsync(tx, newHead, [target.Head], ct);
    }

    async Task<PushResult?> RefusalAsync(
        ProjectTransaction tx,
        Branch target,
        ImmutableArray<PushedVersion> pushed,
        ImmutableArray<PushedVersion> added,
        IReadOnlyDictionary<string, StoredVersion> known,
        CancellationToken ct) =>
        WhatParentsLack(added, known)
        ?? await WhatObjectsLackAsync(tx, added, ct)
        ?? await WhatCutsLackAsync(tx, added, ct)
        ?? await WhatBranchLacksAsync(tx, target, pushed, known, ct);

    static PushResult.Missing? WhatParentsLack(ImmutableArray<PushedVersion> added, IReadOnlyDictionary<string, StoredVersion> known)
    {
        var earlier = new HashSet<string>(known.Keys, StringComparer.Ordinal);
        foreach (var version in added)
        {
            if (version.Record.Parents.FirstOrDefault(p => !earlier.Contains(p)) is { } missing)
            {
                return new($"Version {version.Id} names the parent {missing}, which the hub does not have; push that first.", [missing]);
            }

            earlier.Add(version.Id);
        }

        return null;
    }

    static async Task<PushResult?> WhatObjectsLackAsync(ProjectTransaction tx, ImmutableArray<PushedVersion> added, CancellationToken ct)
    {
        var named = added.Select(v => v.Record.Cut).Concat(added.Select(v => v.Record.Native).OfType<string>()).Distinct().ToList();
        var found = await VersionObjectStore.FindAsync(tx, named, ct);
        var missing = named.Where(hash => !found.Contains(hash)).ToImmutableArray();
        if (missing.IsEmpty) return null;

        var first = added.First(v => v.Record.Cut == missing[0] || v.Record.Native == missing[0]);
        var kind = first.Record.Cut == missing[0] ? "cut" : "native file";
        return new PushResult.Missing(
            $"Version {first.Id} names the {kind} {missing[0]}, which the hub does not have; upload its bytes first.", missing);
    }

    async Task<PushResult?> WhatCutsLackAsync(ProjectTransaction tx, ImmutableArray<PushedVersion> added, CancellationToken ct)
    {
        foreach (var version in added)
        {
            if (await cuts.ReadAsync(tx, version.Record.Cut, ct) is CutReading.Unreadable unreadable)
            {
                return new PushResult.BadCut($"The cut of version {version.Id} cannot be taken: {unreadable.Why}");
            }
        }

        return null;
    }

    /// <summary>The branch only moves forward: its head must lead to the new one.</summary>
    static async Task<PushResult?> WhatBranchLacksAsync(
        ProjectTransaction tx,
        Branch target,
        ImmutableArray<PushedVersion> pushed,
        IReadOnlyDictionary<string, StoredVersion> known,
        CancellationToken ct)
    {
        if (target.Head is not { } head) return null;
        var reached = pushed.SelectMany(v => v.Record.Parents.Append(v.Id)).Where(known.ContainsKey).Distinct().ToList();
        if (reached.Contains(head) || await AncestryStore.LeadsToAsync(tx, head, reached, ct)) return null;
        return new PushResult.Malformed(
            $"versions does not build on {head}, the head of {target.Name}; pull, merge it into your cut, and push again.");
    }
}
