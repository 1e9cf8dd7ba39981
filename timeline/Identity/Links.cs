using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>
/// Which picture and sound belong together. Interchange formats drop links or number them anew on every export, so a group
/// keeps the name it had in the parent, and what has no link is grouped by what it shows and where it stands.
/// </summary>
static class Links
{
    public static Sequence Settle(Sequence imported, Sequence named, Pairing pairing)
    {
        var links = new string?[named.Tracks.Length][];
        for (var t = 0; t < links.Length; t++)
        {
            links[t] = new string?[named.Tracks[t].Elements.Length];
            for (var i = 0; i < links[t].Length; i++)
            {
                if (imported.Tracks[t].Elements[i].Link is null) links[t][i] = pairing.ParentOf(t, i)?.Link;
            }
        }

        NameImportedGroups(imported, named, pairing, links);
        Infer(named, links);
        return named with { Tracks = [.. named.Tracks.Select((track, t) => WithLinks(track, links[t]))] };
    }

    static Track WithLinks(Track track, string?[] links) =>
        track with { Elements = [.. track.Elements.Select((e, i) => e.Link == links[i] ? e : e with { Link = links[i] })] };

    static void NameImportedGroups(Sequence imported, Sequence named, Pairing pairing, string?[][] links)
    {
        var members = All(imported).Where(p => p.Element.Link is not null).ToLookup(p => p.Element.Link);
        var parentUsers = All(imported)
            .Select(p => (p.Element.Link, Parent: pairing.ParentOf(p.Track, p.Index)?.Link))
            .Where(p => p.Parent is not null)
            .ToLookup(p => p.Parent, p => p.Link);
        foreach (var group in members)
        {
            var carried = group.Select(p => pairing.ParentOf(p.Track, p.Index)?.Link).OfType<string>().Distinct().ToList();
            var keeps = carried.Count == 1 && parentUsers[carried[0]].All(link => link == group.Key);
            var first = group.First();
            var name = keeps ? carried[0] : named.Tracks[first.Track].Elements[first.Index].Id.ToString();
            foreach (var (track, index, _) in group) links[track][index] = name;
        }
    }

    static void Infer(Sequence named, string?[][] links)
    {
        var all = Placement.Of(named).All.ToList();
        var times = all.Where(p => links[p.TrackIndex][p.Index] is null).Select(p => (p.Start, p.Element.Duration)).ToHashSet();
        var loose = all.Where(p => times.Contains((p.Start, p.Element.Duration))).GroupBy(p => (p.Start, p.Element.Duration));
        foreach (var sameTime in loose)
        {
            foreach (var group in BelongTogether([.. sameTime]))
            {
                var known = group.Select(p => links[p.TrackIndex][p.Index]).OfType<string>().Distinct().ToList();
                var hasBoth = group.Any(p => p.Track.Kind == TrackKind.Video) && group.Any(p => p.Track.Kind == TrackKind.Audio);
                if (!hasBoth || known.Count > 1) continue;
                var name = known.Count == 1 ? known[0] : group[0].Element.Id.ToString();
                foreach (var placed in group) links[placed.TrackIndex][placed.Index] = name;
            }
        }
    }

    static List<List<Placed>> BelongTogether(List<Placed> sameTime)
    {
        var groups = new List<List<Placed>>();
        foreach (var placed in sameTime)
        {
            var home = groups.Find(g => g.Exists(other => IsPartner(other.Element, placed.Element)));
            if (home is null) groups.Add([placed]);
            else home.Add(placed);
        }

        return groups;
    }

    static bool IsPartner(Element a, Element b) =>
        a is Clip && b is Clip
        && (Likeness.Stem(a) == Likeness.Stem(b) || (a.Name.Length > 0 && a.Name == b.Name));

    static IEnumerable<(int Track, int Index, Element Element)> All(Sequence cut) =>
        cut.Tracks.SelectMany((track, t) => track.Elements.Select((element, i) => (t, i, element)));
}
