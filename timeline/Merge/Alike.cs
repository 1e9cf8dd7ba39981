using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>Equal in all that an editor made. An export that dropped our ids, which lie in the nodes, changed none of it.</summary>
static class Alike
{
    public static bool Are(Effect a, Effect b) =>
        (a with { Node = b.Node }).Equals(b) && !NodeFields.Differences(a.Node, b.Node, NodeFields.OfEffect).Any();

    public static bool Are(Marker a, Marker b) =>
        (a with { Node = b.Node }).Equals(b) && !NodeFields.Differences(a.Node, b.Node, NodeFields.OfMarker).Any();

    public static bool Are(EditPoint a, EditPoint b) =>
        (a with { Node = b.Node }).Equals(b) && !NodeFields.Differences(a.Node, b.Node, NodeFields.OfTransition).Any();

    /// <summary>Whatever stands before them.</summary>
    public static bool Are(Element a, Element b) =>
        a.GetType() == b.GetType()
        && (a.Duration, a.SourceStart, a.Name, a.Enabled, a.Color) == (b.Duration, b.SourceStart, b.Name, b.Enabled, b.Color)
        && Are(a.Effects, b.Effects, Are)
        && Are(a.Markers, b.Markers, Are)
        && Equals((a as Clip)?.Media, (b as Clip)?.Media)
        && !NodeFields.Differences(a.Node, b.Node, NodeFields.Of(a)).Any();

    public static bool Are<T>(ImmutableArray<T> a, ImmutableArray<T> b, Func<T, T, bool> are)
    {
        if (a.Length != b.Length) return false;
        for (var i = 0; i < a.Length; i++)
            if (!are(a[i], b[i])) return false;
        return true;
    }
}
