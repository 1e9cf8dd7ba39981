using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Markers. On an item they count as its in and out do, so they are in media time here; on a sequence from its first frame. An
/// out of -1 is a marker without length. Without a <c>color</c> a marker is red, as OpenTimelineIO has it.
/// </summary>
/// <param name="ToMedia">From a count of the item's frames to the moment it means.</param>
/// <param name="ToCount">The way back.</param>
internal sealed record XmemlMarkers(FrameRate Rate, Func<long, Flicks> ToMedia, Func<Flicks, long> ToCount)
{
    const string Usual = "RED";

    static readonly XmlNames Modelled = new("name", "comment", "in", "out");

    /// <summary>Markers that count from zero.</summary>
    public static XmemlMarkers Of(FrameRate rate) => new(rate, at => XmemlFrames.At(at, rate), at => XmemlFrames.Count(at, rate));

    /// <summary>Old markers say <c>range</c>.</summary>
    public static OtioObject? RangeOf(OtioObject marker) => marker.Child("marked_range") ?? marker.Child("range");

    public OtioObject Read(XmlNode marker)
    {
        var at = XmemlFrames.Read(marker.Child("in")) ?? 0;
        var end = XmemlFrames.Read(marker.Child("out")) ?? XmemlFrames.Unset;
        var rest = XmlMetadata.Rest(marker, Modelled);
        var range = OtioObject.Of(
            "TimeRange.1",
            ("duration", XmemlFrames.Time(XmemlFrames.At(Math.Max(0, end - at), Rate), Rate)),
            ("start_time", XmemlFrames.Time(ToMedia(at), Rate)));
        var made = OtioBuild.Marker(marker.TextOf("name") ?? "", range, XmemlColors.Of(rest) ?? Usual, marker.TextOf("comment") ?? "");
        var spelling = new XmemlSpelling();
        var (cutIn, cutOut) = Points(range);
        spelling.Leaf(marker.Child("name"), "name", made.Text("name"));
        spelling.Leaf(marker.Child("comment"), "comment", made.Text("comment"));
        spelling.Leaf(marker.Child("in"), "in", cutIn);
        spelling.Leaf(marker.Child("out"), "out", cutOut);
        var own = spelling.IsUsual
            ? OtioObject.EmptyMap
            : OtioObject.Map((XmemlKeys.Local, OtioObject.Map((XmemlKeys.Written, spelling.Exceptions))));
        return made.With("metadata", XmemlOtio.Metadata(rest, own));
    }

    /// <param name="output">Where to.</param>
    /// <param name="marker">A marker of any origin.</param>
    /// <param name="range">Its <c>marked_range</c>, or where it is to stand instead.</param>
    public void Write(XmlOutput output, OtioObject marker, OtioObject? range)
    {
        var rest = XmemlOtio.Rest(marker);
        var comment = marker.Text("comment") is { Length: > 0 } own ? own : rest.Text("comment") ?? "";
        rest = rest.Without("comment");
        var speller = new XmemlSpeller(output, XmemlOtio.Written(marker));
        var (cutIn, cutOut) = Points(range);
        output.Start("marker");
        XmlMetadata.WriteAttributes(output, rest);
        speller.Leaf("name", marker.Text("name") ?? "");
        speller.Leaf("comment", comment);
        speller.Leaf("in", cutIn);
        speller.Leaf("out", cutOut);
        var color = XmemlColors.NameOf(marker["color"]) ?? Usual;
        if (color != (XmemlColors.Of(rest) ?? Usual))
        {
            rest = rest.Without("color");
            if (XmemlColors.Rgb(color) is { } rgb) XmlMetadata.Write(output, "color", rgb);
        }

        XmlMetadata.WriteChildren(output, rest);
        output.End();
    }

    (long In, long Out) Points(OtioObject? range)
    {
        var said = XmemlOtio.RangeOf(range) ?? default;
        var at = ToCount(said.Start);
        return (at, said.Duration.IsZero ? XmemlFrames.Unset : at + XmemlFrames.Count(said.Duration, Rate));
    }
}
