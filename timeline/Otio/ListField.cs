using System.Collections.Immutable;

namespace CineGit.Timeline.Otio;

/// <summary>Sets the objects of a list field. What is no object stays in the list; an unchanged list stays the same list.</summary>
static class ListField
{
    public static OtioObject With(OtioObject node, string field, IReadOnlyList<OtioObject> objects)
    {
        var items = node.List(field);
        var changed = Replaced(items, objects);
        return changed.AsSpan().SequenceEqual(items.AsSpan(), ReferenceEqualityComparer.Instance)
            ? node
            : node.With(field, new OtioArray(changed));
    }

    static ImmutableArray<OtioValue> Replaced(ImmutableArray<OtioValue> items, IReadOnlyList<OtioObject> objects)
    {
        if (items.Count(i => i is OtioObject) != objects.Count) return [.. objects, .. items.Where(i => i is not OtioObject)];
        var next = 0;
        return [.. items.Select(i => i is OtioObject ? objects[next++] : i)];
    }
}
