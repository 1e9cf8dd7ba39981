using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Clip and generator items as clips and nests.</summary>
internal sealed class XmemlItemReader(XmemlReading reading)
{
    public static readonly XmlNames ClipElements = new(
        "@id", "name", "enabled", "duration", "rate", "start", "end", "in", "out", "pproTicksIn", "pproTicksOut", "masterclipid", "file",
        "sequence", "link", "filter", "marker");

    static readonly XmlNames GeneratorElements = new(
        "@id", "name", "enabled", "duration", "rate", "start", "end", "in", "out", "pproTicksIn", "pproTicksOut", "masterclipid", "file",
        "sequence", "link", "filter", "marker", "effect");

    readonly Dictionary<OtioObject, (OtioObject References, XmemlExtent Extent)> _media = new(ReferenceEqualityComparer.Instance);

    /// <param name="seat">The item.</param>
    /// <param name="place">Where on the track it stands.</param>
    /// <param name="cutIn">Its in point, -1 resolved.</param>
    /// <param name="sequenceRate">Of the track.</param>
    /// <param name="links">What it is linked with.</param>
    public OtioObject Read(XmemlSeat seat, XmemlPlace place, long cutIn, FrameRate sequenceRate, XmemlItemLinks links)
    {
        var item = seat.Item;
        var rate = XmemlRate.Read(item.Rate) ?? sequenceRate;
        var content = ContentOf(item, rate);
        var effects = Filters(item.Filters);
        var retime = XmemlFilters.RetimeOf(effects);
        var isGenerator = item.Element.Name == "generatoritem";
        var rest = XmlMetadata.Rest(item.Element, isGenerator ? GeneratorElements : ClipElements);
        var times = new XmemlSourceTimes(place, sequenceRate, rate, content.Extent, retime);
        var source = times.SourceStart(cutIn);
        if (retime is { IsVariable: true, StandsStill: false }) rest = rest.With(XmemlKeys.RetimedIn, RetimedIn(cutIn, place, rate, sequenceRate));
        var fields = XmemlItemFields.Of(times, source, rest);
        rest = WithOwnWords(item, rest, fields);
        if (rest[XmemlKeys.SubframeIn] is not null || rest[XmemlKeys.SubframeOut] is not null) fields = XmemlItemFields.Of(times, source, rest);
        if (content.Sequence is { } sequence) rest = rest.With(XmemlKeys.Sequence, sequence.NestRest);

        var name = item.Text;
        var isEnabled = !XmemlFilters.IsFalse(item.Enabled.Exists ? item.Enabled.Text : null);
        var spelling = Spell(item, fields, name, isEnabled);
        var local = Local(seat, content, links, spelling, fields);
        var own = OtioObject.EmptyMap;
        if (links.Link is { } link) own = own.With(XmemlKeys.Link, link);
        if (content.Sequence is { } nested) own = own.With(XmemlKeys.Definition, nested.Definition).With(XmemlKeys.Rate, nested.Rate.ToString());
        if (!local.Fields.IsEmpty) own = own.With(XmemlKeys.Local, local);
        var range = XmemlFrames.Range(source, rate, place.Duration, sequenceRate);
        return Made(content, XmemlOtio.Metadata(rest, own), name, range, effects, Markers(item.Markers, times), isEnabled);
    }

    XmemlContent ContentOf(XmemlItem item, FrameRate rate)
    {
        if (item.Sequence.Exists && reading.Sequences.Nested(item.Sequence) is { } sequence) return new(OtioObject.EmptyMap, default, sequence, default);
        if (item.File.Exists) return OfMedia(reading.Media.File(item.File, rate), item.File);
        if (item.Element.Name == "generatoritem" && item.Effect.Exists) return OfMedia(XmemlMediaReader.Generator(item.Effect), default);
        var shown = XmemlMulticlip.ActiveFile(item.Multiclip, reading.References);
        return OfMedia(shown.Exists ? reading.Media.File(shown, rate) : OtioBuild.MissingReference(), default);
    }

    XmemlContent OfMedia(OtioObject media, XmlNode file)
    {
        if (!_media.TryGetValue(media, out var known)) _media[media] = known = (OtioObject.Map((OtioSchema.DefaultMediaKey, media)), XmemlItemFields.ExtentOfMedia(media));
        return new(known.References, known.Extent, null, file);
    }

    static List<OtioObject> Filters(IReadOnlyList<XmlNode> filters) => filters.Count == 0 ? [] : [.. filters.Select(XmemlFilters.Read)];

    static List<OtioObject> Markers(IReadOnlyList<XmlNode> markers, XmemlSourceTimes times) =>
        markers.Count == 0 ? [] : [.. markers.Select(times.Markers().Read)];

    /// <summary>What no other part of the clip tells: the length of endless media, and where between frames sound is cut.</summary>
    static OtioObject WithOwnWords(XmemlItem item, OtioObject rest, XmemlItemFields fields)
    {
        if (fields.Duration is null && item.Duration.Exists) rest = rest.With("duration", XmlMetadata.Of(item.Duration));
        rest = WithSubframe(rest, XmemlKeys.SubframeIn, Ticks(item.TicksIn), fields.TicksIn, fields.Rate);
        return WithSubframe(rest, XmemlKeys.SubframeOut, Ticks(item.TicksOut), fields.TicksOut, fields.Rate);
    }

    static long? Ticks(XmlNode element) => element.Exists ? element.Integer() : null;

    static OtioObject WithSubframe(OtioObject rest, string key, long? ticks, long usual, FrameRate rate)
    {
        if (ticks is not { } said || said == usual || Int128.Abs((Int128)said - usual) >= XmemlRate.Ticks(1, rate)) return rest;
        return rest.With(key, said - usual);
    }

    static double RetimedIn(long cutIn, XmemlPlace place, FrameRate rate, FrameRate sequenceRate) =>
        (double)(cutIn + XmemlRetime.ToFrames(XmemlFrames.At(place.HeadReach ?? 0, sequenceRate), rate));

    XmemlSpelling Spell(XmemlItem item, XmemlItemFields fields, string name, bool isEnabled)
    {
        var spelling = new XmemlSpelling();
        spelling.Leaf(item.Name, "name", name);
        spelling.Leaf(item.Enabled, "enabled", isEnabled ? "TRUE" : "FALSE");
        if (fields.Duration is { } duration) spelling.Leaf(item.Duration, "duration", duration);
        spelling.Rate(item.Rate, fields.Rate);
        spelling.Leaf(item.Start, "start", fields.Start + Beside(item.Start, fields.Start));
        spelling.Leaf(item.End, "end", fields.End + Beside(item.End, fields.End));
        spelling.Leaf(item.In, "in", fields.In);
        spelling.Leaf(item.Out, "out", fields.Out);
        Ticks(spelling, item.TicksIn, "pproTicksIn", fields.TicksIn);
        Ticks(spelling, item.TicksOut, "pproTicksOut", fields.TicksOut);
        return spelling;
    }

    /// <summary>How far a written start or end is from the cut; 0 where one of them is -1.</summary>
    static long Beside(XmlNode element, long usual) => usual >= 0 && XmemlFrames.Read(element) is >= 0 and var written ? written - usual : 0;

    void Ticks(XmemlSpelling spelling, XmlNode element, string name, long usual)
    {
        if (reading.Habits.Ticks) spelling.Leaf(element, name, usual);
        else if (element.Exists) spelling.Leaf(element, name, null);
    }

    OtioObject Local(XmemlSeat seat, XmemlContent content, XmemlItemLinks links, XmemlSpelling spelling, XmemlItemFields fields)
    {
        var item = seat.Item;
        var local = new List<(string, OtioValue)>(8);
        if (seat.Id is { } id) local.Add((XmemlKeys.Id, id));
        if (item.Element.Name != "clipitem") local.Add((XmemlKeys.Item, item.Element.Name));
        if (item.MasterClip.Exists) local.Add((XmemlKeys.MasterClip, item.MasterClip.Text));
        if (content.File.Exists)
        {
            local.Add((XmemlKeys.FileId, content.File["id"] is { } file ? file : OtioNull.Value));
            if (!content.File.IsLeaf && !reading.References.IsFirst(content.File)) local.Add((XmemlKeys.Whole, true));
        }

        if (content.Sequence is { } sequence)
        {
            local.Add((XmemlKeys.SequenceId, sequence.Id is { } nested ? nested : OtioNull.Value));
            if (!sequence.Local.Fields.IsEmpty) local.Add((XmemlKeys.InSequence, sequence.Local));
        }

        if (links.Shape is { } shape) local.Add((XmemlKeys.Links, shape));
        if (Beside(item.Start, fields.Start) is not 0 and var start) local.Add((XmemlKeys.StartBeside, start));
        if (Beside(item.End, fields.End) is not 0 and var end) local.Add((XmemlKeys.EndBeside, end));
        if (!spelling.IsUsual) local.Add((XmemlKeys.Written, spelling.Exceptions));
        if (item.Extra is { } extra) local.Add((XmemlKeys.Extra, OtioArray.Of(extra)));
        return OtioObject.Map([.. local]);
    }

    static OtioObject Made(
        XmemlContent content, OtioObject metadata, string name, OtioObject range, List<OtioObject> effects, List<OtioObject> markers, bool isEnabled)
    {
        var effectList = effects.Count == 0 ? OtioArray.Empty : OtioArray.Of(effects);
        var markerList = markers.Count == 0 ? OtioArray.Empty : OtioArray.Of(markers);
        return content.Sequence is { } sequence
            ? OtioObject.Of(
                "Stack.1", ("metadata", metadata), ("name", name), ("source_range", range), ("effects", effectList), ("markers", markerList),
                ("enabled", isEnabled), ("children", sequence.Children))
            : OtioObject.Of(
                "Clip.2", ("metadata", metadata), ("name", name), ("source_range", range), ("effects", effectList), ("markers", markerList),
                ("enabled", isEnabled), ("media_references", content.References), ("active_media_reference_key", OtioSchema.DefaultMediaKey));
    }
}

/// <summary>What an item shows.</summary>
/// <param name="References">A clip's media references.</param>
/// <param name="Extent">Of its media.</param>
/// <param name="Sequence">Of a nest; null for a clip.</param>
/// <param name="File">The item's own file element; default without one.</param>
internal readonly record struct XmemlContent(OtioObject References, XmemlExtent Extent, XmemlSequence? Sequence, XmlNode File);
