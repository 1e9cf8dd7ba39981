using System.Runtime.InteropServices;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>A shape made ready to be filled: parts without slots are made once and shared by every value of the shape.</summary>
abstract class Shape
{
    /// <summary>A file as deep as the reader takes, and the ids that a commit puts into it.</summary>
    public const int MaxDepth = OtioReader.MaxDepth + 16;

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
        public override OtioValue Fill(ref ByteReader slots, SlotReading reading) => reading.Opaque(ref slots);
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
