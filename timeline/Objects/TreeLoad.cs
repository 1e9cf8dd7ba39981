using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

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
    readonly Dictionary<ObjectPlace, Chain> _chains = [];
    readonly HashSet<PackId> _missing = [];
    readonly byte[][] _scratch = [[], []];
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
        if (!_chains.TryGetValue(place, out var chain)) _chains[place] = chain = new(place);
        if (!TryFollow(chain)) return null;
        var places = chain.Places ??= LinkPlaces(chain);
        var links = new VersionObject[places.Length];
        var isWhole = true;
        for (var i = 0; i < links.Length; i++)
        {
            // One missing pack must not hide the next: every turn asks for all that can be known to be missing.
            if (Resolve(places[i], depth + 1) is { } link) links[i] = link.Object;
            else isWhole = false;
        }

        if (!isWhole) return null;
        var item = new VersionObject(chain.Kind, ImmutableCollectionsMarshal.AsImmutableArray(links), Body(chain));
        var stored = new StoredObject(item, place, places, (chain.Start?.Chain ?? -1) + chain.Steps.Count);
        if (IsReceived && stored.Chain > PackWriter.LongestChain) throw new CorruptObjectException("too many differences build on each other");
        _objects[place] = stored;
        _chains.Remove(place);
        return stored;
    }

    /// <summary>Goes on where the last turn ended; false when a pack is missing.</summary>
    bool TryFollow(Chain chain)
    {
        while (chain.Next is { } here)
        {
            if (_objects.TryGetValue(here, out var start))
            {
                chain.EndAt(start);
                break;
            }

            if (!TryPack(here.Pack, out var pack)) return false;
            if (chain.Steps.Count >= (IsReceived ? 1 : MostSteps)) throw new CorruptObjectException("it is a difference from a difference without end");
            chain.Add(pack[here.Index]);
        }

        return true;
    }

    ImmutableArray<ObjectPlace> LinkPlaces(Chain chain)
    {
        var steps = chain.Steps;
        ImmutableArray<ObjectPlace> places = chain.Start is null ? [] : chain.Start.LinkPlaces;
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            var next = ImmutableArray.CreateBuilder<ObjectPlace>(places.Length + 1);
            foreach (var turn in steps[i].Links)
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

    /// <summary>Only the last step's bytes are kept; those between take turns in two buffers.</summary>
    ReadOnlyMemory<byte> Body(Chain chain)
    {
        var steps = chain.Steps;
        var body = chain.Start is { } start ? start.Object.Body : steps[^1].Body;
        for (var i = steps.Count - (chain.Start is null ? 2 : 1); i >= 0; i--)
        {
            var length = Delta.LengthOf(steps[i].Body.Span, (int)Math.Min(LargestBody, Largest - _bytes + 1));
            var next = i == 0 ? new byte[length] : Scratch(i % 2, length);
            Delta.Apply(body.Span, steps[i].Body.Span, next.Span);
            body = next;
        }

        Charge(body.Length);
        return body;
    }

    Memory<byte> Scratch(int which, int length)
    {
        if (_scratch[which].Length < length) _scratch[which] = new byte[Math.Max(length, 2 * _scratch[which].Length)];
        return _scratch[which].AsMemory(0, length);
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

    /// <summary>
    /// An object as packed, then what it is a difference from, and so on, down to one that is stored whole or is open already:
    /// as far as the packs that are here lead.
    /// </summary>
    sealed class Chain(ObjectPlace place)
    {
        public List<PackedObject> Steps { get; } = [];

        /// <summary>What the last step is a difference from; null when there is no more.</summary>
        public ObjectPlace? Next { get; private set; } = place;

        /// <summary>The open object that the last step is a difference from; null when that step is whole.</summary>
        public StoredObject? Start { get; private set; }

        public ObjectKind Kind => Steps[0].Kind;

        /// <summary>Where its links are; null until all steps are here.</summary>
        public ImmutableArray<ObjectPlace>? Places { get; set; }

        public void Add(PackedObject step)
        {
            Steps.Add(step);
            Next = step.Base;
            Demand(step.Kind);
        }

        public void EndAt(StoredObject start)
        {
            (Start, Next) = (start, null);
            Demand(start.Object.Kind);
        }

        void Demand(ObjectKind kind)
        {
            if (kind != Kind) throw new CorruptObjectException("it is a difference from another kind of object");
        }
    }
}
