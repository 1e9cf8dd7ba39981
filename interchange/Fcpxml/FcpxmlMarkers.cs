using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Markers and chapter markers. Final Cut knows three states of a marker and chapters; OTIO gets a colour for each.</summary>
internal static class FcpxmlMarkers
{
    /// <summary>The colours that OpenTimelineIO's adapter gives to a marker, one to do and one done.</summary>
    public const string Standard = "PURPLE";
    public const string ToDo = "RED";
    public const string Done = "GREEN";
    public const string Chapter = "ORANGE";

    static readonly XmlNames Modelled = new("@start", "@duration", "@value", "@note", "@completed");

    /// <param name="item">The element that holds the markers.</param>
    /// <param name="source">The file.</param>
    /// <param name="frame">How the sequence counts.</param>
    /// <param name="place">From the item's own time to that of its carrier in OTIO.</param>
    /// <param name="keepSpelling">When the place does not follow from the spelling alone.</param>
    public static OtioArray Of(XmlNode item, FcpxmlSource source, FcpxmlFrame frame, Func<Flicks, Flicks> place, bool keepSpelling)
    {
        List<OtioValue>? markers = null;
        foreach (var child in item.Children)
        {
            if (FcpxmlKeys.IsMarker(child.Name)) (markers ??= []).Add(Marker(child, source, frame, place, keepSpelling));
        }

        return markers is null ? OtioArray.Empty : OtioArray.Of(markers);
    }

    public static OtioObject One(XmlNode node, FcpxmlSource source, FcpxmlFrame frame, Func<Flicks, Flicks> place) => Marker(node, source, frame, place, keepSpelling: true);

    static OtioObject Marker(XmlNode node, FcpxmlSource source, FcpxmlFrame frame, Func<Flicks, Flicks> place, bool keepSpelling)
    {
        var start = source.Time(node, "start");
        var duration = source.Time(node, "duration");
        var rest = XmlMetadata.Rest(node, Modelled);
        var section = new OtioObject([new(FcpxmlKeys.Element, FcpxmlKeys.Word(node.Name)), .. rest.Fields]);
        var metadata = new List<(string, OtioValue)> { (FcpxmlKeys.Section, section) };
        var spelled = new FcpxmlSpelling(frame.Grid);
        spelled.Keep("start", node["start"], start, keepSpelling);
        spelled.Keep("duration", node["duration"], duration, node["duration"] is null);
        if (spelled.Any) metadata.Add((OtioSchema.OwnMetadata, FcpxmlLocal.Own(spelled.Fields)));
        return OtioObject.Of(
            "Marker.2",
            ("metadata", OtioObject.Map([.. metadata])),
            ("name", node["value"] ?? ""),
            ("color", ColorOf(node)),
            ("comment", node["note"] ?? ""),
            ("marked_range", frame.Range(place(start), duration)));
    }

    static string ColorOf(XmlNode node) => (node.Name, node["completed"]) switch
    {
        ("chapter-marker", _) => Chapter,
        (_, "1") => Done,
        (_, not null) => ToDo,
        _ => Standard,
    };
}

/// <summary>Collects the spellings of times that the writer would spell in another way.</summary>
internal sealed class FcpxmlSpelling(FcpxmlGrid grid)
{
    List<OtioField>? _fields;

    public bool Any => _fields is not null;

    public OtioObject Fields => _fields is null ? OtioObject.EmptyMap : new([.. _fields]);

    /// <summary>An attribute that is missing is null; the writer leaves out a <c>start</c> of zero by itself.</summary>
    public void Keep(string attribute, string? text, Flicks time, bool always = false)
    {
        if (text is null ? always : always || text != FcpxmlTime.Format(time, grid)) Add(attribute, text is null ? OtioNull.Value : text);
    }

    public void Add(string field, OtioValue value) => (_fields ??= []).Add(new(field, value));
}
