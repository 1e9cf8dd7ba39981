using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>Makes OTIO 0.17-compatible objects with every field that OpenTimelineIO itself writes, in its order.</summary>
public static class OtioBuild
{
    public static OtioObject Time(RationalTime time) =>
        OtioObject.Of("RationalTime.1", ("rate", time.Rate.ToDouble()), ("value", (double)time.Value));

    public static OtioObject Range(RationalTime start, RationalTime duration) =>
        OtioObject.Of("TimeRange.1", ("duration", Time(duration)), ("start_time", Time(start)));

    public static OtioObject Timeline(string name, RationalTime? globalStart, IEnumerable<OtioObject> tracks, OtioObject? metadata = null) =>
        OtioObject.Of(
            "Timeline.1",
            ("metadata", metadata ?? OtioObject.EmptyMap),
            ("name", name),
            ("global_start_time", globalStart is { } start ? Time(start) : OtioNull.Value),
            ("tracks", Stack("tracks", tracks)));

    public static OtioObject Stack(string name, IEnumerable<OtioObject> children) =>
        Item("Stack.1", name, null, ("children", OtioArray.Of(children)));

    /// <param name="name">The track's name, <c>V1</c>.</param>
    /// <param name="kind"><c>Video</c> or <c>Audio</c>.</param>
    /// <param name="children">Clips, gaps and transitions in order.</param>
    public static OtioObject Track(string name, string kind, IEnumerable<OtioObject> children) =>
        Item("Track.1", name, null, ("children", OtioArray.Of(children)), ("kind", kind));

    public static OtioObject Clip(string name, OtioObject mediaReference, OtioObject? sourceRange) =>
        Item(
            "Clip.2",
            name,
            sourceRange,
            ("media_references", OtioObject.Map((OtioSchema.DefaultMediaKey, mediaReference))),
            ("active_media_reference_key", OtioSchema.DefaultMediaKey));

    public static OtioObject Gap(RationalTime duration) =>
        Item("Gap.1", "", Range(new(0, duration.Rate), duration));

    /// <param name="name">What the transition is called, may be empty.</param>
    /// <param name="type"><c>SMPTE_Dissolve</c> or <c>Custom_Transition</c>.</param>
    /// <param name="inOffset">How far it reaches into the outgoing clip, before the cut.</param>
    /// <param name="outOffset">How far it reaches into the incoming clip, after the cut.</param>
    public static OtioObject Transition(string name, string type, RationalTime inOffset, RationalTime outOffset) =>
        OtioObject.Of(
            "Transition.1",
            ("metadata", OtioObject.EmptyMap),
            ("name", name),
            ("in_offset", Time(inOffset)),
            ("out_offset", Time(outOffset)),
            ("transition_type", type));

    public static OtioObject ExternalReference(string targetUrl, OtioObject? availableRange, string name = "") =>
        Media("ExternalReference.1", name, availableRange, ("target_url", targetUrl));

    public static OtioObject MissingReference(OtioObject? availableRange = null, string name = "") =>
        Media("MissingReference.1", name, availableRange);

    /// <param name="kind">What generates the picture: <c>black</c>, <c>SMPTEBars</c>, a title plug-in's name.</param>
    /// <param name="availableRange">How much of it there is; null for endless.</param>
    /// <param name="parameters">The generator's own settings.</param>
    public static OtioObject GeneratorReference(string kind, OtioObject? availableRange, OtioObject? parameters = null) =>
        Media(
            "GeneratorReference.1",
            "",
            availableRange,
            ("generator_kind", kind),
            ("parameters", parameters ?? OtioObject.EmptyMap));

    public static OtioObject Effect(string name, string effectName, OtioObject? metadata = null) =>
        OtioObject.Of(
            "Effect.1", ("metadata", metadata ?? OtioObject.EmptyMap), ("name", name), ("effect_name", effectName), ("enabled", true));

    /// <param name="timeScalar">Speed: 2.0 plays twice as fast, -1.0 backwards.</param>
    public static OtioObject LinearTimeWarp(double timeScalar) =>
        OtioObject.Of(
            "LinearTimeWarp.1",
            ("metadata", OtioObject.EmptyMap),
            ("name", ""),
            ("effect_name", "LinearTimeWarp"),
            ("enabled", true),
            ("time_scalar", timeScalar));

    public static OtioObject FreezeFrame() =>
        OtioObject.Of(
            "FreezeFrame.1",
            ("metadata", OtioObject.EmptyMap),
            ("name", ""),
            ("effect_name", "FreezeFrame"),
            ("enabled", true),
            ("time_scalar", 0.0));

    /// <param name="name">What the marker says.</param>
    /// <param name="markedRange">In the carrier's source time.</param>
    /// <param name="color">An OTIO colour name: <c>RED</c>, <c>GREEN</c>, <c>BLUE</c>….</param>
    /// <param name="comment">A longer note.</param>
    public static OtioObject Marker(string name, OtioObject markedRange, string color, string comment = "") =>
        OtioObject.Of(
            "Marker.2",
            ("metadata", OtioObject.EmptyMap),
            ("name", name),
            ("color", color),
            ("comment", comment),
            ("marked_range", markedRange));

    static OtioObject Item(string schema, string name, OtioObject? sourceRange, params ReadOnlySpan<(string Name, OtioValue Value)> own)
    {
        (string, OtioValue)[] common =
        [
            ("metadata", OtioObject.EmptyMap),
            ("name", name),
            ("source_range", sourceRange ?? (OtioValue)OtioNull.Value),
            ("effects", OtioArray.Empty),
            ("markers", OtioArray.Empty),
            ("enabled", true),
            .. own,
        ];
        return OtioObject.Of(schema, common);
    }

    static OtioObject Media(string schema, string name, OtioObject? availableRange, params ReadOnlySpan<(string Name, OtioValue Value)> own)
    {
        (string, OtioValue)[] common =
        [
            ("metadata", OtioObject.EmptyMap),
            ("name", name),
            ("available_range", availableRange ?? (OtioValue)OtioNull.Value),
            ("available_image_bounds", OtioNull.Value),
            .. own,
        ];
        return OtioObject.Of(schema, common);
    }
}
