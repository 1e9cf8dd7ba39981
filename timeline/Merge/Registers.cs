using System.Collections.Frozen;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Merge;

/// <summary>The three-way rule for one value, and for all values of a node that the cut does not model.</summary>
static class Registers
{
    /// <summary>
    /// What both agree on, or what one side changed; when both changed it differently, what <paramref name="ask"/> answers,
    /// and the base while that is open.
    /// </summary>
    public static T Pick<T>(T origin, T ours, T theirs, Func<Choice?> ask)
    {
        var same = EqualityComparer<T>.Default;
        if (same.Equals(ours, theirs) || same.Equals(theirs, origin)) return ours;
        if (same.Equals(ours, origin)) return theirs;
        return ask() switch
        {
            Choice.Ours => ours,
            Choice.Theirs => theirs,
            _ => origin,
        };
    }

    /// <param name="origin">The node in the base.</param>
    /// <param name="ours">Our node.</param>
    /// <param name="theirs">Their node.</param>
    /// <param name="modelled">Fields that the cut itself merges.</param>
    /// <param name="ask">Asked with the register, and its three values.</param>
    public static OtioObject Node(
        OtioObject origin,
        OtioObject ours,
        OtioObject theirs,
        FrozenSet<string> modelled,
        Func<string, OtioValue?, OtioValue?, OtioValue?, Choice?> ask)
    {
        if (ReferenceEquals(ours, theirs) || theirs.Equals(origin)) return ours;
        if (ours.Equals(origin) || ours.Equals(theirs)) return theirs;
        var was = NodeFields.Registers(origin, modelled);
        var our = NodeFields.Registers(ours, modelled);
        var merged = ours;
        foreach (var (register, before, after) in NodeFields.Differences(origin, theirs, modelled))
        {
            var mine = our.GetValueOrDefault(register);
            var value = Pick(before, mine, after, () => ask(register, was.GetValueOrDefault(register), mine, after));
            if (!Equals(value, mine)) merged = NodeFields.With(merged, register, value);
        }

        return merged;
    }
}
