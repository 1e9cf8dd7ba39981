using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Elements, effects and markers back to nodes. Each is compared with what its node says, read by the very code that made the
/// cut, and only what differs is written.
/// </summary>
sealed class ElementWriter(FrameRate rate)
{
    readonly CutReading _silent = new(new());

    public OtioObject Write(Element element)
    {
        var said = ElementReader.Read(element.Node, _silent, default);
        var node = OwnMetadata.WithLink(OwnMetadata.WithId(element.Node, element.Id), element.Link);
        if (element.Name != said.Name) node = node.With("name", element.Name);
        if (element.Enabled != said.Enabled) node = node.With("enabled", element.Enabled);
        if (element.Color != said.Color) node = node.With("color", OtioColor.Write(node["color"], element.Color));
        if (element is Nest nest) node = OwnMetadata.WithDefinition(node, nest.Definition);
        if (element is Clip clip && (said as Clip)?.Media != clip.Media) node = MediaMapping.Write(node, clip.Media);
        if (element.Duration != said.Duration || element.SourceStart != said.SourceStart)
        {
            var range = new TimeRange(element.SourceStart, element.Duration);
            node = node.With("source_range", OtioTimes.WriteRange(node["source_range"], range, rate));
        }

        return WithEffectsAndMarkers(node, element.Effects, element.Markers);
    }

    public OtioObject WithEffectsAndMarkers(OtioObject node, IEnumerable<Effect> effects, IEnumerable<Marker> markers)
    {
        node = ListField.With(node, "effects", [.. effects.Select(Write)]);
        return ListField.With(node, "markers", [.. markers.Select(Write)]);
    }

    public OtioObject Write(EditPoint transition)
    {
        var node = OwnMetadata.WithId(transition.Node, transition.Id);
        if (transition.Name != (node.Text("name") ?? "")) node = node.With("name", transition.Name);
        if (transition.Type != (node.Text("transition_type") ?? "")) node = node.With("transition_type", transition.Type);
        node = WithTime(node, "in_offset", transition.InOffset);
        return WithTime(node, "out_offset", transition.OutOffset);
    }

    public OtioObject Write(Marker marker)
    {
        var said = ElementReader.ReadMarker(marker.Node, _silent, default);
        var node = OwnMetadata.WithId(marker.Node, marker.Id);
        if (marker.Name != said.Name) node = node.With("name", marker.Name);
        if (marker.Color != said.Color) node = node.With("color", MarkerColor(node, marker.Color));
        if (marker.Comment != said.Comment) node = node.With("comment", marker.Comment);
        if (marker.Range == said.Range) return node;
        var field = MarkerVersions.RangeField(node);
        return node.With(field, OtioTimes.WriteRange(node[field], marker.Range, rate));
    }

    OtioObject Write(Effect effect)
    {
        var said = ElementReader.ReadEffect(effect.Node, _silent, default);
        var node = OwnMetadata.WithId(effect.Node, effect.Id);
        if (effect.Name != said.Name) node = node.With("name", effect.Name);
        if (effect.Kind != said.Kind) node = node.With("effect_name", effect.Kind);
        if (effect.Enabled != said.Enabled) node = node.With("enabled", effect.Enabled);
        if (effect.TimeScalar == said.TimeScalar) return node;
        return effect.TimeScalar is { } speed ? node.With("time_scalar", speed) : node.Without("time_scalar");
    }

    OtioObject WithTime(OtioObject node, string field, Flicks time)
    {
        var said = OtioTimes.TryRead(node[field], out var read) ? read.Time : Flicks.Zero;
        return said == time ? node : node.With(field, OtioTimes.Write(node[field], time, rate));
    }

    /// <summary>Marker.2, which most tools still write, holds a name where Marker.3 holds a Color.</summary>
    static OtioValue MarkerColor(OtioObject node, string? color)
    {
        var original = node["color"];
        var wantsName = original is not OtioObject && OtioSchema.VersionOf(node.Schema) < 3;
        return OtioColor.Write(wantsName ? new OtioString("") : original, color);
    }
}
