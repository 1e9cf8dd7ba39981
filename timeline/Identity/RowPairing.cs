using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Identity;

/// <summary>
/// Finds the elements of one track on the track it continues, in order: what is the same at both ends, then what is there once
/// on either side, by ever weaker prints, and between those the alignment that is most alike.
/// </summary>
sealed class RowPairing
{
    /// <summary>From the strongest to the weakest; the last of them match pieces of a clip too, so those have to overlap.</summary>
    static readonly (Func<Print, Print> Of, bool HasToOverlap)[] Levels =
    [
        (p => Print.Full(p), false), (p => Print.Used(p), false), (p => Print.Begins(p), true),
        (p => Print.UsedStem(p), false), (p => Print.BeginsStem(p), true),
    ];

    readonly Pairing _pairing;
    readonly IReadOnlyList<Placed> _mine;
    readonly IReadOnlyList<Placed> _theirs;
    readonly Print[] _myPrints;
    readonly Print[] _theirPrints;
    readonly int[] _myContent;
    readonly int[] _theirContent;

    public RowPairing(Pairing pairing, IReadOnlyList<Placed> mine, Print[] myPrints, IReadOnlyList<Placed> theirs, Print[] theirPrints)
    {
        (_pairing, _mine, _myPrints, _theirs, _theirPrints) = (pairing, mine, myPrints, theirs, theirPrints);
        (_myContent, _theirContent) = mine.Count == 0 || theirs.Count == 0
            ? ([], [])
            : ContentClasses.Of(mine[0].Track.Elements, myPrints, theirs[0].Track.Elements, theirPrints);
    }

    readonly record struct Window(int MyStart, int MyEnd, int TheirStart, int TheirEnd)
    {
        public bool IsEmpty => MyStart >= MyEnd || TheirStart >= TheirEnd;

        public long Cells => (long)(MyEnd - MyStart) * (TheirEnd - TheirStart);
    }

    /// <param name="known">Pairs that are certain already.</param>
    public void MatchBetween(List<(int Mine, int Theirs)> known) => Between(new(0, _mine.Count, 0, _theirs.Count), InOrder(known));

    static List<(int Mine, int Theirs)> InOrder(List<(int Mine, int Theirs)> anchors)
    {
        anchors.Sort();
        return [.. LongestRun.Of([.. anchors.Select(a => a.Theirs)]).Select(i => anchors[i])];
    }

    void Between(Window window, List<(int Mine, int Theirs)> anchors)
    {
        var (m, t) = (window.MyStart, window.TheirStart);
        foreach (var anchor in anchors)
        {
            Fill(new(m, anchor.Mine, t, anchor.Theirs));
            (m, t) = (anchor.Mine + 1, anchor.Theirs + 1);
        }

        Fill(new(m, window.MyEnd, t, window.TheirEnd));
    }

    void Fill(Window window)
    {
        window = Strip(window, (m, t) => _myContent[m] == _theirContent[t] && IsAsFar(m, t), (m, t) => _myContent[m] == _theirContent[t] && EndsAsFar(m, t));
        if (window.IsEmpty || TryAnchor(window, i => _myContent[i], i => _theirContent[i], hasToOverlap: false)) return;
        foreach (var (of, hasToOverlap) in Levels)
        {
            if (TryAnchor(window, i => of(_myPrints[i]), i => of(_theirPrints[i]), hasToOverlap)) return;
        }

        // Runs too long for the table have nothing better than their order.
        if (window.Cells > SimilarityWindow.MaxCells) window = Strip(window, IsAlike, IsAlike);
        if (window.IsEmpty || window.Cells > SimilarityWindow.MaxCells) return;
        _pairing.MatchSimilar(
            [.. Enumerable.Range(window.MyStart, window.MyEnd - window.MyStart).Select(i => _mine[i])],
            [.. Enumerable.Range(window.TheirStart, window.TheirEnd - window.TheirStart).Select(i => _theirs[i])],
            [.. Shifts(window)]);
    }

    /// <summary>How far the neighbours of a window were shifted.</summary>
    IEnumerable<Flicks> Shifts(Window w)
    {
        yield return w is { MyStart: > 0, TheirStart: > 0 } ? _mine[w.MyStart - 1].End - _theirs[w.TheirStart - 1].End : Flicks.Zero;
        if (w.MyEnd < _mine.Count && w.TheirEnd < _theirs.Count) yield return _mine[w.MyEnd].Start - _theirs[w.TheirEnd].Start;
    }

    bool IsAlike(int mine, int theirs) => Print.Full(_myPrints[mine]) == Print.Full(_theirPrints[theirs]);

    /// <summary>With as much empty time before it: of five equal room tones it is the place that tells which one is gone.</summary>
    bool IsAsFar(int mine, int theirs) => LeadAt(_mine, mine) == LeadAt(_theirs, theirs);

    /// <summary>With as much empty time behind it; at the end of both, before it.</summary>
    bool EndsAsFar(int mine, int theirs) =>
        mine + 1 == _mine.Count && theirs + 1 == _theirs.Count ? IsAsFar(mine, theirs) : IsAsFar(mine + 1, theirs + 1);

    static Flicks? LeadAt(IReadOnlyList<Placed> row, int index) => index < row.Count ? row[index].Element.Lead.Duration : null;

    /// <summary>Matches what is the same at both ends.</summary>
    Window Strip(Window w, Func<int, int, bool> isSameFirst, Func<int, int, bool> isSameLast)
    {
        while (!w.IsEmpty && TryMatch(w.MyStart, w.TheirStart, isSameFirst)) w = w with { MyStart = w.MyStart + 1, TheirStart = w.TheirStart + 1 };
        while (!w.IsEmpty && TryMatch(w.MyEnd - 1, w.TheirEnd - 1, isSameLast)) w = w with { MyEnd = w.MyEnd - 1, TheirEnd = w.TheirEnd - 1 };
        return w;

        bool TryMatch(int m, int t, Func<int, int, bool> isSame)
        {
            if (!isSame(m, t) || !_pairing.Free(_mine[m], _theirs[t])) return false;
            _pairing.Match(_mine[m], _theirs[t]);
            return true;
        }
    }

    /// <summary>Matches what is there once on either side, and goes on between; false when there was nothing.</summary>
    bool TryAnchor<TPrint>(Window w, Func<int, TPrint> myPrint, Func<int, TPrint> theirPrint, bool hasToOverlap)
        where TPrint : struct
    {
        var here = Unique(w.MyStart, w.MyEnd, myPrint, i => _pairing.IsFree(_mine[i]));
        var there = Unique(w.TheirStart, w.TheirEnd, theirPrint, i => _pairing.IsLeft(_theirs[i]));
        var common = new List<(int, int)>();
        foreach (var (print, index) in here)
        {
            if (index < 0 || !there.TryGetValue(print, out var other) || other < 0 || !_pairing.Free(_mine[index], _theirs[other])) continue;
            if (!hasToOverlap || Likeness.OverlapPerMille(_mine[index].Element, _theirs[other].Element) >= Likeness.MovedOverlap) common.Add((index, other));
        }

        if (common.Count == 0) return false;
        var anchors = InOrder(common);
        foreach (var (m, t) in anchors) _pairing.Match(_mine[m], _theirs[t]);
        Between(w, anchors);
        return true;
    }

    static Dictionary<TPrint, int> Unique<TPrint>(int start, int end, Func<int, TPrint> print, Func<int, bool> isFree)
        where TPrint : struct
    {
        var unique = new Dictionary<TPrint, int>();
        for (var i = start; i < end; i++)
        {
            if (!isFree(i)) continue;
            var key = print(i);
            unique[key] = unique.ContainsKey(key) ? -1 : i;
        }

        return unique;
    }
}
