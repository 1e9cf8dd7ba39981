using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>
/// Which elements of two tracks are the same in all they say, ids apart, as numbers. Only elements that their print does not
/// tell apart are looked at closely.
/// </summary>
static class ContentClasses
{
    /// <summary>More different elements than this with one print are not told apart any further.</summary>
    const int MostKinds = 64;

    public static (int[] Mine, int[] Theirs) Of(
        ImmutableArray<Element> mine, Print[] myPrints, ImmutableArray<Element> theirs, Print[] theirPrints)
    {
        var groups = new Dictionary<Print, int>(mine.Length + theirs.Length);
        var (here, there) = (Grouped(myPrints, groups), Grouped(theirPrints, groups));
        var counts = new (int Mine, int Theirs)[groups.Count];
        foreach (var group in here) counts[group].Mine++;
        foreach (var group in there) counts[group].Theirs++;
        var kinds = new List<(int Class, Element Like)>?[groups.Count];
        var next = groups.Count;
        Refine(mine, here);
        Refine(theirs, there);
        return (here, there);

        void Refine(ImmutableArray<Element> row, int[] classes)
        {
            for (var i = 0; i < row.Length; i++)
            {
                var group = classes[i];
                if (counts[group] is { Mine: 0 } or { Theirs: 0 } or { Mine: 1, Theirs: 1 }) continue;
                var known = kinds[group] ??= [];
                var found = known.FindIndex(k => IsAlike(k.Like, row[i]));
                if (found < 0 && known.Count < MostKinds)
                {
                    found = known.Count;
                    known.Add((found == 0 ? group : next++, row[i]));
                }

                if (found >= 0) classes[i] = known[found].Class;
            }
        }
    }

    static int[] Grouped(Print[] prints, Dictionary<Print, int> groups)
    {
        var numbers = new int[prints.Length];
        for (var i = 0; i < prints.Length; i++)
        {
            var print = Print.Full(prints[i]);
            if (!groups.TryGetValue(print, out var group)) groups.Add(print, group = groups.Count);
            numbers[i] = group;
        }

        return numbers;
    }

    /// <summary>Equal in everything but ids and what stands before it.</summary>
    public static bool IsAlike(Element a, Element b) =>
        a.GetType() == b.GetType()
        && a.SourceStart == b.SourceStart
        && a.Duration == b.Duration
        && a.Name == b.Name
        && a.Enabled == b.Enabled
        && a.Color == b.Color
        && Likeness.MediaKey(a) == Likeness.MediaKey(b)
        && AreAlike(a.Effects, b.Effects, (e, f) => e.Kind == f.Kind && e.Enabled == f.Enabled && Equals(e.TimeScalar, f.TimeScalar)
            && !NodeFields.Differences(e.Node, f.Node, NodeFields.OfEffect).Any())
        && AreAlike(a.Markers, b.Markers, (m, n) => m.Name == n.Name && m.Range == n.Range && m.Color == n.Color)
        && !NodeFields.Differences(a.Node, b.Node, NodeFields.Of(a)).Any();

    static bool AreAlike<T>(ImmutableArray<T> a, ImmutableArray<T> b, Func<T, T, bool> isAlike)
    {
        if (a.Length != b.Length) return false;
        for (var i = 0; i < a.Length; i++)
        {
            if (!isAlike(a[i], b[i])) return false;
        }

        return true;
    }
}
