using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>What reading the slots of an object needs besides its shapes.</summary>
sealed class SlotReading
{
    readonly VersionObject _item;
    readonly ShapeCache _known;
    readonly ImmutableArray<ListContent> _lists;
    int _nextLink;

    /// <summary>Makes the lists that the object links to first, so that no shape is filled that is too deep.</summary>
    public SlotReading(VersionObject item, ShapeCache known)
    {
        (_item, _known) = (item, known);
        var lists = ImmutableArray.CreateBuilder<ListContent>(item.Links.Length);
        foreach (var link in item.Links)
        {
            var list = ItemTree.ContentOf(link, known);
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

    /// <param name="slots">Reads this object's body.</param>
    public OtioValue Opaque(ref ByteReader slots)
    {
        var length = slots.Count();
        var json = _item.Body.Slice(slots.Position, length);
        slots.Bytes(length);
        try
        {
            return CanonicalForm.Parse(json, _known.Texts);
        }
        catch (InterchangeFormatException notJson)
        {
            throw new CorruptObjectException($"metadata is damaged: {notJson.Message}");
        }
    }

    public string Id(ref ByteReader slots)
    {
        var head = slots.Unsigned();
        var distance = ByteReader.UnZigZag(head >> 1);
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
