using System.Collections.Immutable;
using System.IO.Compression;

namespace CineGit.Timeline.Objects;

/// <summary>
/// What one part of one version brought: the objects that none of its parents had, links before what links to them, the root
/// last; each whole or as a difference from an object of a parent. It names packs of earlier versions and needs nothing else.
/// </summary>
public sealed class Pack
{
    internal const byte Format = 1;
    internal const byte Plain = 0;
    internal const byte Brotli = 1;

    /// <summary>The most that a pack may hold once decompressed.</summary>
    public const int LargestPayload = 1 << 30;

    readonly ImmutableArray<PackedObject> _objects;

    Pack(PackId id, ImmutableArray<PackedObject> objects, ObjectPlace root)
    {
        Id = id;
        _objects = objects;
        Root = root;
    }

    public PackId Id { get; }

    /// <summary>How many objects it brought; none when the root was there already.</summary>
    public int Count => _objects.Length;

    internal ObjectPlace Root { get; }

    internal PackedObject this[int index] => index < _objects.Length
        ? _objects[index]
        : throw new CorruptObjectException($"pack {Id} has no object {index}");

    /// <param name="id">Its id, which the bytes do not say.</param>
    /// <param name="bytes">As <see cref="PackWriter"/> wrote them.</param>
    /// <param name="largest">How many bytes it may hold once decompressed.</param>
    /// <exception cref="CorruptObjectException">The bytes are no sound pack.</exception>
    public static Pack Read(PackId id, ReadOnlyMemory<byte> bytes, int largest = LargestPayload)
    {
        var payload = Payload(bytes, largest);
        var reading = new PackReading(id, payload);
        return new(id, reading.ReadObjects(), reading.ReadRoot());
    }

    static ReadOnlyMemory<byte> Payload(ReadOnlyMemory<byte> bytes, int largest)
    {
        var input = new ByteReader(bytes.Span);
        if (input.Byte() != Format) throw new CorruptObjectException("the pack has a format that is not known here; a later program wrote it");
        var coding = input.Byte();
        if (coding == Plain) return bytes[input.Position..];
        if (coding != Brotli) throw new CorruptObjectException("the pack is compressed in an unknown way");
        var payload = new byte[input.Below(largest)];
        var isWhole = BrotliDecoder.TryDecompress(bytes.Span[input.Position..], payload, out var written) && written == payload.Length;
        return isWhole ? payload : throw new CorruptObjectException("the pack’s compressed bytes are damaged");
    }
}

/// <summary>An object as a pack holds it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Base">What links and body are differences from; null when they are whole.</param>
/// <param name="Links">Turns of new links and copies of the base's.</param>
/// <param name="Body">The bytes, or the difference from the base's.</param>
sealed record PackedObject(ObjectKind Kind, ObjectPlace? Base, ImmutableArray<LinkTurn> Links, ReadOnlyMemory<byte> Body);

/// <summary>Some links, then some of the base's from a place on.</summary>
readonly record struct LinkTurn(ImmutableArray<ObjectPlace> Added, int CopyFrom, int CopyCount);
