using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.TestKit.Objects;

/// <summary>A pack store under test.</summary>
public interface ITestedPackStore : IAsyncDisposable
{
    /// <summary>The store that is to be held to the specs; each call may open it anew.</summary>
    IPackStore Store { get; }

    /// <summary>Adds the packs of versions whose parents are there or among them, as a push or a fetch does. The ids are right.</summary>
    Task AddAsync(IReadOnlyList<(string Id, PackedVersion Version)> versions, CancellationToken ct);

    /// <summary>Puts other bytes in a pack's place behind the store's back, and has the store forget what it holds in memory.</summary>
    Task OverwriteAsync(PackId id, ReadOnlyMemory<byte> bytes, CancellationToken ct);
}

/// <summary>A store does not keep to its specs; the message says where.</summary>
public sealed class PackStoreSpecException(string message) : Exception(message);

/// <summary>
/// What every <see cref="IPackStore"/> must do. A test of a store is one theory over <see cref="Names"/> that calls
/// <see cref="RunAsync"/> with an empty store each time.
/// </summary>
public static class PackStoreSpecs
{
    const int Versions = 60;

    static readonly Lazy<IReadOnlyList<TestVersion>> Made = new(() => TestHistory.Of(Versions, seed: 20261121));

    static readonly Dictionary<string, Func<ITestedPackStore, CancellationToken, Task>> Specs = new(StringComparer.Ordinal)
    {
        ["Every version opens as the very document and file that were added"] = EveryVersionOpensAsync,
        ["Adding twice is adding once"] = AddingTwiceAsync,
        ["Unknown ids are left out"] = UnknownIdsAsync,
        ["What is fetched besides was added"] = ExtrasAsync,
        ["Packs that nobody asked for do no harm"] = UnwantedPacksAsync,
        ["Damaged bytes are refused and never give another document"] = DamageAsync,
        ["A second version with the first 63 bits of another is refused"] = SharedIdAsync,
    };

    public static IReadOnlyList<string> Names => [.. Specs.Keys];

    static IReadOnlyList<TestVersion> History => Made.Value;

    /// <param name="spec">One of <see cref="Names"/>.</param>
    /// <param name="tested">An empty store.</param>
    public static Task RunAsync(string spec, ITestedPackStore tested, CancellationToken ct) => Specs[spec](tested, ct);

    static async Task EveryVersionOpensAsync(ITestedPackStore tested, CancellationToken ct)
    {
        var half = History.Count / 2;
        await AddAsync(tested, History.Take(1), ct);
        await AddAsync(tested, History.Skip(1).Take(half), ct);
        await AddAsync(tested, History.Skip(1 + half), ct);
        foreach (var version in History) await DemandOpensAsync(tested.Store, version, [], ct);
        var last = History[^1];
        var open = await TreeReader.OpenAsync(tested.Store, History[^2].CutPack, HashOf(History[^2].Record.Cut), [], ct);
        DemandCut(last, await TreeReader.OpenAsync(tested.Store, last.CutPack, HashOf(last.Record.Cut), [open], ct));
    }

    static async Task AddingTwiceAsync(ITestedPackStore tested, CancellationToken ct)
    {
        await AddAsync(tested, History.Take(3), ct);
        await AddAsync(tested, History.Take(3), ct);
        await AddAsync(tested, History.Take(6), ct);
        foreach (var version in History.Take(6)) await DemandOpensAsync(tested.Store, version, [], ct);
        var packs = await tested.Store.FetchAsync([History[1].CutPack], ct);
        Demand(packs.Count(pack => pack.Id == History[1].CutPack) == 1, "a pack that was added three times is given more or less than once");
    }

    static async Task UnknownIdsAsync(ITestedPackStore tested, CancellationToken ct)
    {
        Demand((await tested.Store.FetchAsync([History[0].CutPack], ct)).Count == 0, "an empty store gave a pack");
        await AddAsync(tested, History.Take(8), ct);
        var unknown = History[8];
        var merge = History.Take(8).First(version => version.Native is null);
        PackId[] wanted = [unknown.CutPack, merge.NativePack, History[2].CutPack, unknown.NativePack];
        var packs = (await tested.Store.FetchAsync(wanted, ct)).Select(pack => pack.Id).ToHashSet();
        Demand(packs.Contains(History[2].CutPack), "a pack that is there was left out because others are not");
        Demand(!packs.Contains(unknown.CutPack) && !packs.Contains(unknown.NativePack), "a pack was given that was never added");
        Demand(!packs.Contains(merge.NativePack), "a version without a file has a pack for one");
        await DemandCorruptAsync(tested.Store, unknown, "a version that is not there");
    }

    static async Task ExtrasAsync(ITestedPackStore tested, CancellationToken ct)
    {
        await AddAsync(tested, History, ct);
        var added = History.SelectMany(version => (PackId[])[version.CutPack, version.NativePack]).ToHashSet();
        foreach (var version in History)
        {
            var packs = await tested.Store.FetchAsync([version.CutPack], ct);
            Demand(packs.Any(pack => pack.Id == version.CutPack), $"the pack of {version.Record.Message} is not there");
            Demand(packs.All(pack => added.Contains(pack.Id)), "a pack was given that was never added");
            Demand(packs.Select(pack => pack.Id).Distinct().Count() == packs.Count, "a pack was given twice in one answer");
        }
    }

    static async Task UnwantedPacksAsync(ITestedPackStore tested, CancellationToken ct)
    {
        await AddAsync(tested, History, ct);
        var store = new Generous(tested.Store, [.. History.SelectMany(version => (PackId[])[version.CutPack, version.NativePack])]);
        foreach (var version in (TestVersion[])[History[0], History[20], History[^1]]) await DemandOpensAsync(store, version, [], ct);
    }

    static async Task DamageAsync(ITestedPackStore tested, CancellationToken ct)
    {
        await AddAsync(tested, History.Take(10), ct);
        var version = History[7];
        var sound = version.Packed.CutPack.ToArray();
        await DemandOpensAsync(tested.Store, version, [], ct);
        byte[][] hopeless = [[], sound[..1], sound[..(sound.Length / 2)], sound[..^1], [9, .. sound[1..]], [.. new byte[sound.Length]], History[6].Packed.CutPack.ToArray()];
        foreach (var bytes in hopeless)
        {
            await tested.OverwriteAsync(version.CutPack, bytes, ct);
            await DemandCorruptAsync(tested.Store, version, $"a version whose pack has {bytes.Length} other bytes");
        }

        for (var i = 0; i < sound.Length; i += Math.Max(1, sound.Length / 40))
        {
            byte[] flipped = [.. sound];
            flipped[i] ^= (byte)(1 << (i % 8));
            await tested.OverwriteAsync(version.CutPack, flipped, ct);
            await DemandSameOrCorruptAsync(tested.Store, version);
        }

        await tested.OverwriteAsync(version.CutPack, sound, ct);
        await DemandOpensAsync(tested.Store, version, [], ct);
    }

    static async Task SharedIdAsync(ITestedPackStore tested, CancellationToken ct)
    {
        await AddAsync(tested, History.Take(2), ct);
        var first = History[1];
        var other = first.Id[..^1] + (first.Id[^1] == '0' ? '1' : '0');
        var isRefused = false;
        try
        {
            await tested.AddAsync([(other, History[2].Packed)], ct);
        }
        catch (Exception refusal) when (refusal is not OperationCanceledException)
        {
            isRefused = true;
        }

        Demand(isRefused, "two versions with one pack id were taken");
        await DemandOpensAsync(tested.Store, first, [], ct);
    }

    static Task AddAsync(ITestedPackStore tested, IEnumerable<TestVersion> versions, CancellationToken ct) =>
        tested.AddAsync([.. versions.Select(version => (version.Id, version.Packed))], ct);

    static async Task DemandOpensAsync(IPackStore store, TestVersion version, StoredTree[] open, CancellationToken ct)
    {
        DemandCut(version, await TreeReader.OpenAsync(store, version.CutPack, HashOf(version.Record.Cut), open, ct));
        if (version is not { Native: { } native, Record.Native: { } hash }) return;
        var file = await TreeReader.OpenAsync(store, version.NativePack, HashOf(hash), open, ct);
        var bytes = FileObjects.Decode(file.Root).SelectMany(chunk => chunk.ToArray()).ToArray();
        Demand(native.Span.SequenceEqual(bytes), $"the file of {version.Record.Message} is another one");
    }

    static void DemandCut(TestVersion version, StoredTree tree)
    {
        var document = CutObjects.Decode(tree.Root);
        Demand(CanonicalForm.Hash(document) == CanonicalForm.Hash(version.Cut), $"the cut of {version.Record.Message} is another one");
    }

    static async Task DemandCorruptAsync(IPackStore store, TestVersion version, string what)
    {
        try
        {
            await TreeReader.OpenAsync(store, version.CutPack, HashOf(version.Record.Cut), [], CancellationToken.None);
        }
        catch (CorruptObjectException)
        {
            return;
        }

        throw new PackStoreSpecException($"The store opened {what}.");
    }

    /// <summary>Brotli has bits that mean nothing; whatever they are, what is read is the version or nothing.</summary>
    static async Task DemandSameOrCorruptAsync(IPackStore store, TestVersion version)
    {
        try
        {
            DemandCut(version, await TreeReader.OpenAsync(store, version.CutPack, HashOf(version.Record.Cut), [], CancellationToken.None));
        }
        catch (CorruptObjectException)
        {
            // Refused, as it should be.
        }
    }

    static ContentHash HashOf(string? hex) =>
        ContentHash.TryParse(hex, out var hash) ? hash : throw new PackStoreSpecException($"{hex} is no hash.");

    static void Demand(bool holds, string otherwise)
    {
        if (!holds) throw new PackStoreSpecException($"The store does not keep to its specs: {otherwise}.");
    }

    /// <summary>Gives everything it knows with every answer, the newest first.</summary>
    sealed class Generous(IPackStore inner, IReadOnlyList<PackId> all) : IPackStore
    {
        public async Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct) =>
            [.. (await inner.FetchAsync([.. all, .. wanted], ct)).Reverse()];
    }
}
