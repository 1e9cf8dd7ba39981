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
    /// <param name="origin">The value in the base.</param>
    /// <param name="ours">Our value.</param>
    /// <param name="theirs">Their value.</param>
    /// <param name="ask">Asked when both changed it.</param>
    /// <param name="read">Makes a value of what was typed in; null where nothing can be.</param>
    public static T Pick<T>(T origin, T ours, T theirs, Func<Answer?> ask, Func<string, T>? read = null)
    {
        if (IsSettled(origin, ours, theirs, out var settled)) return settled;
        return ask() switch
        {
            { Choice: Choice.Ours } => ours,
            { Choice: Choice.Theirs } => theirs,
            { Choice: Choice.Manual, Value: { } typed } when read is not null => read(typed),
            _ => origin,
        };
    }

    /// <summary>False when both sides changed it differently.</summary>
    public static bool IsSettled<T>(T origin, T ours, T theirs, out T settled)
    {
        var same = EqualityComparer<T>.Default;
        settled = ours;
        if (same.Equals(ours, theirs) || same.Equals(theirs, origin)) return true;
        settled = theirs;
        return same.Equals(ours, origin);
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
        Func<string, OtioValue?, OtioValue?, OtioValue?, Answer?> ask)
    {
        if (IsNodeSettled(origin, ours, theirs, out var settled)) return settled;
        var our = NodeFields.Registers(ours, modelled);
        var merged = ours;
        foreach (var (register, before, after) in NodeFields.Differences(origin, theirs, modelled))
        {
            var mine = our.GetValueOrDefault(register);
            var value = EntryMerge.Of(register, before, mine, after, ask);
            if (!Equals(value, mine)) merged = NodeFields.With(merged, register, value);
        }

        return merged;
    }

    /// <summary>False when registers have to be looked at one by one.</summary>
    public static bool IsNodeSettled(OtioObject origin, OtioObject ours, OtioObject theirs, out OtioObject settled)
    {
        settled = ours;
        if (ReferenceEquals(ours, theirs) || theirs.Equals(origin)) return true;
        settled = theirs;
        return ours.Equals(origin) || ours.Equals(theirs);
    }

    /// <summary>What may be typed in for a register of a node: only what is a number or a text can be.</summary>
    public static Entry? EntryFor(params ReadOnlySpan<OtioValue?> terms)
    {
        Entry? entry = null;
        foreach (var term in terms)
        {
            if (term is null or OtioNull) continue;
            var kind = term switch { OtioNumber => EntryKind.Number, OtioString => EntryKind.Text, _ => (EntryKind?)null };
            if (kind is not { } known || (entry is not null && entry.Kind != known)) return null;
            entry = new(known);
        }

        return entry;
    }

    /// <summary>A number stays of the kind it was: to OTIO 3 and 3.0 are two types.</summary>
    public static OtioValue Typed(string typed, OtioValue? like)
    {
        if (like is not OtioNumber number || Entry.ReadNumber(typed) is not { } read) return new OtioString(typed);
        return read.IsInteger && !number.IsInteger ? OtioNumber.FromLexeme(read.Lexeme + ".0") : read;
    }
}
