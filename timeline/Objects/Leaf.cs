using System.Collections.Immutable;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>
/// A run of items: the shapes that occur in it, then one record per item, which names its shape and fills its slots. A record
/// says nothing absolute: time is durations and gaps, ids are relative to the one before; so an edit changes a few bytes.
/// </summary>
static class Leaf
{
    /// <summary>Names of shapes stay below this, which leaves room above for those that clash.</summary>
    const ulong NameSpace = 65_000;

    public static VersionObject Of(ReadOnlySpan<OtioValue> items, KnownLeaves known)
    {
        var links = ImmutableArray.CreateBuilder<VersionObject>();
        var writer = new ShapeWriter(links, known);
        var shapes = new SortedDictionary<(ulong Name, string Bytes), List<int>>(ShapeOrder.Instance);
        var ends = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            writer.Shape.Clear();
            writer.Write(items[i]);
            ends[i] = writer.Slots.Length;
            var bytes = writer.Shape.Written;
            var key = (Fnv.Of(bytes) % NameSpace, Convert.ToHexString(bytes));
            if (!shapes.TryGetValue(key, out var users)) shapes[key] = users = [];
            users.Add(i);
        }

        return new(ObjectKind.Leaf, links.DrainToImmutable(), Body(shapes, writer.Slots.Written, ends));
    }

    static byte[] Body(SortedDictionary<(ulong Name, string Bytes), List<int>> shapes, ReadOnlySpan<byte> slots, int[] ends)
    {
        var body = new ByteWriter(slots.Length + 1024);
        var names = new ushort[ends.Length];
        var last = -1;
        body.Count(shapes.Count);
        foreach (var ((hash, bytes), users) in shapes)
        {
            last = Math.Max((int)hash, last + 1);
            body.Fixed((ushort)last);
            body.Counted(Convert.FromHexString(bytes));
            foreach (var user in users) names[user] = (ushort)last;
        }

        body.Count(ends.Length);
        var start = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            body.Fixed(names[i]);
            body.Bytes(slots[start..ends[i]]);
            start = ends[i];
        }

        return body.ToArray();
    }

    public static ListContent ContentOf(VersionObject leaf, ShapeCache known)
    {
        var input = new ByteReader(leaf.Body.Span);
        var shapes = new Dictionary<ushort, Shape>();
        for (var left = input.Count(leastBytes: 3); left > 0; left--)
        {
            var name = input.Fixed16();
            if (!shapes.TryAdd(name, known.Parse(input.Counted()))) throw new CorruptObjectException("two shapes have one name");
        }

        var reading = new SlotReading(leaf, known);
        var weight = reading.Weight + leaf.Body.Length;
        var height = 0;
        var items = ImmutableArray.CreateBuilder<OtioValue>(input.Count(leastBytes: 2));
        for (var left = items.Capacity; left > 0; left--)
        {
            if (!shapes.TryGetValue(input.Fixed16(), out var shape)) throw new CorruptObjectException("a record has a shape that is not there");
            weight = ListContent.Within(weight + shape.Length + ListContent.Least);
            height = Math.Max(height, ListContent.WithinDepth(shape.Height + reading.Height));
            items.Add(shape.Fill(ref input, reading));
        }

        return input.IsAtEnd && reading.UsedAllLinks
            ? new(items.DrainToImmutable(), weight, height)
            : throw new CorruptObjectException("a leaf goes on after its last record");
    }

    sealed class ShapeOrder : IComparer<(ulong Name, string Bytes)>
    {
        public static readonly ShapeOrder Instance = new();

        public int Compare((ulong Name, string Bytes) x, (ulong Name, string Bytes) y) =>
            x.Name != y.Name ? x.Name.CompareTo(y.Name) : string.CompareOrdinal(x.Bytes, y.Bytes);
    }
}
