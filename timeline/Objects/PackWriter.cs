using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Numerics;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Objects;

/// <summary>A pack's bytes, and the tree it makes with what its parents had.</summary>
public sealed record WrittenPack(PackId Id, ReadOnlyMemory<byte> Bytes, StoredTree Tree);

/// <summary>Packs what a new tree has that its parents' trees do not.</summary>
public sealed class PackWriter
{
    /// <summary>After so many differences an object is stored whole, which bounds the work of reading any version.</summary>
    internal const int LongestChain = 64;

    /// <summary>A difference as small as this is not improved upon.</summary>
    const int GoodDifference = 160;

    const int BestCompressionUpTo = 96 * 1024;

    readonly PackId _id;
    readonly ImmutableArray<StoredTree> _parents;
    readonly Dictionary<ContentHash, StoredObject> _known = [];
    readonly Dictionary<ObjectPlace, StoredObject> _places = [];
    readonly Dictionary<PackId, int> _others = [];
    readonly ByteWriter _objects = new(4096);
    int _count;

    PackWriter(PackId id, ImmutableArray<StoredTree> parents)
    {
        _id = id;
        _parents = parents;
    }

    /// <param name="id">Whose pack it will be.</param>
    /// <param name="root">The new tree.</param>
    /// <param name="parents">Trees of the same part of the version's parents, the one it was made from first.</param>
    public static WrittenPack Write(PackId id, VersionObject root, params ImmutableArray<StoredTree> parents)
    {
        var writer = new PackWriter(id, parents);
        var stored = writer.Add(root, parents.IsEmpty ? [] : [parents[0].Stored]);
        return new(id, writer.Finish(stored.Place), new(stored, writer.At));
    }

    /// <param name="item">What to store.</param>
    /// <param name="likely">What it was probably made from, the likeliest first.</param>
    StoredObject Add(VersionObject item, ReadOnlySpan<StoredObject> likely)
    {
        if (TryFind(item.Hash, out var known)) return known;
        var links = AddLinks(item, likely.IsEmpty ? null : likely[0]);
        var stored = BestDifference(item, likely) is var (from, body)
            ? WriteDifference(item, links, from, body)
            : WriteWhole(item, links);
        _count++;
        Keep(stored);
        return stored;
    }

    ImmutableArray<ObjectPlace> AddLinks(VersionObject item, StoredObject? old)
    {
        if (item.Links.IsEmpty) return [];
        var oldLinks = old is null ? [] : old.Object.Links;
        var partners = LinkPairing.Of(item.Links, oldLinks);
        var places = ImmutableArray.CreateBuilder<ObjectPlace>(item.Links.Length);
        for (var i = 0; i < item.Links.Length; i++) places.Add(Add(item.Links[i], Around(oldLinks, partners[i])).Place);
        return places.MoveToImmutable();
    }

    /// <summary>Where the ends of runs moved, much of a run may come from a neighbour of its partner.</summary>
    StoredObject[] Around(ImmutableArray<VersionObject> old, int partner)
    {
        if (partner < 0) return [];
        var found = new List<StoredObject>(3);
        foreach (var place in (ReadOnlySpan<int>)[partner, partner - 1, partner + 1])
        {
            if (place >= 0 && place < old.Length && TryFind(old[place].Hash, out var stored)) found.Add(stored);
        }

        return [.. found];
    }

    /// <summary>Null when no difference is much smaller than the whole.</summary>
    static (StoredObject From, ByteWriter Body)? BestDifference(VersionObject item, ReadOnlySpan<StoredObject> likely)
    {
        (StoredObject From, ByteWriter Body)? best = null;
        var smallest = item.Body.Length * 2 / 3 + 8;
        foreach (var from in likely)
        {
            if (from.Chain >= LongestChain || from.Object.Kind != item.Kind) continue;
            var body = new ByteWriter(256);
            Delta.Write(from.Object.Body.Span, item.Body.Span, body);
            if (body.Length > smallest) continue;
            best = (from, body);
            if (body.Length <= GoodDifference) break;
            smallest = body.Length - 1;
        }

        return best;
    }

    StoredObject WriteWhole(VersionObject item, ImmutableArray<ObjectPlace> links)
    {
        _objects.Byte((byte)item.Kind);
        _objects.Count(links.Length);
        foreach (var link in links) Place(_objects, link);
        _objects.Counted(item.Body.Span);
        return new(item, new(_id, _count), links, 0);
    }

    StoredObject WriteDifference(VersionObject item, ImmutableArray<ObjectPlace> links, StoredObject from, ByteWriter body)
    {
        _objects.Byte((byte)((byte)item.Kind | PackReading.HasBase));
        Place(_objects, from.Place);
        WriteTurns(links, from.LinkPlaces);
        _objects.Counted(body.Written);
        return new(item, new(_id, _count), links, from.Chain + 1);
    }

    void WriteTurns(ImmutableArray<ObjectPlace> links, ImmutableArray<ObjectPlace> old)
    {
        var turns = LinkTurns.Between(old, links);
        _objects.Count(turns.Count);
        var expected = 0;
        foreach (var turn in turns)
        {
            _objects.Count(turn.Added.Length);
            foreach (var link in turn.Added) Place(_objects, link);
            _objects.Count(turn.CopyCount);
            _objects.Signed(turn.CopyFrom - (expected + turn.Added.Length));
            expected = turn.CopyFrom + turn.CopyCount;
        }
    }

    void Place(ByteWriter output, ObjectPlace place)
    {
        if (place.Pack == _id)
        {
            output.Count(0);
        }
        else
        {
            if (!_others.TryGetValue(place.Pack, out var number)) _others[place.Pack] = number = _others.Count + 1;
            output.Count(number);
        }

        output.Count(place.Index);
    }

    ReadOnlyMemory<byte> Finish(ObjectPlace root)
    {
        var end = new ByteWriter(16);
        Place(end, root);
        var payload = new ByteWriter(_objects.Length + _others.Count * 8 + 32);
        payload.Count(_others.Count);
        foreach (var other in _others.Keys) payload.Fixed(other.Value);
        payload.Count(_count);
        payload.Bytes(_objects.Written);
        payload.Bytes(end.Written);
        return Compressed(payload.Written);
    }

    static byte[] Compressed(ReadOnlySpan<byte> payload)
    {
        var packed = new ByteWriter(payload.Length + 16);
        packed.Byte(Pack.Format);
        packed.Byte(Pack.Brotli);
        packed.Count(payload.Length);
        var head = packed.Length;
        var room = packed.Take(BrotliEncoder.GetMaxCompressedLength(payload.Length));
        var quality = payload.Length <= BestCompressionUpTo ? 11 : 6;
        var window = Math.Clamp(BitOperations.Log2((uint)payload.Length | 1) + 1, 16, 22);
        if (BrotliEncoder.TryCompress(payload, room, out var written, quality, window) && head + written < payload.Length + 2)
        {
            return packed.Written[..(head + written)].ToArray();
        }

        return [Pack.Format, Pack.Plain, .. payload];
    }

    StoredObject At(ObjectPlace place) => _places[place];

    void Keep(StoredObject stored)
    {
        _known[stored.Object.Hash] = stored;
        _places[stored.Place] = stored;
    }

    bool TryFind(ContentHash hash, [NotNullWhen(true)] out StoredObject? stored)
    {
        if (_known.TryGetValue(hash, out stored)) return true;
        foreach (var parent in _parents)
        {
            if (!parent.TryFind(hash, out stored)) continue;
            KeepTree(stored, parent);
            return true;
        }

        return false;
    }

    void KeepTree(StoredObject stored, StoredTree parent)
    {
        if (!_places.TryAdd(stored.Place, stored)) return;
        _known.TryAdd(stored.Object.Hash, stored);
        foreach (var link in stored.Object.Links)
        {
            if (parent.TryFind(link.Hash, out var found)) KeepTree(found, parent);
        }
    }
}
