using System.Collections.Immutable;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>
/// A document as objects and back. Equal documents, whatever their white space, key order and spelling of numbers, give the same
/// objects; reading them gives the document in canonical form.
/// </summary>
public static class CutObjects
{
    public static VersionObject Encode(OtioDocument document) => Encode(document, KnownLeaves.None);

    /// <summary>The same objects, with less work where the document has parts of cuts that <see cref="IsCanonical"/> has seen.</summary>
    /// <param name="document">What is encoded.</param>
    /// <param name="near">Those cuts.</param>
    public static VersionObject Encode(OtioDocument document, params IEnumerable<VersionObject> near) => Encode(document, new KnownLeaves(near));

    static VersionObject Encode(OtioDocument document, KnownLeaves known)
    {
        var links = ImmutableArray.CreateBuilder<VersionObject>();
        var writer = new ShapeWriter(links, known);
        writer.Write(document.Root);
        var body = new ByteWriter(writer.Shape.Length + writer.Slots.Length + 8);
        body.Counted(writer.Shape.Written);
        body.Bytes(writer.Slots.Written);
        return new(ObjectKind.Document, links.DrainToImmutable(), body.ToArray());
    }

    /// <exception cref="CorruptObjectException">The object is no document, or something it links to is not what it should be.</exception>
    public static OtioDocument Decode(VersionObject root)
    {
        if (root.Kind != ObjectKind.Document) throw new CorruptObjectException($"a {root.Kind} stands where a document is needed");
        var input = new ByteReader(root.Body.Span);
        var shape = Shape.Parse(input.Counted());
        var reading = new SlotReading(root, new ShapeCache());
        ListContent.Within(reading.Weight + root.Body.Length);
        ListContent.WithinDepth(shape.Height + reading.Height);
        var value = shape.Fill(ref input, reading);
        if (!input.IsAtEnd || !reading.UsedAllLinks) throw new CorruptObjectException("a document goes on after its end");
        return value is OtioObject node ? new(node) : throw new CorruptObjectException("its root is no object");
    }

    /// <summary>
    /// True when these are the very objects that encoding the document gives: nobody can hand in one cut under two hashes.
    /// </summary>
    /// <param name="root">The objects.</param>
    /// <param name="document">What <see cref="Decode"/> made of them.</param>
    public static bool IsCanonical(VersionObject root, OtioDocument document)
    {
        if (Encode(document, [root]).Hash != root.Hash) return false;
        foreach (var leaf in root.Walk().Where(each => each.Kind == ObjectKind.Leaf)) leaf.IsProven = true;
        return true;
    }
}
