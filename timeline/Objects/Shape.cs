using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>What reading the slots of an object needs besides its shapes.</summary>
sealed class SlotReading
{
    readonly ImmutableArray<ListContent> _lists;
    int _nextLink;

    /// <summary>Makes the lists that the object links to first, so that no shape is filled that is too deep.</summary>
    public SlotReading(ImmutableArray<VersionObject> links)
    {
        var lists = ImmutableArray.CreateBuilder<ListContent>(links.Length);
        foreach (var link in links)
        {
            var list = ItemTree.ContentOf(link);
            Weight = ListContent.Within(Weight + list.Weight);
            Height = Math.Max(Height, list.Height);
            lists.Add(list);
        }

        _lists = lists.MoveToImmutable();
    }

    /// <summary>Of all lists together.</summary>
    public long Weight { get; }

    /// <summary>Of the deepest list.</summary>
    public int Height { get; }

    public ElementId LastId { get; private set; }

    public bool UsedAllLinks => _nextLink == _lists.Length;

    public OtioArray LongList() => _nextLink < _lists.Length
        ? new(_lists[_nextLink++].Items)
        : throw new CorruptObjectException("it names more lists than it links to");

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

/// <summary>A shape made ready to be filled: parts without slots are made once and shared by every value of the shape.</summary>
abstract class Shape
{
    const int MaxDepth = OtioReader.MaxDepth;

    /// <summary>The value, when nothing in it differs.</summary>
    public virtual OtioValue? Constant => null;

    /// <summary>How many bytes describe it.</summary>
    public int Length { get; private set; }

    /// <summary>How deep it is nested.</summary>
    public virtual int Height => 1;

    public abstract OtioValue Fill(ref ByteReader slots, SlotReading reading);

    public static Shape Parse(ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        var shape = Parse(ref input, 0);
        shape.Length = bytes.Length;
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
            ShapeMark.ConstantNumber => new Fixed(Numbers.FromLexeme(Words.Read(ref input))),
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
            ? new Fixed(items.Length == 0 ? OtioArray.Empty : OtioArray.Of(items.Select(i => i.Constant ?? OtioNull.Value)), HeightOver(items))
            : new ListShape(items);
    }

    static Shape ParseObject(ref ByteReader input, int depth)
    {
        var names = new string[input.Count(leastBytes: 2)];
        var values = new Shape[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Words.Read(ref input);
            if (i > 0 && CanonicalForm.CompareCodePoints(names[i - 1], names[i]) >= 0) throw new CorruptObjectException("fields are out of order");
            values[i] = Parse(ref input, depth + 1);
        }

        var shape = new ObjectShape(names, values);
        return values.All(v => v.Constant is not null) ? new Fixed(shape.Constants, shape.Height) : shape;
    }

    static int HeightOver(Shape[] parts) => 1 + (parts.Length == 0 ? 0 : parts.Max(part => part.Height));

    sealed class Fixed(OtioValue value, int height = 1) : Shape
    {
        public override int Height => height;

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
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading)
        {
            try
            {
                return CanonicalForm.Parse(slots.Counted().ToArray());
            }
            catch (InterchangeFormatException notJson)
            {
                throw new CorruptObjectException($"metadata is damaged: {notJson.Message}");
            }
        }
    }

    sealed class LongListSlot : Shape
    {
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => reading.LongList();
    }

    sealed class ListShape(Shape[] items) : Shape
    {
        public override int Height { get; } = HeightOver(items);

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
            Height = HeightOver(values);
        }

        public override int Height { get; }

        public OtioObject Constants => _fields.Length == 0 ? OtioObject.EmptyMap : new(ImmutableCollectionsMarshal.AsImmutableArray(_fields));

        public override OtioValue Fill(ref ByteReader slots, SlotReading reading)
        {
            var fields = _fields.AsSpan().ToArray();
            foreach (var (index, value) in _slots) fields[index] = new(fields[index].Name, value.Fill(ref slots, reading));
            return new OtioObject(ImmutableCollectionsMarshal.AsImmutableArray(fields));
        }
    }
}
