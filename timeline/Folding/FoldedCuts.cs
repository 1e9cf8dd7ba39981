using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Folding;

/// <summary>
/// Several versions of one cut with a stand-in for every stretch of a track that none of them touched, and with one element
/// for what is the same in them, so that comparing and merging looks at what happened and not at the whole film. A stretch is folded only where nothing happened at its time on
/// any track, and what is linked with something kept is kept; so nothing that is told or decided depends on what is inside.
/// Where a stand-in is in an answer all the same, the answer has to be found again from the whole cuts.
/// </summary>
sealed class FoldedCuts
{
    /// <summary>A cut of fewer elements is compared as fast as it is folded.</summary>
    const int Fewest = 48;

    readonly ImmutableArray<Sequence> _cuts;
    readonly ImmutableArray<Sequence> _folded;
    readonly List<QuietRow> _rows;
    readonly Dictionary<ElementId, (StandIn Element, QuietRow Row, Stretch Stretch)> _standIns = [];
    readonly LinkGroups _links;

    FoldedCuts(ImmutableArray<Sequence> cuts, List<QuietRow> rows, LinkGroups links)
    {
        (_cuts, _rows, _links) = (cuts, rows, links);
        var standIns = rows.Select(r => r.Stretches.Select(r.StandInFor).ToArray()).ToArray();
        for (var r = 0; r < rows.Count; r++)
        {
            for (var s = 0; s < standIns[r].Length; s++) _standIns.Add(standIns[r][s].Id, (standIns[r][s], rows[r], rows[r].Stretches[s]));
        }

        _folded = [.. cuts.Select((cut, c) => Fold(cut, c, standIns))];
    }

    public Sequence this[int cut] => _folded[cut];

    public ImmutableArray<Sequence> From(int cut) => _folded[cut..];

    /// <summary>Null when there is nothing to fold, or the ids do not tell the parts of the cuts apart.</summary>
    public static FoldedCuts? Of(params ImmutableArray<Sequence> cuts)
    {
        var origin = cuts[0];
        if (origin.Tracks.Sum(t => t.Elements.Length) < Fewest || cuts.Any(c => c.Tracks.DistinctBy(t => t.Id).Count() != c.Tracks.Length)) return null;
        var rows = new List<QuietRow>();
        foreach (var track in origin.Tracks)
        {
            ImmutableArray<Track> tracks = [.. cuts.Select(c => c.Tracks.FirstOrDefault(t => t.Id == track.Id)).OfType<Track>()];
            if (tracks.Length == cuts.Length) rows.Add(new(tracks));
        }

        var loose = new LooseElements(cuts, rows);
        if (!loose.AreTold || !Touch(rows)) return null;
        var links = new LinkGroups(rows);
        KeepAll(rows, links, loose);
        return new(cuts, rows, links);
    }

    static bool Touch(List<QuietRow> rows)
    {
        var touched = new HashSet<ElementId>();
        foreach (var row in rows)
        {
            if (!row.FindQuietPoints(touched)) return false;
        }

        foreach (var row in rows) row.Touch(touched);
        return true;
    }

    static void KeepAll(List<QuietRow> rows, LinkGroups links, LooseElements loose)
    {
        var dirty = new DirtyTime();
        foreach (var row in rows) row.AddTo(dirty);
        dirty.Settle();
        foreach (var row in rows) row.KeepAround(dirty);
        foreach (var element in loose.All.Concat(rows.SelectMany(r => r.Changed()))) links.Keep(element);
        do
        {
            foreach (var row in rows) row.FindStretches();
        }
        while (links.KeepLinked());
    }

    Sequence Fold(Sequence cut, int index, StandIn[][] standIns)
    {
        var tracks = cut.Tracks.ToBuilder();
        for (var r = 0; r < _rows.Count; r++)
        {
            var track = _rows[r].Tracks[index];
            var folded = _rows[r].FoldedPoints.Select(p => p.Point.Id).ToHashSet();
            tracks[cut.Tracks.IndexOf(track)] = track with
            {
                Elements = Fold(_rows[r], index, track.Elements, standIns[r]),
                EditPoints = folded.Count == 0 ? track.EditPoints : [.. track.EditPoints.Where(p => !folded.Contains(p.Id))],
            };
        }

        return cut with { Tracks = tracks.DrainToImmutable() };
    }

    /// <summary>
    /// What is the same in a later cut is the very element of the first, so that nobody compares it again.
    /// </summary>
    static ImmutableArray<Element> Fold(QuietRow row, int cut, ImmutableArray<Element> elements, StandIn[] standIns)
    {
        var folded = ImmutableArray.CreateBuilder<Element>(standIns.Length + elements.Length - row.Stretches.Sum(s => s.Count));
        var (places, next) = (row.PlacesIn(cut), 0);
        for (var s = 0; s <= standIns.Length; s++)
        {
            var end = s < standIns.Length ? row.IndexIn(cut, row.Stretches[s].First) : elements.Length;
            for (; next < end; next++) folded.Add(places is null || places[next] < 0 ? elements[next] : row.Shared(places[next], elements[next]));
            if (s == standIns.Length) break;
            folded.Add(standIns[s]);
            next += row.Stretches[s].Count;
        }

        return folded.MoveToImmutable();
    }

    /// <summary>True when a stand-in is named, and not everything that it stands for.</summary>
    public bool Mentions(HashSet<ElementId> named) =>
        _standIns.Values.Any(s => named.Contains(s.Element.Id) && !s.Element.Elements.All(named.Contains));

    /// <summary>
    /// How many more elements than there are stand-ins stand at another time in one folded cut than in another, those left out
    /// that are named.
    /// </summary>
    public int ShiftedBetween(int before, int after, HashSet<ElementId> named)
    {
        var (was, now) = (StartsIn(_folded[before]), StartsIn(_folded[after]));
        return _standIns.Values
            .Where(s => was[s.Element.Id] != now[s.Element.Id] && !named.Contains(s.Element.Id))
            .Sum(s => s.Element.Elements.Length - 1);
    }

    Dictionary<ElementId, Flicks> StartsIn(Sequence folded)
    {
        var starts = new Dictionary<ElementId, Flicks>(_standIns.Count);
        foreach (var track in folded.Tracks)
        {
            var time = Flicks.Zero;
            foreach (var element in track.Elements)
            {
                time += element.Lead.Duration;
                if (element is StandIn && _standIns.ContainsKey(element.Id)) starts.Add(element.Id, time);
                time += element.Duration;
            }
        }

        return starts;
    }

    /// <summary>
    /// True when linked elements that were folded stand to each other in a merged cut as in one of the cuts at
    /// <paramref name="known"/>.
    /// </summary>
    public bool IsInSync(Sequence merged, ImmutableArray<int> known)
    {
        var result = StartsIn(merged);
        var starts = known.Select(cut => StartsIn(_folded[cut])).ToList();
        return _links.Joined().All(pair => starts.Exists(s => s[pair.One] - s[pair.Other] == result[pair.One] - result[pair.Other]));
    }

    /// <summary>The merged cut with the elements in it that its stand-ins stand for, as the cut at <paramref name="like"/> has them.</summary>
    /// <exception cref="InvalidOperationException">A stand-in was lost, doubled or changed: what it stands for would be.</exception>
    public Sequence Unfold(Sequence merged, int like)
    {
        for (var c = 0; c < _folded.Length; c++)
        {
            if (ReferenceEquals(merged, _folded[c])) return _cuts[c];
        }

        var seen = new HashSet<ElementId>();
        var tracks = merged.Tracks.ToBuilder();
        for (var t = 0; t < tracks.Count; t++)
        {
            if (tracks[t].Elements.Any(e => e is StandIn)) tracks[t] = Unfold(tracks[t], like, seen);
        }

        if (seen.Count != _standIns.Count) throw new InvalidOperationException("A stretch that no cut touched was lost.");
        return merged with { Tracks = tracks.DrainToImmutable() };
    }

    Track Unfold(Track track, int like, HashSet<ElementId> seen)
    {
        var row = _rows.Find(r => r.Track.Id == track.Id) ?? throw new InvalidOperationException($"Stretches were moved to track {track.Name}.");
        var source = row.Tracks[like].Elements;
        var elements = ImmutableArray.CreateBuilder<Element>(row.Elements.Length);
        var points = PointsOf(row, track);
        var rights = points.Select(p => p.Right).OfType<ElementId>().ToHashSet();
        var hasPoint = new bool[row.Elements.Length];
        foreach (var (point, cut) in row.FoldedPoints) hasPoint[cut] |= point.Right is not null;
        var places = new Dictionary<ElementId, int>(rights.Count);
        foreach (var element in track.Elements)
        {
            if (element is not StandIn standIn)
            {
                if (rights.Contains(element.Id)) places.TryAdd(element.Id, elements.Count);
                elements.Add(element);
                continue;
            }

            if (!_standIns.TryGetValue(standIn.Id, out var known) || known.Row != row || !seen.Add(standIn.Id) || standIn.Duration != known.Element.Duration)
                throw new InvalidOperationException($"The stretch from {standIn.Id} on was doubled or changed.");
            var first = row.IndexIn(like, known.Stretch.First);
            for (var i = 0; i < known.Stretch.Count; i++)
            {
                if (hasPoint[known.Stretch.First + i]) places.Add(row.Elements[known.Stretch.First + i].Id, elements.Count + i);
            }

            elements.Add(source[first] is var head && head.Lead.Equals(standIn.Lead) ? head : head with { Lead = standIn.Lead });
            elements.AddRange(source.AsSpan(first + 1, known.Stretch.Count - 1));
        }

        return track with { Elements = elements.ToImmutable(), EditPoints = points.IsEmpty ? track.EditPoints : InOrder(points, places) };
    }

    /// <summary>All transitions of a merged track, those of the base as it lists them; none where none was folded.</summary>
    static ImmutableArray<EditPoint> PointsOf(QuietRow row, Track track)
    {
        var points = row.FoldedPoints.ToDictionary(p => p.Point.Id, p => p.Point);
        if (points.Count == 0) return [];
        foreach (var point in track.EditPoints) points.Add(point.Id, point);
        var inBase = row.Track.EditPoints.Where(p => points.ContainsKey(p.Id)).Select(p => points[p.Id]).ToList();
        var known = inBase.Select(p => p.Id).ToHashSet();
        return [.. inBase, .. track.EditPoints.Where(p => !known.Contains(p.Id))];
    }

    /// <summary>Transitions in the order of the merge: by the element after them, those at one place as the base has them.</summary>
    static ImmutableArray<EditPoint> InOrder(ImmutableArray<EditPoint> points, Dictionary<ElementId, int> places) =>
        [.. points.OrderBy(p => p.Right is { } right && places.TryGetValue(right, out var at) ? at : int.MaxValue)];
}
