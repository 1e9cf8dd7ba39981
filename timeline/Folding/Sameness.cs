using System.Collections.Immutable;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Folding;

/// <summary>In what an element of one cut differs from that of another cut, or where their neighbours differ.</summary>
[Flags]
enum Change : byte
{
    None = 0,

    /// <summary>It says something else, or is not there.</summary>
    Content = 1,

    /// <summary>Another neighbour or another gap before it.</summary>
    Before = 2,

    /// <summary>Another neighbour after it.</summary>
    After = 4,
}

/// <summary>
/// Equality in everything the comparison and the merge look at, cheapest first. Cuts read from two files share nothing, so
/// it is by value; what is not hashed is compared, which costs less than hashing it.
/// </summary>
static class Sameness
{
    public static Change Between(Element a, Element b)
    {
        if (ReferenceEquals(a, b)) return Change.None;
        var lead = ReferenceEquals(a.Lead, b.Lead) || a.Lead.Equals(b.Lead) ? Change.None : Change.Before;
        return IsContentSame(a, b) ? lead : lead | Change.Content;
    }

    public static bool IsSame(EditPoint a, EditPoint b) => ReferenceEquals(a, b) || a.Equals(b);

    static bool IsContentSame(Element a, Element b) =>
        a.GetType() == b.GetType()
        && a.Node.Equals(b.Node)
        && (a.IsAsRead && b.IsAsRead
            ? AreIdsSame(a, b)
            : IsSame(a.Effects, b.Effects) && IsSame(a.Markers, b.Markers) && AreFieldsSame(a, b));

    /// <summary>
    /// What the equal nodes of two elements as they were read leave open: effects and markers without ids of ours have others
    /// in every cut, and a speed is compared as it is spelled.
    /// </summary>
    static bool AreIdsSame(Element a, Element b)
    {
        if (a.Effects.Length != b.Effects.Length || a.Markers.Length != b.Markers.Length) return false;
        for (var i = 0; i < a.Effects.Length; i++)
        {
            if (a.Effects[i].Id != b.Effects[i].Id || a.Effects[i].TimeScalar != b.Effects[i].TimeScalar) return false;
        }

        for (var i = 0; i < a.Markers.Length; i++)
        {
            if (a.Markers[i].Id != b.Markers[i].Id) return false;
        }

        return true;
    }

    static bool AreFieldsSame(Element a, Element b) =>
        a.Duration == b.Duration
        && a.SourceStart == b.SourceStart
        && a.Enabled == b.Enabled
        && a.Name == b.Name
        && a.Color == b.Color
        && a.Link == b.Link
        && (a is not Clip clip || b is not Clip other || IsSame(clip.Media, other.Media, clip.Node, other.Node));

    static bool IsSame<T>(ImmutableArray<T> a, ImmutableArray<T> b)
        where T : class =>
        a == b || (a.Length == b.Length && a.AsSpan().SequenceEqual(b.AsSpan()));

    static bool IsSame(Media a, Media b, OtioObject ofA, OtioObject ofB) =>
        ReferenceEquals(a, b)
        || (a.Key == b.Key && a.Name == b.Name && a.Available == b.Available
            && ((FieldOf(a.References, ofA) is { } field && field == FieldOf(b.References, ofB)) || a.References.Equals(b.References)));

    /// <summary>The field of its clip's node that holds the references: where the nodes are equal, so are these.</summary>
    static string? FieldOf(OtioValue references, OtioObject node)
    {
        foreach (ref readonly var field in node.Fields.AsSpan())
        {
            if (ReferenceEquals(field.Value, references)) return field.Name;
        }

        return null;
    }
}
