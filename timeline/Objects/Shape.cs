using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>What reading the slots of an object needs besides its shapes.</summary>
sealed class SlotReading(VersionObject item, ShapeCache known)
{
    readonly ImmutableArray<VersionObject> _links = item.Links;
    int _nextLink;

    public ElementId LastId { get; private set; }

    public bool UsedAllLinks => _nextLink == _links.Length;

    public OtioArray LongList() => _nextLink < _links.Length
        ? new(ItemTree.ItemsOf(_links[_nextLink++], known))
        : throw new CorruptObjectException("it names more lists than it links to");

    /// <param name="slots">Reads this object's body.</param>
    public OtioValue Opaque(ref ByteReader slots)
    {
        var length = slots.Count();
        var json = item.Body.Slice(slots.Position, length);
        slots.Bytes(length);
        try
        {
            return CanonicalForm.Parse(json, known.Texts);
        }
        catch (InterchangeFormatException notJson)
        {
            throw new CorruptObjectException($"metadata is damaged: {notJson.Message}");
        }
    }

    public string Id(ref ByteReader slots)
    {
        var head = slots.Unsigned();
        var distance = unchecked((long)(head >> 2) ^ -(long)((head >> 1) & 1));
        var birth = (head & 1) != 0 ? slots.Fixed64() : LastId.Birth;
        if (distance is < -uint.MaxValue or > uint.MaxValue || LastId.Ordinal + distance is < 0 or > uint.MaxValue)
        {
            throw new CorruptObjectException("an id is out of its range");
        }

        LastId = new(birth, (uint)(LastId.Ordinal + distance));
        return LastId.ToString();
    }
}

/// <summary>The shapes met while one document is read: most leaves have the same few.</summary>
sealed class ShapeCache
{
    readonly Dictionary<ulong, (byte[] Bytes, Shape Shape)> _shapes = [];

    /// <summary>The names and short values in other programs' metadata.</summary>
    public TextCache Texts { get; } = new(1024);

    public Shape Parse(ReadOnlySpan<byte> bytes)
    {
        var name = Fnv.Of(bytes);
        if (_shapes.TryGetValue(name, out var known) && bytes.SequenceEqual(known.Bytes)) return known.Shape;
        var shape = Shape.Parse(bytes);
        _shapes[name] = (bytes.ToArray(), shape);
        return shape;
    }
}

/// <summary>A shape made ready to be filled: parts without slots are made once and shared by every value of the shape.</summary>
abstract class Shape
{
    /// <summary>A file as deep as the reader takes, and the ids that a commit puts into it.</summary>
    const int MaxDepth = OtioReader.MaxDepth + 16;

    /// <summary>The value, when nothing in it differs.</summary>
    public virtual OtioValue? Constant => null;

    public abstract OtioValue Fill(ref ByteReader slots, SlotReading reading);

    public static Shape Parse(ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        var shape = Parse(ref input, 0);
        return input.IsAtEnd ? shape : throw new CorruptObjectException("a shape goes on after its end");
    }

    static Shape Parse(ref ByteReader input, int depth)
    {
        if (depth > MaxDepth) throw new CorruptObjectException("a shape is nested too deep");
        return (ShapeMark)input.Byte() switch
        {
            ShapeMark.Null => new Fixed(OtioNull.Value),
            ShapeMark.True => new Fixed(OtioBool.True),
            ShapeMark.False => new Fixed(OtioBool.False),
            ShapeMark.Number => new NumberSlot(),
            ShapeMark.Text => new TextSlot(),
            ShapeMark.Id => new IdSlot(),
            ShapeMark.Opaque => new OpaqueSlot(),
            ShapeMark.LongList => new LongListSlot(),
            ShapeMark.ConstantText => new Fixed(Words.Read(ref input)),
            ShapeMark.ConstantNumber => new Fixed(OtioNumber.FromLexeme(Words.Read(ref input))),
            ShapeMark.List => ParseList(ref input, depth),
            ShapeMark.Object => ParseObject(ref input, depth),
            var unknown => throw new CorruptObjectException($"a shape has the unknown mark {(byte)unknown}"),
        };
    }

    static Shape ParseList(ref ByteReader input, int depth)
    {
        var items = new Shape[input.Count()];
        for (var i = 0; i < items.Length; i++) items[i] = Parse(ref input, depth + 1);
        return items.All(i => i.Constant is not null)
            ? new Fixed(items.Length == 0 ? OtioArray.Empty : OtioArray.Of(items.Select(i => i.Constant ?? OtioNull.Value)))
            : new ListShape(items);
    }

    static Shape ParseObject(ref ByteReader input, int depth)
    {
        var names = new string[input.Count(leastBytes: 2)];
        var values = new Shape[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Words.Read(ref input);
            values[i] = Parse(ref input, depth + 1);
        }

        var shape = new ObjectShape(names, values);
        return values.All(v => v.Constant is not null) ? new Fixed(shape.Constants) : shape;
    }

    sealed class Fixed(OtioValue value) : Shape
    {
        public override OtioValue? Constant => value;

        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => value;
    }

    sealed class NumberSlot : Shape
    {
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => Numbers.Read(ref slots);
    }

    sealed class TextSlot : Shape
    {
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => new OtioString(Texts.Read(ref slots));
    }

    sealed class IdSlot : Shape
    {
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => new OtioString(reading.Id(ref slots));
    }

    sealed class OpaqueSlot : Shape
    {
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => reading.Opaque(ref slots);
    }

    sealed class LongListSlot : Shape
    {
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => reading.LongList();
    }

    sealed class ListShape(Shape[] items) : Shape
    {
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading)
        {
            var filled = new OtioValue[items.Length];
            for (var i = 0; i < filled.Length; i++) filled[i] = items[i].Fill(ref slots, reading);
            return new OtioArray(ImmutableCollectionsMarshal.AsImmutableArray(filled));
        }
    }

    sealed class ObjectShape : Shape
    {
        readonly OtioField[] _fields;
        readonly (int Index, Shape Value)[] _slots;

        public ObjectShape(string[] names, Shape[] values)
        {
            _fields = [.. names.Select((name, i) => new OtioField(name, values[i].Constant ?? OtioNull.Value))];
            _slots = [.. values.Select((value, i) => (i, value)).Where(v => v.value.Constant is null)];
        }

        public OtioObject Constants => _fields.Length == 0 ? OtioObject.EmptyMap : new(ImmutableCollectionsMarshal.AsImmutableArray(_fields));

        public override OtioValue Fill(ref ByteReader slots, SlotReading reading)
        {
            var fields = _fields.AsSpan().ToArray();
            foreach (var (index, value) in _slots) fields[index] = new(fields[index].Name, value.Fill(ref slots, reading));
            return new OtioObject(ImmutableCollectionsMarshal.AsImmutableArray(fields));
        }
    }
}
