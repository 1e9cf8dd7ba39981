using System.Collections.Immutable;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Identity;

/// <summary>Which imported element continues which element of the parent.</summary>
sealed class Pairing
{
    readonly Placement _imported;
    readonly Placement _parent;
    readonly int[] _tracks;
    readonly Placed?[][] _toParent;
    readonly bool[][] _taken;
    readonly Print[][] _mine;
    readonly Print[][] _theirs;
    readonly Dictionary<string, Placed> _matchedLinks = [];
    readonly List<AssumedPair> _assumed = [];
    readonly HashSet<(ElementAt Mine, ElementAt Theirs)> _apart = [];
    readonly HashSet<ElementAt> _stated = [];

    Pairing(Sequence imported, Sequence? parent)
    {
        _imported = Placement.Of(imported);
        _parent = parent is null ? _imported : Placement.Of(parent);
        _toParent = [.. _imported.Tracks.Select(t => new Placed?[t.Count])];
        _taken = [.. _parent.Tracks.Select(t => new bool[t.Count])];
        var prints = new Prints();
        _mine = parent is null ? [] : prints.Of(imported);
        _theirs = parent is null ? [] : prints.Of(parent);
        _tracks = parent is null ? [.. imported.Tracks.Select(_ => -1)] : TrackPairing.Pair(imported, _mine, parent, _theirs);
    }

    public ImmutableArray<AssumedPair> Assumed => [.. _assumed];

    public static Pairing Empty(Sequence imported) => new(imported, null);

    public static Pairing Find(Sequence imported, Sequence parent, Corrections corrections)
    {
        var pairing = new Pairing(imported, parent);
        pairing.Take(corrections);
        pairing.MatchByHints();
        pairing.MatchTracks();
        pairing.MatchMoves();
        new EqualNeighbours(pairing, pairing._imported, pairing._parent).Settle();
        return pairing;
    }

    public int ParentTrack(int importedTrack) => _tracks[importedTrack];

    public Element? ParentOf(int track, int index) => _toParent[track][index]?.Element;

    const string AnotherIsAlike = "; another would have done as well.";

    public Placed? ParentOf(Placed mine) => _toParent[mine.TrackIndex][mine.Index];

    bool IsTaken(Placed theirs) => _taken[theirs.TrackIndex][theirs.Index];

    /// <summary>What is stated comes before all evidence. Elements of two kinds are never one, and no element is two.</summary>
    void Take(Corrections corrections)
    {
        foreach (var stated in corrections.NotSame)
            if (PlacesOf(stated) is var (mine, theirs)) _apart.Add((At(mine), At(theirs)));
        foreach (var stated in corrections.Same)
            if (PlacesOf(stated) is var (mine, theirs) && Free(mine, theirs)) Match(mine, theirs);
        _stated.UnionWith(corrections.NotSame.Concat(corrections.Same).Select(s => s.Imported));
    }

    /// <summary>Nothing but its likeness and its place say which it is: no id, and nobody's word.</summary>
    public bool IsGuessed(Placed mine) => mine.Element.Id.Birth == 0 && !_stated.Contains(At(mine));

    (Placed Mine, Placed Theirs)? PlacesOf(StatedPair stated)
    {
        var (track, index) = stated.Imported;
        return track < _imported.Tracks.Count && index < _imported.Tracks[track].Count && _parent.Find(stated.Parent) is { } theirs
            ? (_imported.Tracks[track][index], theirs)
            : null;
    }

    void MatchByHints()
    {
        var (once, copied) = (new HashSet<ElementId>(), new HashSet<ElementId>());
        var hints = _imported.All.Where(p => p.Element.Id.Birth != 0).ToList();
        foreach (var mine in hints)
        {
            if (!once.Add(mine.Element.Id)) copied.Add(mine.Element.Id);
        }

        foreach (var mine in hints)
        {
            var id = mine.Element.Id;
            if (copied.Contains(id) || _parent.Find(id) is not { } theirs) continue;
            if (Free(mine, theirs) && Agrees(mine, theirs)) Match(mine, theirs);
        }
    }

    static bool Agrees(Placed a, Placed b) =>
        Likeness.MediaKey(a.Element) == Likeness.MediaKey(b.Element)
        || Likeness.Stem(a.Element) == Likeness.Stem(b.Element)
        || (a.Element.Name.Length > 0 && a.Element.Name == b.Element.Name)
        || (a.Start == b.Start && a.Element.Duration == b.Element.Duration)
        || (a.Element.SourceStart == b.Element.SourceStart && a.Element.Duration == b.Element.Duration);

    public void Match(Placed mine, Placed theirs)
    {
        _toParent[mine.TrackIndex][mine.Index] = theirs;
        _taken[theirs.TrackIndex][theirs.Index] = true;
        if (theirs.Element.Link is { } link) _matchedLinks.TryAdd(link, mine);
    }

    /// <summary>Has each of a row continue the one beside it in the other, and what continued those no more.</summary>
    public void Rematch(IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs)
    {
        var (here, there) = (mine.Select(At).ToHashSet(), theirs.Select(At).ToHashSet());
        foreach (var placed in _imported.Tracks[mine[0].TrackIndex])
        {
            if (ParentOf(placed) is not { } before || !(here.Contains(At(placed)) || there.Contains(At(before)))) continue;
            _taken[before.TrackIndex][before.Index] = false;
            _toParent[placed.TrackIndex][placed.Index] = null;
        }

        foreach (var (placed, continued) in mine.Zip(theirs)) Match(placed, continued);
    }

    void MatchTracks()
    {
        for (var t = 0; t < _tracks.Length; t++)
        {
            if (_tracks[t] < 0) continue;
            var hinted = new List<(int Mine, int Theirs)>();
            foreach (var mine in _imported.Tracks[t])
            {
                if (ParentOf(mine) is { } theirs && theirs.TrackIndex == _tracks[t]) hinted.Add((mine.Index, theirs.Index));
            }

            var row = new RowPairing(this, _imported.Tracks[t], _mine[t], _parent.Tracks[_tracks[t]], _theirs[_tracks[t]]);
            row.MatchBetween(hinted);
        }
    }

    public bool Free(Placed mine, Placed theirs) =>
        ParentOf(mine) is null && !IsTaken(theirs) && mine.Element.GetType() == theirs.Element.GetType() && (_apart.Count == 0 || !_apart.Contains((At(mine), At(theirs))));

    public bool IsFree(Placed mine) => ParentOf(mine) is null;

    public bool IsLeft(Placed theirs) => !IsTaken(theirs);

    /// <summary>Pairs what is alike of two short runs; where another pairing is nearly as good, that is on record.</summary>
    /// <param name="mine">Of one track.</param>
    /// <param name="theirs">Of the track it continues.</param>
    /// <param name="shifts">How far what stands beside them was shifted.</param>
    public void MatchSimilar(IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, HashSet<Flicks> shifts)
    {
        int ScoreHere(Placed m, Placed t) => Score(m, t) is > 0 and var score ? score + Likeness.Place(m.Start - t.Start, shifts, m.Element.Duration) : 0;
        foreach (var (m, t, score, margin) in SimilarityWindow.Align(mine, theirs, ScoreHere))
        {
            if ((margin < Likeness.ThinMargin || score < Likeness.Weak) && PrintOf(m).Media != ParentPrintOf(t).Media) Assume(m, t, ".");
            else if (margin < Likeness.NearPlace) Assume(m, t, AnotherIsAlike);

            Match(m, t);
        }
    }

    static ElementAt At(Placed placed) => new(placed.TrackIndex, placed.Index);

    void Assume(Placed mine, Placed theirs, string ending) => _assumed.Add(new(
        theirs.Element.Id,
        At(mine),
        theirs.Track.Name,
        theirs.Start,
        mine.Track.Name,
        mine.Start,
        $"{Called(mine)} on {mine.Track.Name} was taken to be {Called(theirs)} of the version before{ending}"));

    Print PrintOf(Placed mine) => _mine[mine.TrackIndex][mine.Index];

    Print ParentPrintOf(Placed theirs) => _theirs[theirs.TrackIndex][theirs.Index];

    static string Called(Placed placed) => placed.Element.Name.Length > 0 ? placed.Element.Name : "an unnamed clip";

    int Score(Placed mine, Placed theirs)
    {
        if (!Free(mine, theirs)) return 0;
        var (m, t) = (PrintOf(mine), ParentPrintOf(theirs));
        var score = Likeness.Score(mine.Element, theirs.Element, m.Media == t.Media, m.Stem == t.Stem);
        return score == 0 ? 0 : score + (LinkedPartnerMatched(mine, theirs) ? Likeness.LinkedPartner : 0);
    }

    bool LinkedPartnerMatched(Placed mine, Placed theirs) =>
        theirs.Element.Link is { } link
        && _matchedLinks.TryGetValue(link, out var partner)
        && partner.Start == mine.Start
        && partner.Element.Duration == mine.Element.Duration;

    /// <summary>
    /// What found no partner in order may have been moved: same media, at least half of the source in common. Of equals the
    /// nearest was, as most moves are within a scene.
    /// </summary>
    void MatchMoves()
    {
        var unmatched = _imported.All.Where(IsFree).ToList();
        if (unmatched.Count == 0) return;
        var missing = _parent.All.Where(IsLeft).ToLookup(p => ParentPrintOf(p).Stem);
        var candidates =
            from mine in unmatched
            from theirs in missing[PrintOf(mine).Stem]
            where mine.Track.Kind == theirs.Track.Kind && mine.Element.GetType() == theirs.Element.GetType()
            let overlap = Likeness.OverlapPerMille(mine.Element, theirs.Element)
            where overlap >= Likeness.MovedOverlap
            let sameTrack = _tracks[mine.TrackIndex] == theirs.TrackIndex
            let linked = LinkedPartnerMatched(mine, theirs)
            let sameMedia = PrintOf(mine).Media == ParentPrintOf(theirs).Media
            let sameName = PrintOf(mine).Name == ParentPrintOf(theirs).Name
            let same = overlap == 1000 && sameMedia && sameName && ContentClasses.IsAlike(mine.Element, theirs.Element)
            orderby sameMedia descending, linked descending, overlap descending, sameName descending, same descending, sameTrack descending,
                (mine.Start - theirs.Start).Magnitude, mine.TrackIndex, mine.Index, theirs.TrackIndex, theirs.Index
            select (Mine: mine, Theirs: theirs, Rank: (sameMedia, linked, overlap, sameName, same, sameTrack));
        var ranked = candidates.ToList();
        var (byMine, byTheirs) = (ranked.ToLookup(c => At(c.Mine)), ranked.ToLookup(c => At(c.Theirs)));
        foreach (var (mine, theirs, rank) in ranked)
        {
            if (!Free(mine, theirs)) continue;
            var isChoice = byMine[At(mine)].Concat(byTheirs[At(theirs)])
                .Any(c => c.Rank == rank && (At(c.Mine), At(c.Theirs)) != (At(mine), At(theirs)) && Free(c.Mine, c.Theirs));
            Match(mine, theirs);
            if (isChoice) Assume(mine, theirs, AnotherIsAlike);
        }
    }
}
