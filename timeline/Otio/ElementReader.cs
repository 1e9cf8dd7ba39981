using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>Clips, nests and unknown children as elements, with their effects and markers.</summary>
static class ElementReader
{
    public static Element Read(OtioObject node, CutReading reading, Place place)
    {
        reading.CheckVersion(node, place);
        var id = reading.IdOf(node);
        var range = reading.Range(node["source_range"], place, "source_range");
        Element element = node.SchemaName switch
        {
            OtioSchema.Clip => ReadClip(node, id, range, reading, place),
            OtioSchema.Stack or OtioSchema.Track => new Nest
            {
                Id = id,
                Duration = range?.Duration ?? Durations.OfChildren(node, reading, place),
                Definition = OwnMetadata.Definition(node),
                Node = node,
            },
            _ => ReadUnknown(node, id, range, reading, place),
        };
        if (element.Duration.IsZero)
        {
            reading.Warn(
                DiagnosticCodes.OtioNoDuration,
                place,
                $"\"{node.Text("name")}\" has no length: neither source_range nor its media says one above zero. It is kept and takes no time.");
        }

        return element with
        {
            SourceStart = range?.Start ?? element.SourceStart,
            Name = node.Text("name") ?? "",
            Enabled = node.Flag("enabled") ?? true,
            Color = OtioColor.Read(node["color"]),
            Link = OwnMetadata.Link(node),
            Effects = ReadEffects(node, reading, place),
            Markers = ReadMarkers(node, reading, place),
        };
    }

    public static ImmutableArray<Effect> ReadEffects(OtioObject carrier, CutReading reading, Place place) =>
        ReadList(carrier, "effects", reading, place, ReadEffect);

    public static ImmutableArray<Marker> ReadMarkers(OtioObject carrier, CutReading reading, Place place) =>
        ReadList(carrier, "markers", reading, place, ReadMarker);

    public static Effect ReadEffect(OtioObject node, CutReading reading, Place place)
    {
        reading.CheckVersion(node, place);
        return new()
        {
            Id = reading.IdOf(node),
            Name = node.Text("name") ?? "",
            Kind = node.Text("effect_name") ?? "",
            Enabled = node.Flag("enabled") ?? true,
            TimeScalar = TimeScalar(node),
            Node = node,
        };
    }

    public static Marker ReadMarker(OtioObject node, CutReading reading, Place place)
    {
        reading.CheckVersion(node, place);
        var rangeField = MarkerVersions.RangeField(node);
        return new()
        {
            Id = reading.IdOf(node),
            Name = node.Text("name") ?? "",
            Color = OtioColor.Read(node["color"]),
            Comment = node.Text("comment") ?? "",
            Range = reading.Range(node[rangeField], place, rangeField) ?? default,
            Node = node,
        };
    }

    static Clip ReadClip(OtioObject node, Identity.ElementId id, TimeRange? range, CutReading reading, Place place)
    {
        var media = MediaMapping.Read(node, reading, place);
        return new()
        {
            Id = id,
            Duration = range?.Duration ?? media.Available?.Duration ?? Flicks.Zero,
            SourceStart = media.Available?.Start ?? Flicks.Zero,
            Media = media,
            Node = node,
        };
    }

    static UnknownElement ReadUnknown(OtioObject node, Identity.ElementId id, TimeRange? range, CutReading reading, Place place)
    {
        reading.UnknownSchema(node, place);
        return new() { Id = id, Duration = range?.Duration ?? Flicks.Zero, Node = node };
    }

    static OtioNumber? TimeScalar(OtioObject node) => node["time_scalar"] as OtioNumber ?? node.SchemaName switch
    {
        OtioSchema.LinearTimeWarp => OtioNumber.FromDouble(1),
        OtioSchema.FreezeFrame => OtioNumber.FromDouble(0),
        _ => null,
    };

    static ImmutableArray<T> ReadList<T>(
        OtioObject carrier, string list, CutReading reading, Place place, Func<OtioObject, CutReading, Place, T> read)
    {
        var items = carrier.List(list);
        if (items.IsEmpty) return [];
        var found = ImmutableArray.CreateBuilder<T>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is OtioObject node) found.Add(read(node, reading, place.Of(list, i)));
            else reading.NotAnObject(place.Of(list, i), list);
        }

        return found.DrainToImmutable();
    }
}
