using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CineGit.Timeline.Objects;

/// <summary>
/// Opens a tree from packs. Without I/O: it says which packs it lacks, and whoever has a store supplies them, more than asked
/// for where that saves a turn, until <see cref="Tree"/> is there.
/// </summary>
public sealed class TreeLoad
{
    /// <summary>Packs that none of ours would write: longer chains and deeper trees than these are damage or malice.</summary>
    const int MostSteps = 8 * PackWriter.LongestChain;

    const int DeepestTree = 64;
    const int LargestBody = 256 * 1024 * 1024;
    internal const long LargestTree = 2L << 30;
    const int MostLinks = 1 << 20;

    /// <summary>About what an object and each of its links take in memory besides the body.</summary>
    const int ObjectCost = 256;

    const int LinkCost = 64;

    readonly PackId _root;
    readonly Dictionary<PackId, Pack> _packs = [];
    readonly Dictionary<ObjectPlace, StoredObject> _objects = [];
    readonly HashSet<PackId> _missing = [];
    long _bytes;

    /// <param name="root">The pack whose root is wanted.</param>
    /// <param name="open">Trees that are open already; what they hold is not read again.</param>
    public TreeLoad(PackId root, params IEnumerable<StoredTree> open)
    {
        _root = root;
        foreach (var stored in open.SelectMany(t => t.Objects)) _objects[stored.Place] = stored;
        _missing.Add(root);
    }

    /// <summary>How much memory may be taken for what is not open already.</summary>
    internal long Largest { get; init; } = LargestTree;

    /// <summary>
    /// True for a pack from elsewhere: each of its differences is from an object that is open already, and none makes a chain
    /// that could not be read later.
    /// </summary>
    internal bool IsReceived { get; init; }

    /// <summary>Null until everything is there.</summary>
    public StoredTree? Tree { get; private set; }

    /// <summary>The packs to supply next; empty when <see cref="Tree"/> is there.</summary>
    public IReadOnlyCollection<PackId> Missing => _missing;

    /// <exception cref="CorruptObjectException">A pack is unsound or contradicts another one.</exception>
    public void Supply(params IEnumerable<Pack> packs)
    {
        foreach (var pack in packs)
        {
            _packs[pack.Id] = pack;
        }

        _missing.Clear();
        if (!TryPack(_root, out var first)) return;
        var root = Resolve(first.Root, 0);
        if (root is not null) Tree = new(root, place => _objects[place]);
    }

    StoredObject? Resolve(ObjectPlace place, int depth)
    {
        if (_objects.TryGetValue(place, out var done)) return done;
        if (depth > DeepestTree) throw new CorruptObjectException("its tree is impossibly deep");
        if (!TryChain(place, out var chain, out var start)) return null;
        var places = LinkPlaces(chain, start);
        var links = new VersionObject[places.Length];
        var isWhole = true;
        for (var i = 0; i < links.Length; i++)
        {
            // One missing pack must not hide the next: every turn asks for all that can be known to be missing.
            if (Resolve(places[i], depth + 1) is { } link) links[i] = link.Object;
            else isWhole = false;
        }

        if (!isWhole) return null;
        var item = new VersionObject(chain[0].Kind, [.. links], Body(chain, start));
        var stored = new StoredObject(item, place, places, (start?.Chain ?? -1) + chain.Count);
        if (IsReceived && stored.Chain > PackWriter.LongestChain) throw new CorruptObjectException("too many differences build on each other");
        _objects[place] = stored;
        return stored;
    }

    /// <summary>
    /// The object as packed, then what it is a difference from, and so on, down to one stored whole or one that is open
    /// already, which is <paramref name="start"/>.
    /// </summary>
    bool TryChain(ObjectPlace place, out List<PackedObject> chain, out StoredObject? start)
    {
        chain = [];
        start = null;
        for (ObjectPlace? at = place; at is { } here; at = chain[^1].Base)
        {
            if (_objects.TryGetValue(here, out start)) break;
            if (!TryPack(here.Pack, out var pack)) return false;
            if (chain.Count >= (IsReceived ? 1 : MostSteps)) throw new CorruptObjectException("it is a difference from a difference without end");
            chain.Add(pack[here.Index]);
        }

        var kind = start?.Object.Kind ?? chain[^1].Kind;
        foreach (var step in chain)
        {
            if (step.Kind != kind) throw new CorruptObjectException("it is a difference from another kind of object");
        }

        return true;
    }

    ImmutableArray<ObjectPlace> LinkPlaces(List<PackedObject> chain, StoredObject? start)
    {
        ImmutableArray<ObjectPlace> places = start is null ? [] : start.LinkPlaces;
        for (var i = chain.Count - 1; i >= 0; i--)
        {
            var next = ImmutableArray.CreateBuilder<ObjectPlace>(places.Length + 1);
            foreach (var turn in chain[i].Links)
            {
                next.AddRange(turn.Added);
                if (turn.CopyFrom > places.Length - turn.CopyCount) throw new CorruptObjectException("it copies links that are not there");
                next.AddRange(places.AsSpan().Slice(turn.CopyFrom, turn.CopyCount));
                if (next.Count > MostLinks) throw new CorruptObjectException("an object has impossibly many links");
            }

            places = next.DrainToImmutable();
        }

        Charge(ObjectCost + places.Length * (long)LinkCost);

        return places;
    }

    ReadOnlyMemory<byte> Body(List<PackedObject> chain, StoredObject? start)
    {
        var body = start is null ? chain[^1].Body : start.Object.Body;
        for (var i = chain.Count - (start is null ? 2 : 1); i >= 0; i--)
        {
            var next = new byte[Delta.LengthOf(chain[i].Body.Span, (int)Math.Min(LargestBody, Largest - _bytes + 1))];
            Delta.Apply(body.Span, chain[i].Body.Span, next);
            body = next;
        }

        Charge(body.Length);
        return body;
    }

    void Charge(long bytes)
    {
        _bytes += bytes;
        if (_bytes > Largest) throw new CorruptObjectException("it is impossibly large");
    }

    bool TryPack(PackId id, [NotNullWhen(true)] out Pack? pack)
    {
        if (_packs.TryGetValue(id, out pack)) return true;
        _missing.Add(id);
        return false;
    }
}
