using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Where two values of an effect differ, parameter by parameter: dictionaries and lists of named parameters are looked into,
/// and keyframes are told one by one.
/// </summary>
static class ParameterWords
{
    static readonly string[] NameKeys = ["name", "parameterid", "id"];

    static readonly string[] TimeKeys = ["when", "time", "frame"];

    /// <summary><c>Scale 100 → 110</c>, <c>Scale: added the keyframe at 24 (110)</c></summary>
    public static IEnumerable<string> Differences(string name, OtioValue? before, OtioValue? after)
    {
        if (Equals(before, after)) return [];
        if (before is OtioObject old && after is OtioObject present) return OfObjects(name, old, present);
        if (before is OtioArray was && after is OtioArray list)
        {
            if (Keyed(was, TimeKeys) is { } times && Keyed(list, TimeKeys) is { } frames) return OfKeyframes(name, times, frames);
            if (Keyed(was, NameKeys) is { } parts && Keyed(list, NameKeys) is { } others) return OfParts(parts, others);
        }

        return [$"{name} {Wording.Value(before)} → {Wording.Value(after)}"];
    }

    static IEnumerable<string> OfObjects(string name, OtioObject before, OtioObject after) =>
        from key in before.Fields.Concat(after.Fields).Select(f => f.Name).Distinct().Order(StringComparer.Ordinal)
        from words in Differences(key is "value" or "keyframe" or "keyframes" ? name : key, before[key], after[key])
        select words;

    static IEnumerable<string> OfParts(Dictionary<string, OtioObject> before, Dictionary<string, OtioObject> after) =>
        from key in before.Keys.Union(after.Keys)
        from words in Differences(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key))
        select words;

    static IEnumerable<string> OfKeyframes(string name, Dictionary<string, OtioObject> before, Dictionary<string, OtioObject> after)
    {
        foreach (var time in before.Keys.Union(after.Keys))
        {
            yield return (before.GetValueOrDefault(time), after.GetValueOrDefault(time)) switch
            {
                ({ } was, { } present) when was.Equals(present) => "",
                ({ } was, { } present) => $"{name}: keyframe at {time} {ValueAt(was)} → {ValueAt(present)}",
                (null, { } present) => $"{name}: added the keyframe at {time} ({ValueAt(present)})",
                ({ } was, _) => $"{name}: removed the keyframe at {time} ({ValueAt(was)})",
                _ => "",
            };
        }
    }

    static string ValueAt(OtioObject keyframe) => Wording.Value(keyframe["value"]);

    /// <summary>The items by what tells them apart; null when the list is not one of such items, or two are called the same.</summary>
    static Dictionary<string, OtioObject>? Keyed(OtioArray list, string[] keys)
    {
        var items = new Dictionary<string, OtioObject>();
        foreach (var item in list.Items)
        {
            if (item is not OtioObject part || KeyOf(part, keys) is not { } key || !items.TryAdd(key, part)) return null;
        }

        return items;
    }

    static string? KeyOf(OtioObject item, string[] keys) =>
        keys.Select(k => item[k]).Where(v => v is OtioString or OtioNumber).Select(Wording.Value).FirstOrDefault(v => v.Length > 0);
}
