using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Search;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;

namespace CineGit.Hub.Features.Versions;

/// <summary>What became of a push.</summary>
public abstract record PushResult
{
    private PushResult()
    {
    }

    /// <param name="Branch">The branch that was to be moved; null when there was none.</param>
    /// <param name="Head">What it was moved to.</param>
    /// <param name="Count">How many versions were added.</param>
    public sealed record Accepted(string? Branch, string? Head, int Count) : PushResult;

    public sealed record NotThere : PushResult;

    public sealed record Malformed(string Why) : PushResult;

    public sealed record Stale(string Branch, string? ActualHead) : PushResult;

    public sealed record Protected(string Branch) : PushResult;

    public sealed record Missing(string Why, ImmutableArray<string> Hashes) : PushResult;

    public sealed record BadCut(string Why) : PushResult;

    public sealed record TooLarge(string Why) : PushResult;
}

/// <summary>Takes versions, and a branch's new head: all of them in one transaction, or nothing.</summary>
public sealed class Pushes(ProjectAccess projects, TreeCache trees, CutCache cuts, TimeProvider clock) : IDisposable
{
    /// <summary>Opening versions takes processors and memory, so pushes take turns.</summary>
    readonly SemaphoreSlim _turns = new(Math.Max(2, Environment.ProcessorCount));

    /// <param name="body">See <see cref="VersionStream"/>.</param>
    /// <param name="length">How long it is; null when nobody says.</param>
    public async Task<PushResult> AcceptAsync(Membership member, string project, Stream body, long? length, CancellationToken ct)
    {
        try
        {
            var request = await VersionStream.ReadHeadAsync(body, HubJson.Default.PushRequest, ct);
            if (PushRules.WhyNot(request) is { } why) return new PushResult.Malformed(why);
            if (await AnswerAtOnceAsync(member, project, request, ct) is { } answer) return answer;

            // All of it is here before the database is asked anything: a slow line holds no connection, and one that breaks leaves nothing.
            await using var spool = Spool.Create(length);
            await body.CopyToAsync(spool, ct);
            await _turns.WaitAsync(ct);
            try
            {
                return await AcceptAsync(member, project, request, spool, ct);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (InvalidDataException unreadable)
        {
            return new PushResult.Malformed(unreadable.Message);
        }
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>What the head alone decides, before the versions are read.</summary>
    async Task<PushResult?> AnswerAtOnceAsync(Membership member, string project, PushRequest request, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return new PushResult.NotThere();
        if (request.Branch is null) return null;
        return await BranchStore.FindAsync(tx, request.Branch, ct) is { } target
            ? await AnswerAtOnceAsync(tx, target, request, ct)
            : new PushResult.NotThere();
    }

    /// <summary>A push that was taken before, of which only the answer was lost, or one whose branch is elsewhere than it says.</summary>
    static async Task<PushResult?> AnswerAtOnceAsync(ProjectTransaction tx, Branch target, PushRequest request, CancellationToken ct)
    {
        if (request.Head is null) return null;
        if (target.Head == request.Head) return new PushResult.Accepted(target.Name, request.Head, 0);
        if (target.Head == request.ExpectedHead) return await ProtectedAsync(tx, target.Name, target.Head, ct);
        return target.Head is { } head && await AncestryStore.LeadsToAsync(tx, request.Head, [head], ct)
            ? new PushResult.Accepted(target.Name, request.Head, 0)
            : new PushResult.Stale(target.Name, target.Head);
    }

    static async Task<PushResult.Protected?> ProtectedAsync(ProjectTransaction tx, string branch, string? head, CancellationToken ct) =>
        await ProtectionStore.FindAsync(tx, branch, ct) is { } protection && !protection.LetsPush(head) ? new(branch) : null;

    async Task<PushResult> AcceptAsync(Membership member, string project, PushRequest request, Stream spool, CancellationToken ct)
    {
        var (pushed, malformed) = await PushRules.ReadAsync(spool, ct);
        if (malformed is not null) return new PushResult.Malformed(malformed);
        if (PushRules.Stray(request, pushed) is { } stray) return new PushResult.Malformed(stray);

        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return new PushResult.NotThere();
        var named = pushed.SelectMany(version => version.Record.Parents.Append(version.Id)).Append(request.Head).OfType<string>();
        var known = await VersionStore.FindManyAsync(tx, [.. named.Distinct()], ct);
        var added = pushed.Where(version => !known.ContainsKey(version.Id)).ToImmutableArray();
        if (WhatIsMissing(request, pushed, added, known) is { } missing) return missing;

        Branch? target = null;
        if (request.Branch is not null)
        {
            target = await BranchStore.FindAsync(tx, request.Branch, ct);
            if (target is null) return new PushResult.NotThere();
            if (await AnswerAtOnceAsync(tx, target, request, ct) is { } answer) return answer;
            if (await WhatBranchLacksAsync(tx, target, request, pushed, known, ct) is { } refusal) return refusal;
        }

        return await StoreAsync(tx, member, request, target, new(pushed, added, known, spool), ct);
    }

    static PushResult.Missing? WhatIsMissing(
        PushRequest request,
        ImmutableArray<PushedVersion> pushed,
        ImmutableArray<PushedVersion> added,
        IReadOnlyDictionary<string, StoredVersion> known)
    {
        var earlier = new HashSet<string>(known.Keys, StringComparer.Ordinal);
        foreach (var version in added)
        {
            if (version.Record.Parents.FirstOrDefault(parent => !earlier.Contains(parent)) is { } missing)
            {
                return new($"Version {version.Id} names the parent {missing}, which the hub does not have; push that first.", [missing]);
            }

            earlier.Add(version.Id);
        }

        return request.Head is { } head && !earlier.Contains(head) && pushed.All(version => version.Id != head)
            ? new($"The head is to be {head}, which the hub does not have; push it first.", [head])
            : null;
    }

    /// <summary>The branch only moves forward: its head must lead to the new one.</summary>
    static async Task<PushResult?> WhatBranchLacksAsync(
        ProjectTransaction tx,
        Branch target,
        PushRequest request,
        ImmutableArray<PushedVersion> pushed,
        IReadOnlyDictionary<string, StoredVersion> known,
        CancellationToken ct)
    {
        if (target.Head is not { } head) return null;
        var reached = pushed.SelectMany(version => version.Record.Parents.Append(version.Id)).Append(request.Head)
            .OfType<string>().Where(known.ContainsKey).Distinct().ToList();
        if (reached.Contains(head) || await AncestryStore.LeadsToAsync(tx, head, reached, ct)) return null;
        return new PushResult.Malformed(
            $"versions does not build on {head}, the head of {target.Name}; pull, merge it into your cut, and push again.");
    }

    async Task<PushResult> StoreAsync(
        ProjectTransaction tx, Membership member, PushRequest request, Branch? target, Push push, CancellationToken ct)
    {
        var indexed = await IndexStore.KnownAsync(tx, push.Known.Keys, ct);
        var intake = new PushIntake(tx, trees, cuts, indexed, push.Known, push.Added);
        await foreach (var (version, packed) in push.AddedAsync(ct))
        {
            if (await intake.TakeAsync(version, packed, ct) is { } refusal) return refusal;
        }

        var now = clock.GetUtcNow();
        await VersionStore.AddManyAsync(tx, push.Added, push.Known, member.UserId, now, ct);
        if (await new PackStore(tx).AddAsync(push.PacksAsync(ct), now, ct) is { } clash)
        {
            return new PushResult.Malformed($"Version {clash} begins with the same 63 bits as another version; commit it again.");
        }

        await IndexStore.AddAsync(tx, intake.Index, ct);

        List<HubEvent> events = push.Added.IsEmpty ? [] : [push.ToEvent()];
        if (target is not null && request.Head is { } head)
        {
            var move = new BranchMove(target.Name, request.ExpectedHead, head, BranchMove.Push, member.UserId, now);
            if (!await BranchStore.MoveAsync(tx, move, ct))
            {
                var moved = await BranchStore.FindAsync(tx, target.Name, ct);
                return new PushResult.Stale(target.Name, moved?.Head);
            }

            // Having moved it, this transaction holds the branch, so what is asked stays as it is until the commit.
            if (await ProtectedAsync(tx, target.Name, request.ExpectedHead, ct) is { } refusal) return refusal;

            await HeadMoves.TellAsync(tx, target.Name, head, member.UserId, ct);
            events.Add(move.ToEvent());
        }

        await EventStore.AppendAsync(tx, member.UserId, now, ct, events);
        await tx.CommitAsync(ct);
        Remember(tx, push, intake);
        return new PushResult.Accepted(target?.Name, target is null ? null : request.Head, push.Added.Length);
    }

    /// <summary>The next push builds on this one's last version, and somebody will look at it soon.</summary>
    void Remember(ProjectTransaction tx, Push push, PushIntake intake)
    {
        if (intake.Last is not { } last) return;
        var version = push.Added[^1].Id;
        trees.Keep(tx, version, last.Cut, last.Native);
        if (last.Reading is { } reading) cuts.Keep(tx, version, reading);
    }

    /// <summary>The versions of a push, and where their packs lie.</summary>
    sealed record Push(
        ImmutableArray<PushedVersion> Pushed,
        ImmutableArray<PushedVersion> Added,
        IReadOnlyDictionary<string, StoredVersion> Known,
        Stream Spool)
    {
        public HubEvent ToEvent() =>
            HubEvent.Of(EventNames.VersionPushed, new(Added[^1].Id, Added.Length), HubJson.Default.VersionPushedEvent);

        public async IAsyncEnumerable<(PushedVersion Version, PackedVersion Packed)> AddedAsync([EnumeratorCancellation] CancellationToken ct)
        {
            Spool.Position = 0;
            var next = 0;
            await foreach (var packed in VersionStream.ReadVersionsAsync(Spool, ct))
            {
                var version = Pushed[next++];
                if (!Known.ContainsKey(version.Id)) yield return (version, packed);
            }
        }

        public async IAsyncEnumerable<StoredPack> PacksAsync([EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var (version, packed) in AddedAsync(ct))
            {
                yield return new(version.CutPack, version.Id, packed.CutPack);
                if (version.Record.Native is not null) yield return new(version.NativePack, version.Id, packed.NativePack);
            }
        }
    }
}
