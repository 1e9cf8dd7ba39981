using System.Collections.Immutable;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>Writes the ids into the cut: elements by the pairing, their effects, markers and transitions by their carrier's.</summary>
sealed class PartNaming(Pairing pairing, IdIssue issue)
{
    public Sequence Name(Sequence imported, Sequence? parent)
    {
        var tracks = imported.Tracks.Select((track, t) => NameTrack(track, t, ParentTrack(parent, t))).ToImmutableArray();
        return imported with { Tracks = tracks, Markers = NameMarkers(imported.Markers, parent?.Markers ?? []) };
    }

    Track? ParentTrack(Sequence? parent, int index)
    {
        var found = pairing.ParentTrack(index);
        return parent is null || found < 0 ? null : parent.Tracks[found];
    }

    Track NameTrack(Track track, int index, Track? parent)
    {
        var id = parent?.Id ?? issue.Next();
        var elements = ImmutableArray.CreateBuilder<Element>(track.Elements.Length);
        for (var i = 0; i < track.Elements.Length; i++)
        {
            var element = NameElement(track.Elements[i], pairing.ParentOf(index, i));
            elements.Add(element);
        }

        var lasting = elements.MoveToImmutable();

        return track with
        {
            Id = id,
            Elements = lasting,
            EditPoints = NameEditPoints(AtLasting(track, lasting), parent?.EditPoints ?? []),
            Effects = NameEffects(track.Effects, parent?.Effects ?? []),
            Markers = NameMarkers(track.Markers, parent?.Markers ?? []),
        };
    }

    Element NameElement(Element element, Element? parent) => element with
    {
        Id = parent?.Id ?? issue.Next(),
        Effects = NameEffects(element.Effects, parent?.Effects ?? []),
        Markers = NameMarkers(element.Markers, parent?.Markers ?? []),
    };

    ImmutableArray<Effect> NameEffects(ImmutableArray<Effect> effects, ImmutableArray<Effect> parent)
    {
        if (effects.IsEmpty) return effects;
        var partner = Partners(
            effects,
            parent,
            e => e.Id,
            e => e.Id,
            (a, b) => a.Id.Birth != 0 && a.Id == b.Id && a.Kind == b.Kind,
            (a, b) => a.Kind == b.Kind && a.Node.Schema == b.Node.Schema && a.Node.Equals(b.Node),
            (a, b) => a.Kind == b.Kind && a.Node.Schema == b.Node.Schema,
            (a, b) => a.Kind == b.Kind && a.TimeScalar is null == b.TimeScalar is null);
        return [.. effects.Select((e, i) => e with { Id = partner[i] ?? issue.Next() })];
    }

    ImmutableArray<Marker> NameMarkers(ImmutableArray<Marker> markers, ImmutableArray<Marker> parent)
    {
        if (markers.IsEmpty) return markers;
        var partner = Partners(
            markers,
            parent,
            m => m.Id,
            m => m.Id,
            (a, b) => a.Id.Birth != 0 && a.Id == b.Id,
            (a, b) => a.Range.Start == b.Range.Start && a.Name == b.Name,
            (a, b) => a.Name.Length > 0 && a.Name == b.Name,
            (a, b) => a.Range.Start == b.Range.Start);
        return [.. markers.Select((m, i) => m with { Id = partner[i] ?? issue.Next() })];
    }

    /// <summary>
    /// The transitions between the elements as they are called from now on. Cutting a clip copies its id to both pieces, so
    /// an id may stand for several; two neighbours tell which.
    /// </summary>
    static ImmutableArray<EditPoint> AtLasting(Track track, ImmutableArray<Element> lasting)
    {
        if (track.EditPoints.IsEmpty) return [];
        var places = track.Elements.Select((e, i) => (e.Id, i)).ToLookup(e => e.Id, e => e.i);
        return [.. track.EditPoints.Select(p => p with { Left = Lasting(p.Left, p.Right, 1), Right = Lasting(p.Right, p.Left, -1) })];

        ElementId? Lasting(ElementId? id, ElementId? neighbour, int side)
        {
            if (id is not { } known || !places.Contains(known)) return null;
            var beside = places[known].Where(i => neighbour is { } other && places[other].Contains(i + side)).ToList();
            return lasting[beside is [var only, ..] ? only : places[known].First()].Id;
        }
    }

    ImmutableArray<EditPoint> NameEditPoints(ImmutableArray<EditPoint> moved, ImmutableArray<EditPoint> parent)
    {
        var partner = Partners(
            moved,
            parent,
            p => p.Id,
            p => p.Id,
            (a, b) => a.Left == b.Left && a.Right == b.Right,
            (a, b) => a.Left is not null && a.Left == b.Left,
            (a, b) => a.Right is not null && a.Right == b.Right);
        return [.. moved.Select((p, i) => p with { Id = partner[i] ?? issue.Next() })];
    }

    /// <summary>Pairs in order by the first rule that fits, stronger rules for all parts before weaker ones.</summary>
    static ElementId?[] Partners<T>(
        ImmutableArray<T> mine,
        ImmutableArray<T> theirs,
        Func<T, ElementId> myId,
        Func<T, ElementId> theirId,
        params ReadOnlySpan<Func<T, T, bool>> rules)
    {
        var partner = new ElementId?[mine.Length];
        var taken = new bool[theirs.Length];
        var duplicated = mine.GroupBy(myId).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        for (var r = 0; r < rules.Length; r++)
        {
            for (var m = 0; m < mine.Length; m++)
            {
                if (partner[m] is not null || (r == 0 && duplicated.Contains(myId(mine[m])))) continue;
                for (var t = 0; t < theirs.Length; t++)
                {
                    if (taken[t] || !rules[r](mine[m], theirs[t])) continue;
                    partner[m] = theirId(theirs[t]);
                    taken[t] = true;
                    break;
                }
            }
        }

        return partner;
    }
}
