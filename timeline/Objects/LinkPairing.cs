using System.Collections.Immutable;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Objects;

/// <summary>Which old link each new one probably came from, so that a changed run is stored as a difference from the old run.</summary>
static class LinkPairing
{
    /// <summary>
    /// Links that are equal anchor the rest: between two anchors, the new ones are spread over the old ones there in order.
    /// The result has a place in <paramref name="old"/> per link, -1 where there is none.
    /// </summary>
    public static int[] Of(ImmutableArray<VersionObject> links, ImmutableArray<VersionObject> old)
    {
        var partners = new int[links.Length];
        Array.Fill(partners, -1);
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
            Spread(partners.AsSpan()[open..i], oldOpen, place - oldOpen);
            if (isEnd) break;
            partners[i] = place;
            (open, oldOpen) = (i + 1, place + 1);
        }

        return partners;
    }

    static void Spread(Span<int> partners, int start, int count)
    {
        if (count == 0) return;
        for (var i = 0; i < partners.Length; i++) partners[i] = start + (int)((long)i * count / partners.Length);
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
