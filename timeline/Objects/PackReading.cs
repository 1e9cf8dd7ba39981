using System.Collections.Immutable;

namespace CineGit.Timeline.Objects;

/// <summary>Reads a pack's decompressed bytes into its objects.</summary>
sealed class PackReading
{
    /// <summary>Marks an object that is a difference; added to its kind.</summary>
    internal const byte HasBase = 0x80;

    /// <summary>Far above what any version brings; each costs much more memory than the bytes that ask for it.</summary>
    const int MostObjects = 1 << 20;

    const int MostPlaces = 1 << 22;

    readonly PackId _id;
    readonly ReadOnlyMemory<byte> _payload;
    readonly PackId[] _others;
    int _position;
    int _read;
    int _places;

    public PackReading(PackId id, ReadOnlyMemory<byte> payload)
    {
        _id = id;
        _payload = payload;
        var input = new ByteReader(payload.Span);
        _others = new PackId[input.Count(leastBytes: 8)];
        foreach (ref var other in _others.AsSpan()) other = new(input.Fixed64());
        _position = input.Position;
    }

    public ImmutableArray<PackedObject> ReadObjects()
    {
        var input = Input();
        var objects = ImmutableArray.CreateBuilder<PackedObject>(Within(input.Count(leastBytes: 3), MostObjects));
        for (_read = 0; _read < objects.Capacity; _read++) objects.Add(ReadObject(ref input));
        _position += input.Position;
        return objects.MoveToImmutable();
    }

    public ObjectPlace ReadRoot()
    {
        var input = Input();
        var root = ReadPlace(ref input);
        return input.IsAtEnd ? root : throw new CorruptObjectException("the pack goes on after its end");
    }

    PackedObject ReadObject(ref ByteReader input)
    {
        var head = input.Byte();
        var kind = (ObjectKind)(head & ~HasBase);
        if (!Enum.IsDefined(kind)) throw new CorruptObjectException($"an object has the unknown kind {(int)kind}");
        var isDifference = (head & HasBase) != 0;
        ObjectPlace? @base = isDifference ? ReadPlace(ref input) : null;
        var links = isDifference ? ReadTurns(ref input) : ReadLinks(ref input);
        var length = input.Count();
        var start = _position + input.Position;
        input.Bytes(length);
        return new(kind, @base, links, _payload.Slice(start, length));
    }

    ImmutableArray<LinkTurn> ReadLinks(ref ByteReader input) => [new(ReadPlaces(ref input), 0, 0)];

    ImmutableArray<LinkTurn> ReadTurns(ref ByteReader input)
    {
        var turns = ImmutableArray.CreateBuilder<LinkTurn>(input.Count(leastBytes: 3));
        var expected = 0L;
        while (turns.Count < turns.Capacity)
        {
            var added = ReadPlaces(ref input);
            var count = input.Below(int.MaxValue);
            var from = expected + added.Length + input.Signed();
            if (from is < 0 or > int.MaxValue) throw new CorruptObjectException("an object copies links that are not there");
            turns.Add(new(added, (int)from, count));
            expected = from + count;
        }

        return turns.MoveToImmutable();
    }

    ImmutableArray<ObjectPlace> ReadPlaces(ref ByteReader input)
    {
        var count = input.Count(leastBytes: 2);
        _places = Within(_places + count, MostPlaces);
        var places = ImmutableArray.CreateBuilder<ObjectPlace>(count);
        while (places.Count < places.Capacity) places.Add(ReadPlace(ref input));
        return places.MoveToImmutable();
    }

    /// <summary>Zero is this pack, where only what came before may be named; others are counted from one.</summary>
    ObjectPlace ReadPlace(ref ByteReader input)
    {
        var pack = input.Below(_others.Length + 1L);
        return pack == 0 ? new(_id, input.Below(_read)) : new(_others[pack - 1], input.Below(int.MaxValue));
    }

    static int Within(int count, int most) => count <= most
        ? count
        : throw new CorruptObjectException($"a pack has more than {most:N0} objects or links");

    ByteReader Input() => new(_payload.Span[_position..]);
}
