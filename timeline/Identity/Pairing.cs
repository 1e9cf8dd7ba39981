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
    readonly Dictionary<Placed, Placed> _toParent = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<ElementId> _taken = [];
    readonly Dictionary<string, Placed> _matchedLinks = [];
    readonly List<string> _assumptions = [];

    Pairing(Sequence imported, Sequence? parent, int[] tracks)
    {
        _imported = Placement.Of(imported);
        _parent = parent is null ? _imported : Placement.Of(parent);
        _tracks = tracks;
    }

    public ImmutableArray<string> Assumptions => [.. _assumptions];

    public static Pairing Empty(Sequence imported) => new(imported, null, [.. imported.Tracks.Select(_ => -1)]);

    public static Pairing Find(Sequence imported, Sequence parent)
    {
        var pairing = new Pairing(imported, parent, TrackPairing.Pair(imported, parent));
        pairing.MatchByHints();
        pairing.MatchTracks();
        pairing.MatchMoves();
        return pairing;
    }

    public int ParentTrack(int importedTrack) => _tracks[importedTrack];

    public Element? ParentOf(int track, int index) =>
        _toParent.TryGetValue(_imported.Tracks[track][index], out var placed) ? placed.Element : null;

    void MatchByHints()
    {
        var counts = _imported.All.GroupBy(p => p.Element.Id).ToDictionary(g => g.Key, g => g.Count());
        foreach (var mine in _imported.All)
        {
            var id = mine.Element.Id;
            if (id.Birth == 0 || counts[id] != 1 || _parent.Find(id) is not { } theirs) continue;
            if (mine.Element.GetType() == theirs.Element.GetType() && Agrees(mine, theirs)) Match(mine, theirs);
        }
    }

    static bool Agrees(Placed a, Placed b) =>
        Likeness.MediaKey(a.Element) == Likeness.MediaKey(b.Element)
        || Likeness.Stem(a.Element) == Likeness.Stem(b.Element)
        || (a.Start == b.Start && a.Element.Duration == b.Element.Duration)
        || (a.Element.SourceStart == b.Element.SourceStart && a.Element.Duration == b.Element.Duration);

    void Match(Placed mine, Placed theirs)
    {
        _toParent[mine] = theirs;
        _taken.Add(theirs.Element.Id);
        if (theirs.Element.Link is { } link) _matchedLinks.TryAdd(link, mine);
    }

    void MatchTracks()
    {
        for (var t = 0; t < _tracks.Length; t++)
        {
            if (_tracks[t] < 0) continue;
            var mine = _imported.Tracks[t];
            var theirs = _parent.Tracks[_tracks[t]];
            var hinted = InOrder(
                [.. mine.Where(_toParent.ContainsKey).Select(m => (m.Index, Theirs: _toParent[m]))
                    .Where(p => p.Theirs.TrackIndex == _tracks[t]).Select(p => (p.Index, p.Theirs.Index))]);
            Between(mine, theirs, new(0, mine.Count, 0, theirs.Count), hinted);
        }
    }

    readonly record struct Window(int MyStart, int MyEnd, int TheirStart, int TheirEnd)
    {
        public bool IsEmpty => MyStart >= MyEnd || TheirStart >= TheirEnd;

        public long Cells => (long)(MyEnd - MyStart) * (TheirEnd - TheirStart);
    }

    static List<(int Mine, int Theirs)> InOrder(List<(int Mine, int Theirs)> anchors)
    {
        anchors.Sort();
        return [.. LongestRun.Of([.. anchors.Select(a => a.Theirs)]).Select(i => anchors[i])];
    }

    void Between(IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, Window window, List<(int Mine, int Theirs)> anchors)
    {
        var (m, t) = (window.MyStart, window.TheirStart);
        foreach (var anchor in anchors)
        {
            Fill(mine, theirs, new(m, anchor.Mine, t, anchor.Theirs));
            (m, t) = (anchor.Mine + 1, anchor.Theirs + 1);
        }

        Fill(mine, theirs, new(m, window.MyEnd, t, window.TheirEnd));
    }

    void Fill(IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, Window window)
    {
        window = Strip(mine, theirs, window);
        if (window.IsEmpty) return;
        var anchors = Anchors(mine, theirs, window, Likeness.FullPrint);
        if (anchors.Count == 0) anchors = Anchors(mine, theirs, window, Likeness.UsedPrint);
        if (anchors.Count == 0) anchors = Anchors(mine, theirs, window, Likeness.BeginsPrint);
        if (anchors.Count > 0)
        {
            foreach (var (m, t) in anchors) Match(mine[m], theirs[t]);
            Between(mine, theirs, window, anchors);
            return;
        }

        if (window.Cells <= SimilarityWindow.MaxCells) MatchSimilar(mine, theirs, window);
    }

    /// <summary>
    /// Equal elements at both ends of a window, with as much empty time before them as they had: of five equal room tones it
    /// is the place that tells which one is gone.
    /// </summary>
    Window Strip(IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, Window w)
    {
        while (!w.IsEmpty && IsAsFar(w, mine[w.MyStart], theirs[w.TheirStart]) && TryMatchEqual(mine[w.MyStart], theirs[w.TheirStart]))
            w = w with { MyStart = w.MyStart + 1, TheirStart = w.TheirStart + 1 };
        while (!w.IsEmpty && IsAsFar(w, After(mine, w.MyEnd), After(theirs, w.TheirEnd)) && TryMatchEqual(mine[w.MyEnd - 1], theirs[w.TheirEnd - 1]))
            w = w with { MyEnd = w.MyEnd - 1, TheirEnd = w.TheirEnd - 1 };
        return w;
    }

    static Placed? After(IReadOnlyList<Placed> row, int index) => index < row.Count ? row[index] : null;

    /// <summary>Windows too large for the table have nothing better than their order.</summary>
    static bool IsAsFar(Window window, Placed? mine, Placed? theirs) =>
        mine?.Element.Lead.Duration == theirs?.Element.Lead.Duration || window.Cells > SimilarityWindow.MaxCells;

    bool TryMatchEqual(Placed mine, Placed theirs)
    {
        if (!Free(mine, theirs) || Likeness.FullPrint(mine.Element) != Likeness.FullPrint(theirs.Element)) return false;
        Match(mine, theirs);
        return true;
    }

    bool Free(Placed mine, Placed theirs) =>
        !_toParent.ContainsKey(mine)
        && !_taken.Contains(theirs.Element.Id)
        && mine.Element.GetType() == theirs.Element.GetType();

    List<(int Mine, int Theirs)> Anchors<TPrint>(
        IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, Window w, Func<Element, TPrint> print)
        where TPrint : struct
    {
        var here = Unique(mine, w.MyStart, w.MyEnd, print, p => !_toParent.ContainsKey(p));
        var there = Unique(theirs, w.TheirStart, w.TheirEnd, print, p => !_taken.Contains(p.Element.Id));
        var common = new List<(int, int)>();
        foreach (var (key, index) in here)
        {
            if (index >= 0 && there.TryGetValue(key, out var other) && other >= 0 && Free(mine[index], theirs[other])) common.Add((index, other));
        }

        return InOrder(common);
    }

    static Dictionary<TPrint, int> Unique<TPrint>(
        IReadOnlyList<Placed> row, int start, int end, Func<Element, TPrint> print, Func<Placed, bool> free)
        where TPrint : struct
    {
        var unique = new Dictionary<TPrint, int>();
        for (var i = start; i < end; i++)
        {
            if (!free(row[i])) continue;
            var key = print(row[i].Element);
            unique[key] = unique.ContainsKey(key) ? -1 : i;
        }

        return unique;
    }

    void MatchSimilar(IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, Window w)
    {
        var myRow = Enumerable.Range(w.MyStart, w.MyEnd - w.MyStart).Select(i => mine[i]).ToList();
        var theirRow = Enumerable.Range(w.TheirStart, w.TheirEnd - w.TheirStart).Select(i => theirs[i]).ToList();
        HashSet<Flicks> shifts = [.. Shifts(mine, theirs, w)];
        int ScoreHere(Placed m, Placed t) => Score(m, t) is > 0 and var score ? score + (shifts.Contains(m.Start - t.Start) ? Likeness.SamePlace : 0) : 0;
        foreach (var (m, t, margin) in SimilarityWindow.Align(myRow, theirRow, ScoreHere))
        {
            if (margin < Likeness.ThinMargin && Likeness.MediaKey(m.Element) != Likeness.MediaKey(t.Element))
            {
                _assumptions.Add($"{Called(m)} on {m.Track.Name} was taken to be {Called(t)} of the version before.");
            }

            Match(m, t);
        }
    }

    /// <summary>How far the neighbours of a window were shifted.</summary>
    static IEnumerable<Flicks> Shifts(IReadOnlyList<Placed> mine, IReadOnlyList<Placed> theirs, Window w)
    {
        if (w is { MyStart: > 0, TheirStart: > 0 }) yield return mine[w.MyStart - 1].End - theirs[w.TheirStart - 1].End;
        else yield return Flicks.Zero;
        if (w.MyEnd < mine.Count && w.TheirEnd < theirs.Count) yield return mine[w.MyEnd].Start - theirs[w.TheirEnd].Start;
    }

    static string Called(Placed placed) => placed.Element.Name.Length > 0 ? placed.Element.Name : "an unnamed clip";

    int Score(Placed mine, Placed theirs)
    {
        if (!Free(mine, theirs)) return 0;
        var score = Likeness.Score(mine.Element, theirs.Element);
        return score == 0 ? 0 : score + (LinkedPartnerMatched(mine, theirs) ? Likeness.LinkedPartner : 0);
    }

    bool LinkedPartnerMatched(Placed mine, Placed theirs) =>
        theirs.Element.Link is { } link
        && _matchedLinks.TryGetValue(link, out var partner)
        && partner.Start == mine.Start
        && partner.Element.Duration == mine.Element.Duration;

    /// <summary>What found no partner in order may have been moved: same media, at least half of the source in common.</summary>
    void MatchMoves()
    {
        var missing = _parent.All.Where(p => !_taken.Contains(p.Element.Id)).ToLookup(p => Likeness.MediaKey(p.Element));
        var candidates =
            from mine in _imported.All
            where !_toParent.ContainsKey(mine)
            from theirs in missing[Likeness.MediaKey(mine.Element)]
            where mine.Track.Kind == theirs.Track.Kind && mine.Element.GetType() == theirs.Element.GetType()
            let overlap = Likeness.OverlapPerMille(mine.Element, theirs.Element)
            where overlap >= 500
            let sameTrack = _tracks[mine.TrackIndex] == theirs.TrackIndex
            let linked = LinkedPartnerMatched(mine, theirs)
            let sameName = mine.Element.Name == theirs.Element.Name
            orderby linked descending, overlap descending, sameName descending, sameTrack descending,
                mine.TrackIndex, mine.Index, theirs.TrackIndex, theirs.Index
            select (mine, theirs);
        foreach (var (mine, theirs) in candidates.ToList())
        {
            if (Free(mine, theirs)) Match(mine, theirs);
        }
    }
}
