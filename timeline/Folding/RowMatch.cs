using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Folding;

/// <summary>
/// Which element of one cut's track is which of another's: those that kept their order, as many as can, and how they differ.
/// Two tracks that differ in a few places are walked side by side; only where that loses its way are the ids looked up.
/// </summary>
sealed class RowMatch
{
    /// <summary>So many elements may come or go at one place before the ids are looked up.</summary>
    const int Window = 24;

    readonly ImmutableArray<Element> _first;
    readonly ImmutableArray<Element> _second;

    RowMatch(ImmutableArray<Element> first, ImmutableArray<Element> second)
    {
        (_first, _second) = (first, second);
        Index = new int[first.Length];
        Changes = new Change[first.Length];
    }

    /// <summary>For each element of the first its index in the second, or -1.</summary>
    public int[] Index { get; }

    public Change[] Changes { get; }

    /// <summary>Elements of the second that are none of the first, or that were moved.</summary>
    public List<Element> Others { get; } = [];

    /// <summary>
    /// The first track with each of the others. They are compared side by side: a long film does not fit the memory that is
    /// near the processor, and what the first says is fetched once for all.
    /// </summary>
    public static RowMatch[] Of(ImmutableArray<Element> first, IEnumerable<ImmutableArray<Element>> others)
    {
        RowMatch[] matches = [.. others.Select(other => new RowMatch(first, other))];
        foreach (var match in matches)
        {
            if (!match.Walk() || match.SomeMoved()) match.LookUp();
        }

        for (var i = 0; i < first.Length; i++)
        {
            foreach (var match in matches) match.Changes[i] = match.Compare(i);
        }

        return matches;
    }

    bool Walk()
    {
        var first = _first.AsSpan();
        var second = _second.AsSpan();
        var (i, j) = (0, 0);
        while (i < first.Length && j < second.Length)
        {
            if (first[i].Id == second[j].Id)
            {
                Index[i++] = j++;
                continue;
            }

            if (NextCommon(first[i..], second[j..]) is not var (gone, come)) return false;
            Leave(i, gone);
            for (var n = 0; n < come; n++) Others.Add(second[j + n]);
            (i, j) = (i + gone, j + come);
        }

        Leave(i, first.Length - i);
        for (; j < second.Length; j++) Others.Add(second[j]);
        return true;
    }

    void Leave(int from, int count) => Index.AsSpan(from, count).Fill(-1);

    /// <summary>The nearest pair of equal ids ahead.</summary>
    static (int Gone, int Come)? NextCommon(ReadOnlySpan<Element> first, ReadOnlySpan<Element> second)
    {
        for (var sum = 1; sum <= Window; sum++)
        {
            for (var gone = Math.Max(0, sum - second.Length + 1); gone <= sum && gone < first.Length; gone++)
            {
                if (first[gone].Id == second[sum - gone].Id) return (gone, sum - gone);
            }
        }

        return null;
    }

    /// <summary>What the walk left out on both sides was moved; then it has to be seen which elements count as moved.</summary>
    bool SomeMoved()
    {
        if (Others.Count == 0) return false;
        var come = Others.Select(e => e.Id).ToHashSet();
        for (var i = 0; i < Index.Length; i++)
        {
            if (Index[i] < 0 && come.Contains(_first[i].Id)) return true;
        }

        return false;
    }

    /// <summary>The longest run in order, as the comparison picks it.</summary>
    void LookUp()
    {
        var places = new Dictionary<ElementId, int>(_second.Length);
        for (var j = 0; j < _second.Length; j++) places.TryAdd(_second[j].Id, j);
        var common = new List<(int First, int Second)>();
        for (var i = 0; i < _first.Length; i++)
        {
            if (places.TryGetValue(_first[i].Id, out var j)) common.Add((i, j));
        }

        Leave(0, Index.Length);
        var matched = new bool[_second.Length];
        foreach (var n in LongestRun.Of([.. common.Select(c => c.Second)]))
        {
            Index[common[n].First] = common[n].Second;
            matched[common[n].Second] = true;
        }

        Others.Clear();
        Others.AddRange(_second.Where((_, j) => !matched[j]));
    }

    Change Compare(int i)
    {
        var (j, last) = (Index[i], _first.Length - 1);
        if (j < 0) return Change.Content;
        var change = Sameness.Between(_first[i], _second[j]);
        if (i == 0 ? j > 0 : j == 0 || Index[i - 1] != j - 1) change |= Change.Before;
        if (i == last ? j < _second.Length - 1 : Index[i + 1] != j + 1) change |= Change.After;
        return change;
    }
}
