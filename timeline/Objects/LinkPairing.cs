using System.Collections.Immutable;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Objects;

/// <summary>Which old link each new one probably came from, so that a changed run is stored as a difference from the old run.</summary>
static class LinkPairing
{
    /// <summary>
    /// Links that are equal anchor the rest: between two anchors, the new ones are spread over the old ones there in order.
    /// </summary>
    public static VersionObject?[] Of(ImmutableArray<VersionObject> links, ImmutableArray<VersionObject> old)
    {
        var partners = new VersionObject?[links.Length];
        if (old.IsEmpty) return partners;
        var places = new Dictionary<ContentHash, int>(old.Length);
        for (var i = 0; i < old.Length; i++) places.TryAdd(old[i].Hash, i);
        var open = 0;
        var oldOpen = 0;
        for (var i = 0; i <= links.Length; i++)
        {
            var isEnd = i == links.Length;
            var place = isEnd ? old.Length : places.GetValueOrDefault(links[i].Hash, -1);
            if (place < oldOpen) continue;
            Spread(partners.AsSpan()[open..i], old.AsSpan()[oldOpen..place]);
            if (isEnd) break;
            partners[i] = old[place];
            (open, oldOpen) = (i + 1, place + 1);
        }

        return partners;
    }

    static void Spread(Span<VersionObject?> partners, ReadOnlySpan<VersionObject> old)
    {
        if (old.IsEmpty) return;
        for (var i = 0; i < partners.Length; i++) partners[i] = old[(int)((long)i * old.Length / partners.Length)];
    }
}

/// <summary>A list of places as turns of new places and copies from another list.</summary>
static class LinkTurns
{
    public static List<LinkTurn> Between(ImmutableArray<ObjectPlace> old, ImmutableArray<ObjectPlace> links)
    {
        var places = new Dictionary<ObjectPlace, int>(old.Length);
        for (var i = 0; i < old.Length; i++) places.TryAdd(old[i], i);
        var turns = new List<LinkTurn>();
        var added = ImmutableArray.CreateBuilder<ObjectPlace>();
        var expected = 0;
        for (var i = 0; i < links.Length;)
        {
            var from = expected + added.Count;
            if (from >= old.Length || old[from] != links[i]) from = places.GetValueOrDefault(links[i], -1);
            if (from < 0)
            {
                added.Add(links[i++]);
                continue;
            }

            var count = 1;
            while (i + count < links.Length && from + count < old.Length && links[i + count] == old[from + count]) count++;
            turns.Add(new(added.DrainToImmutable(), from, count));
            expected = from + count;
            i += count;
        }

        if (added.Count > 0) turns.Add(new(added.DrainToImmutable(), expected + added.Count, 0));
        return turns;
    }
}
