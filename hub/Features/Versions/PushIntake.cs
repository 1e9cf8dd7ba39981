using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Search;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Host;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;

namespace CineGit.Hub.Features.Versions;

/// <summary>A version whose packs were found sound: its trees, and its cut when it had to be read.</summary>
/// <param name="Cut">The tree of its cut.</param>
/// <param name="Native">The tree of its file.</param>
/// <param name="Reading">Null when the cut is that of a parent.</param>
/// <param name="Brought">The bytes that it has and its parents have not.</param>
public sealed record ReceivedVersion(StoredTree Cut, StoredTree? Native, CutReading.Readable? Reading, long Brought);

/// <summary>
/// Opens the versions of a push one after the other, trusting nothing. A tree stays open as long as versions are to come that
/// build on it, so each pack is read once, however long the push is.
/// </summary>
/// <param name="tx">Where the parents are that the hub has.</param>
/// <param name="trees">Opens those.</param>
/// <param name="cuts">Has their cuts.</param>
/// <param name="indexed">Those of them that the index has.</param>
/// <param name="known">The versions that the hub has, of those that the push names.</param>
/// <param name="pushed">All that will come.</param>
sealed class PushIntake(
    ProjectTransaction tx,
    TreeCache trees,
    CutCache cuts,
    IReadOnlySet<string> indexed,
    IReadOnlyDictionary<string, StoredVersion> known,
    IEnumerable<PushedVersion> pushed)
{
    readonly Dictionary<string, ReceivedVersion> _open = new(StringComparer.Ordinal);

    readonly Dictionary<string, int> _children = pushed
        .Where(version => !known.ContainsKey(version.Id))
        .SelectMany(version => version.Record.Parents)
        .CountBy(parent => parent, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Of those that are open, for what builds on them.</summary>
    readonly Dictionary<string, Sequence> _cuts = new(StringComparer.Ordinal);

    readonly List<IndexedVersion> _index = [];

    long _held;

    /// <summary>All that were taken, for the index.</summary>
    public IReadOnlyCollection<IndexedVersion> Index => _index;

    /// <summary>The version taken last.</summary>
    public ReceivedVersion? Last { get; private set; }

    /// <param name="version">One whose parents were taken, or are the hub's.</param>
    /// <returns>Why it cannot be taken; null when it was.</returns>
    public async Task<PushResult?> TakeAsync(PushedVersion version, PackedVersion packed, CancellationToken ct)
    {
        try
        {
            var parents = new List<(StoredTree Cut, StoredTree? Native)>();
            foreach (var parent in version.Record.Parents) parents.Add(await OpenAsync(parent, packed.Version.Native is not null, ct));
            var cut = ReceiveCut(version, packed, parents);
            var native = ReceiveNative(version, packed, parents);
            var isKnownCut = parents.Exists(parent => parent.Cut.Root.Hash == cut.Root.Hash);
            var reading = isKnownCut ? null : CutRules.Read(cut.Root);
            if (reading is CutReading.Unreadable unreadable) return BadCut(version, unreadable.Why);
            Last = new(cut, native, reading as CutReading.Readable, Brought(cut, native, parents));
            await IndexAsync(version.Id, version.Record.Parents, parents.Select(parent => parent.Cut.Root.Hash == cut.Root.Hash).ToList(), ct);
            return Hold(version);
        }
        catch (CorruptObjectException corrupt)
        {
            return BadCut(version, corrupt.Message);
        }
    }

    /// <param name="isSame">For each parent, whether its cut is this version's.</param>
    async Task IndexAsync(string version, IReadOnlyList<string> parents, List<bool> isSame, CancellationToken ct)
    {
        var same = isSame.IndexOf(true);
        var cut = Last?.Reading?.Sequence ?? await CutOfAsync(parents[same], ct);
        if (_children.ContainsKey(version)) _cuts[version] = cut;
        var first = parents.Count == 0 ? null : parents[0];
        var isCompared = first is not null && (!known.ContainsKey(first) || indexed.Contains(first));
        if (isCompared && same == 0)
        {
            _index.Add(new(version, IsWhole: false, []));
            return;
        }

        var before = isCompared && first is not null ? await CutOfAsync(first, ct) : null;
        var others = new List<Sequence>();
        foreach (var parent in parents.Skip(1)) others.Add(await CutOfAsync(parent, ct));
        _index.Add(IndexedVersion.Of(version, before, cut, others));
    }

    async Task<Sequence> CutOfAsync(string version, CancellationToken ct) =>
        _cuts.TryGetValue(version, out var open) ? open : await cuts.OfVersionAsync(tx, known[version], ct);

    static PushResult.BadCut BadCut(PushedVersion version, string why) => new($"The version {version.Id} cannot be taken: {why}");

    static StoredTree ReceiveCut(PushedVersion version, PackedVersion packed, List<(StoredTree Cut, StoredTree? Native)> parents)
    {
        var pack = Pack.Read(version.CutPack, packed.CutPack, HubLimits.CutPack);
        return TreeReader.Receive(pack, VersionHash.Of(version.Record.Cut), HubLimits.CutTree, parents.Select(parent => parent.Cut));
    }

    static StoredTree? ReceiveNative(PushedVersion version, PackedVersion packed, List<(StoredTree Cut, StoredTree? Native)> parents)
    {
        if (version.Record.Native is not { } native)
        {
            return packed.NativePack.IsEmpty ? null : throw new CorruptObjectException("it has a pack for a file that it does not name");
        }

        var pack = Pack.Read(version.NativePack, packed.NativePack, HubLimits.NativePack);
        var open = parents.Select(parent => parent.Native).OfType<StoredTree>();
        var tree = TreeReader.Receive(pack, VersionHash.Of(native), 2 * HubLimits.Native, open);
        NativeRules.Check(tree.Root);
        return tree;
    }

    async Task<(StoredTree Cut, StoredTree? Native)> OpenAsync(string parent, bool withNative, CancellationToken ct)
    {
        if (_open.TryGetValue(parent, out var received)) return (received.Cut, received.Native);
        var stored = known[parent];
        return (await trees.CutAsync(tx, stored, ct), withNative ? await trees.NativeAsync(tx, stored, ct) : null);
    }

    PushResult.TooLarge? Hold(PushedVersion version)
    {
        if (Last is not { } last) return null;
        foreach (var parent in version.Record.Parents)
        {
            if (--_children[parent] > 0) continue;
            _cuts.Remove(parent);
            if (_open.Remove(parent, out var done)) _held -= done.Brought;
        }

        if (!_children.ContainsKey(version.Id)) return null;
        _open[version.Id] = last;
        _held += last.Brought;
        return _held <= HubLimits.OpenTrees ? null : new("The versions of this push hold too much together; push fewer at a time.");
    }

    static long Brought(StoredTree cut, StoredTree? native, List<(StoredTree Cut, StoredTree? Native)> parents)
    {
        var news = cut.Root.MissingFrom(parents.Select(parent => parent.Cut.Root)).Sum(CostOf);
        if (native is not null) news += native.Root.MissingFrom(parents.Select(parent => parent.Native?.Root).OfType<VersionObject>()).Sum(CostOf);

        // Each open tree has an index of all that it holds.
        return news + cut.Root.Walk().Count() * 100L;

        static long CostOf(VersionObject item) => item.Body.Length + 256L;
    }
}
