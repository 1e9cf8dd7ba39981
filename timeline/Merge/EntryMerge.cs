using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Merge;

/// <summary>
/// One register that both sides changed. Dictionaries are merged entry by entry, so that a label of one person and the log note of
/// another, or what two exports say of different media, do not ask anything; what is asked is the innermost entry that both changed.
/// </summary>
static class EntryMerge
{
    /// <summary>What a program calls an item of a list by; see <see cref="AreNamedAlike"/>.</summary>
    static readonly string[] Names = ["name", "id", "key", "parameterid", "element", "@name", "@id", "@key"];

    /// <param name="register">Where the value is: keys with a slash between them.</param>
    /// <param name="origin">The value in the base; null where there is none.</param>
    /// <param name="ours">Our value.</param>
    /// <param name="theirs">Their value.</param>
    /// <param name="ask">Asked with the entry, and its three values.</param>
    public static OtioValue? Of(string register, OtioValue? origin, OtioValue? ours, OtioValue? theirs, Func<string, OtioValue?, OtioValue?, OtioValue?, Answer?> ask)
    {
        if (Equals(ours, theirs) || Equals(theirs, origin)) return ours;
        if (Equals(ours, origin)) return theirs;
        if (IsPlain(ours, out var mine) && IsPlain(theirs, out var yours) && (IsPlain(origin, out var was) || origin is null))
            return Map(register, was ?? OtioObject.EmptyMap, mine, yours, ask);
        if (origin is OtioArray before && ours is OtioArray our && theirs is OtioArray their && AreNamedAlike(before, our, their))
            return OtioArray.Of(before.Items.Select((b, i) => Of($"{register}/{i}", b, our.Items[i], their.Items[i], ask) ?? OtioNull.Value));
        return Registers.Pick(origin, ours, theirs, () => ask(register, origin, ours, theirs), typed => Registers.Typed(typed, ours));
    }

    static OtioObject Map(string register, OtioObject origin, OtioObject ours, OtioObject theirs, Func<string, OtioValue?, OtioValue?, OtioValue?, Answer?> ask)
    {
        var merged = ours;
        foreach (var key in origin.Fields.Concat(theirs.Fields).Select(f => f.Name).Distinct())
        {
            var value = Of($"{register}/{key}", origin[key], ours[key], theirs[key], ask);
            if (!Equals(value, ours[key])) merged = value is null ? merged.Without(key) : merged.With(key, value);
        }

        return merged;
    }

    /// <summary>A dictionary; an object with a schema, as a colour or a time is one, is a single value.</summary>
    static bool IsPlain(OtioValue? value, out OtioObject map)
    {
        map = value as OtioObject ?? OtioObject.EmptyMap;
        return value is OtioObject && map[OtioSchema.Key] is null;
    }

    /// <summary>Settings in a list are merged one by one while nobody added one, took one away or changed their order.</summary>
    static bool AreNamedAlike(params ReadOnlySpan<OtioArray> lists)
    {
        foreach (var list in lists)
        {
            if (list.Items.Length != lists[0].Items.Length) return false;
            for (var i = 0; i < list.Items.Length; i++)
            {
                if (NameOf(list.Items[i]) is not { } name || !name.Equals(NameOf(lists[0].Items[i]))) return false;
            }
        }

        return true;
    }

    static OtioObject? NameOf(OtioValue item)
    {
        if (!IsPlain(item, out var map)) return null;
        var name = OtioObject.Map([.. from n in Names let value = map[n] where value is not null select (n, value)]);
        return name.Fields.Length == 0 ? null : name;
    }
}
