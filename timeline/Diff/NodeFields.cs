using System.Collections.Frozen;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Diff;

/// <summary>
/// What an OTIO node says beyond the cut's own fields, one register per field and per top-level metadata key, so that what
/// nobody modelled is still compared and merged. Metadata keys are spelled <c>metadata/key</c>; our own dictionary is left out.
/// </summary>
static class NodeFields
{
    const string Metadata = "metadata";

    const string MetadataPrefix = Metadata + "/";

    public static readonly FrozenSet<string> OfEffect = Set("name", "effect_name", "enabled", "time_scalar");

    public static readonly FrozenSet<string> OfMarker = Set("name", "color", "comment", "marked_range");

    public static readonly FrozenSet<string> OfTransition = Set("name", "transition_type", "in_offset", "out_offset");

    public static readonly FrozenSet<string> OfTrack = Set("name", "kind", "enabled", "children", "effects", "markers");

    public static readonly FrozenSet<string> OfTimeline = Set("name", "global_start_time", "tracks");

    public static readonly FrozenSet<string> OfStack = Set("children", "markers");

    public static readonly FrozenSet<string> OfCollection = Set("children");

    static readonly FrozenSet<string> OfItem = Set("name", "source_range", "effects", "markers", "enabled", "color");

    static readonly FrozenSet<string> OfClip = [.. OfItem, "media_references", "media_reference"];

    public static FrozenSet<string> Of(Element element) => element is Clip ? OfClip : OfItem;

    /// <summary>The registers of a node, the cut's own fields left out.</summary>
    public static Dictionary<string, OtioValue> Registers(OtioObject node, FrozenSet<string> modelled)
    {
        var registers = new Dictionary<string, OtioValue>();
        foreach (var field in node.Fields)
        {
            if (modelled.Contains(field.Name)) continue;
            if (field is { Name: Metadata, Value: OtioObject metadata })
            {
                foreach (var entry in metadata.Fields)
                {
                    if (entry.Name != OtioSchema.OwnMetadata) registers[MetadataPrefix + entry.Name] = entry.Value;
                }
            }
            else
            {
                registers[field.Name] = field.Value;
            }
        }

        return registers;
    }

    /// <summary>The node with one register set, or taken out when the value is null.</summary>
    public static OtioObject With(OtioObject node, string register, OtioValue? value)
    {
        if (!register.StartsWith(MetadataPrefix, StringComparison.Ordinal))
            return value is null ? node.Without(register) : node.With(register, value);
        var metadata = node.Child(Metadata) ?? OtioObject.EmptyMap;
        var key = register[MetadataPrefix.Length..];
        return node.With(Metadata, value is null ? metadata.Without(key) : metadata.With(key, value));
    }

    /// <summary>The registers in which two nodes differ, in a fixed order.</summary>
    public static IEnumerable<(string Register, OtioValue? Before, OtioValue? After)> Differences(
        OtioObject before, OtioObject after, FrozenSet<string> modelled)
    {
        if (before.Equals(after)) return [];
        var old = Registers(before, modelled);
        var now = Registers(after, modelled);
        return old.Keys.Union(now.Keys)
            .Select(key => (Key: key, Before: old.GetValueOrDefault(key), After: now.GetValueOrDefault(key)))
            .Where(r => !Equals(r.Before, r.After))
            .OrderBy(r => r.Key, StringComparer.Ordinal);
    }

    /// <summary>What a person calls a register: the key without its place.</summary>
    public static string Title(string register) =>
        register.StartsWith(MetadataPrefix, StringComparison.Ordinal) ? register[MetadataPrefix.Length..] : register;

    static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
