using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Where things are in the OTIO objects that this format makes and reads.</summary>
internal static class XmemlOtio
{
    public static OtioObject? ActiveMedia(OtioObject clip) =>
        clip.Child("media_references")?.Child(clip.Text("active_media_reference_key") ?? OtioSchema.DefaultMediaKey)
        ?? clip.Child("media_reference");

    /// <summary>The format's own metadata; empty when there is none.</summary>
    public static OtioObject Rest(OtioObject node) => node.Child("metadata")?.Child(XmemlKeys.Section) ?? OtioObject.EmptyMap;

    /// <summary>
    /// As the other, of a part that OpenTimelineIO's own adapter read: it repeats what is modelled here, and of that the
    /// model counts.
    /// </summary>
    public static OtioObject Rest(OtioObject node, Xml.XmlNames modelled)
    {
        var rest = Rest(node);
        if (Local(node) is not null) return rest;
        foreach (var field in rest.Fields)
        {
            if (modelled.Contains(field.Name)) rest = rest.Without(field.Name);
        }

        return rest;
    }

    public static bool HasRest(OtioObject node) => node.Child("metadata")?.Child(XmemlKeys.Section) is not null;

    public static OtioObject? Own(OtioObject node) => node.Child("metadata")?.Child(OtioSchema.OwnMetadata);

    /// <summary>What was true of the file that it was read from; null for what comes from elsewhere, FCPXML among it, which notes such things too.</summary>
    public static OtioObject? Local(OtioObject node) =>
        node.Child("metadata") is { } metadata && metadata["fcpx"] is null ? metadata.Child(OtioSchema.OwnMetadata)?.Child(XmemlKeys.Local) : null;

    public static OtioObject? Written(OtioObject node) => Local(node)?.Child(XmemlKeys.Written);

    public static OtioObject Metadata(OtioObject rest, OtioObject own) => (rest.Fields.IsEmpty, own.Fields.IsEmpty) switch
    {
        (true, true) => OtioObject.EmptyMap,
        (false, true) => OtioObject.Map((XmemlKeys.Section, rest)),
        (true, false) => OtioObject.Map((OtioSchema.OwnMetadata, own)),
        _ => OtioObject.Map((XmemlKeys.Section, rest), (OtioSchema.OwnMetadata, own)),
    };

    /// <summary>How long an item lasts on its track: its own range, else its media's, else what is inside it; null when nothing says.</summary>
    public static Flicks? DurationOf(OtioObject item)
    {
        if (RangeOf(item["source_range"]) is { } own) return own.Duration;
        switch (item.SchemaName)
        {
            case OtioSchema.Clip:
                return RangeOf(ActiveMedia(item)?["available_range"])?.Duration;
            case OtioSchema.Stack or OtioSchema.Track:
                var isTrack = item.SchemaName == OtioSchema.Track;
                var total = Flicks.Zero;
                foreach (var child in item.Objects("children"))
                {
                    if (child.SchemaName == OtioSchema.Transition) continue;
                    var inner = DurationOf(child) ?? Flicks.Zero;
                    total = isTrack ? Flicks.Min(total + inner, OtioTimes.Limit) : Flicks.Max(total, inner);
                }

                return total;
            default:
                return null;
        }
    }

    public static TimeRange? RangeOf(OtioValue? range) =>
        OtioTimes.TryReadRange(range, out var span) && !span.Duration.IsNegative ? span : null;
}
