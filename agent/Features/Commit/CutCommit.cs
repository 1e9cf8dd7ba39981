using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Timelines;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Features.Commit;

internal abstract record CommitResult
{
    CommitResult()
    {
    }

    /// <param name="Version">The new head.</param>
    /// <param name="Cut">What is in it.</param>
    /// <param name="Changes">Against its parent; null for a first version.</param>
    /// <param name="Assumptions">Where an element was taken for the same one on thin evidence.</param>
    /// <param name="Findings">What reading the cut found.</param>
    internal sealed record Committed(
        KnownVersion Version, Sequence Cut, EditList? Changes, IReadOnlyList<string> Assumptions, IReadOnlyList<Diagnostic> Findings) : CommitResult
    {
        /// <summary>The pairs among the assumptions that a person can correct.</summary>
        public IReadOnlyList<PairingLine> Pairings { get; init; } = [];
    }

    /// <summary>The export holds the very cut that the branch is at.</summary>
    internal sealed record Unchanged(string Head) : CommitResult;
}

/// <summary>
/// A commit, without the hub: packs first, then the version, then the journal, and the branch last, so that a process
/// killed anywhere leaves the branch either where it was or at a whole version.
/// </summary>
internal sealed class CutCommit(WorkingCopy copy, TimeProvider clock)
{
    /// <summary>The caller holds the working copy's lock.</summary>
    /// <param name="file">What the NLE exported.</param>
    /// <param name="timeline">Which timeline of the file; null for the one that the branch's cut is.</param>
    /// <param name="branch">The branch that moves.</param>
    /// <param name="author">Whose work it is.</param>
    /// <param name="message">What was done.</param>
    /// <param name="stated">What is stated of clips of the branch and of the export; the ids that come of it are kept with the version.</param>
    /// <param name="ct">Stops before anything is kept.</param>
    public async Task<CommitResult> CommitAsync(
        TimelineFile file, string? timeline, string branch, string author, string message, StatedPairs stated, CancellationToken ct)
    {
        var refs = await copy.Refs.ReadAsync(ct);
        var parent = refs.Head(branch) is { } head ? await copy.Versions.GetAsync(head, ct) : null;
        var before = parent is null ? null : await StoredCut.ReadAsync(copy, parent, ct);

        var bag = new DiagnosticBag();
        var read = file.Choosing(timeline, before?.Name).ReadCut(bag);
        var birth = Birth.Of(parent?.Id ?? "", file.Bytes.Span);
        var corrections = before is null ? Corrections.None : stated.Among(new(before, branch), new(read, file.Name), () => ElementMatcher.Identify(read, before, birth).Sequence);
        var identified = ElementMatcher.Identify(read, before, birth, corrections);
        var cut = CutObjects.Encode(CutWriter.Write(identified.Sequence));
        if (parent is not null && cut.Hash.Hex == parent.Record.Cut) return new CommitResult.Unchanged(parent.Id);

        var native = FileObjects.Encode(file.Bytes);
        var record = new VersionRecord(
            parent is null ? [] : [parent.Id], cut.Hash.Hex, native.Hash.Hex, file.BytesName, author, message, Now());
        var version = await AdvanceAsync(branch, record, cut, native, ct);
        var changes = before is null ? null : SequenceDiff.Compare(before, identified.Sequence);
        return new CommitResult.Committed(version, identified.Sequence, changes, identified.Assumptions, bag.ToImmutable())
        {
            Pairings = before is null ? [] : [.. identified.Assumed.Select(a => PairingLine.Of(a, before, identified.Sequence))],
        };
    }

    /// <summary>A merge of two versions that are both here; the caller holds the working copy's lock.</summary>
    public async Task<KnownVersion> CommitMergeAsync(
        string branch, KnownVersion target, KnownVersion source, Sequence merged, string author, string message, CancellationToken ct)
    {
        var cut = CutObjects.Encode(CutWriter.Write(merged));
        return await AdvanceAsync(branch, new([target.Id, source.Id], cut.Hash.Hex, null, null, author, message, Now()), cut, null, ct);
    }

    /// <summary>A cut that was computed from the branch's head rather than exported; the caller holds the working copy's lock.</summary>
    public async Task<KnownVersion> CommitComputedAsync(
        string branch, KnownVersion head, VersionObject cut, string author, string message, CancellationToken ct) =>
        await AdvanceAsync(branch, new([head.Id], cut.Hash.Hex, null, null, author, message, Now()), cut, null, ct);

    async Task<KnownVersion> AdvanceAsync(
        string branch, VersionRecord record, VersionObject cut, VersionObject? native, CancellationToken ct)
    {
        var version = await copy.Shelf.AddAsync(record, cut, native, ct);
        await copy.Journal.AppendAsync(new(JournalEntry.Committed, branch, version.Id), ct);
        var refs = await copy.Refs.ReadAsync(ct);
        await copy.Refs.WriteAsync(refs.WithHead(branch, version.Id), ct);
        return version;
    }

    DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
