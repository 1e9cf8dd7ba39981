using System.Collections.Immutable;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>The items of a list, and what bounds the work of making them: a few objects can stand for a document without end.</summary>
/// <param name="Weight">About the bytes that the items would take written out.</param>
/// <param name="Height">How deep they are nested.</param>
sealed record ListContent(ImmutableArray<OtioValue> Items, long Weight, int Height)
{
    /// <summary>What even nothing weighs, so that nothing cannot be had endlessly.</summary>
    public const int Least = 32;

    /// <summary>Several times the largest cut known: an hour-long documentary with full metadata.</summary>
    const long Largest = 512L << 20;

    public static long Within(long weight) =>
        weight <= Largest ? weight : throw new CorruptObjectException("its document is impossibly large");

    public static int WithinDepth(int height) =>
        height <= Shape.MaxDepth ? height : throw new CorruptObjectException("its document is nested too deep");
}

/// <summary>
/// A long list as a tree: runs of items in leaves, runs of those in nodes, up to one root (a prolly tree ordered by position).
/// An edit to one item makes one leaf and one node a level anew.
/// </summary>
static class ItemTree
{
    public static VersionObject Of(ImmutableArray<OtioValue> items, KnownLeaves known)
    {
        var ends = Boundaries.Of([.. items.Select(KeyOf)]);
        var level = new List<Run>(ends.Count);
        var start = 0;
        foreach (var end in ends)
        {
            var run = items.AsSpan()[start..end];
            level.Add(new(known.Of(run) ?? Leaf.Of(run, known), KeyOf(items[end - 1]) ?? 0, end - start));
            start = end;
        }

        return RootOf(level);
    }

    public static ListContent ContentOf(VersionObject tree, ShapeCache known)
    {
        if (tree.Kind == ObjectKind.Leaf) return tree.Content(leaf => Leaf.ContentOf(leaf, known));
        if (tree.Kind != ObjectKind.Node) throw new CorruptObjectException($"a {tree.Kind} stands where a list is needed");
        var items = ImmutableArray.CreateBuilder<OtioValue>();
        var weight = 0L;
        var height = 0;
        foreach (var link in tree.Links)
        {
            var content = ContentOf(link, known);
            weight = ListContent.Within(weight + content.Weight);
            height = Math.Max(height, content.Height);
            items.AddRange(content.Items);
        }

        return new(items.DrainToImmutable(), weight + ListContent.Least, height);
    }

    /// <summary>Groups a level into nodes until one object is left.</summary>
    public static VersionObject RootOf(List<Run> level)
    {
        while (level.Count > 1)
        {
            var ends = Boundaries.Of([.. level.Select(run => (ulong?)Fnv.Mix(~run.Key))]);
            var above = new List<Run>(ends.Count);
            var start = 0;
            foreach (var end in ends)
            {
                above.Add(NodeOf(level[start..end]));
                start = end;
            }

            level = above;
        }

        return level[0].Root;
    }

    static Run NodeOf(List<Run> children)
    {
        if (children.Count == 1) return children[0] with { Key = Fnv.Mix(~children[0].Key) };
        var body = new ByteWriter(children.Count * 2);
        foreach (var child in children) body.Unsigned((ulong)child.Count);
        var node = new VersionObject(ObjectKind.Node, [.. children.Select(c => c.Root)], body.ToArray());
        return new(node, Fnv.Mix(~children[^1].Key), children.Sum(c => c.Count));
    }

    /// <summary>By the item's id; by its name where it has none. A gap belongs to what follows it.</summary>
    static ulong? KeyOf(OtioValue item)
    {
        if (item is not OtioObject node) return 0;
        if (OwnMetadata.Id(node) is { } id) return Fnv.Mix(id.Birth ^ Fnv.Mix(id.Ordinal));
        return node.SchemaName == OtioSchema.Gap ? null : Fnv.Of(node.Text("name") ?? "");
    }

    /// <param name="Root">A leaf, or the node over a run of them.</param>
    /// <param name="Key">Decides whether a run of nodes ends after this one.</param>
    /// <param name="Count">How much is in it: items of a list, bytes of a file.</param>
    internal readonly record struct Run(VersionObject Root, ulong Key, long Count);
}
