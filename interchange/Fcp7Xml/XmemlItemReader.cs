using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Clip and generator items as clips and nests.</summary>
internal sealed class XmemlItemReader(XmemlReading reading)
{
    static readonly XmlNames ClipElements = new(
        "@id", "name", "enabled", "duration", "rate", "start", "end", "in", "out", "pproTicksIn", "pproTicksOut", "masterclipid", "file",
        "sequence", "link", "filter", "marker");

    static readonly XmlNames GeneratorElements = new(
        "@id", "name", "enabled", "duration", "rate", "start", "end", "in", "out", "pproTicksIn", "pproTicksOut", "masterclipid", "file",
        "sequence", "link", "filter", "marker", "effect");

    /// <param name="seat">The item.</param>
    /// <param name="place">Where on the track it stands.</param>
    /// <param name="cutIn">Its in point, -1 resolved.</param>
    /// <param name="sequenceRate">Of the track.</param>
    /// <param name="links">What it is linked with.</param>
    public OtioObject Read(XmemlSeat seat, XmemlPlace place, long cutIn, FrameRate sequenceRate, XmemlItemLinks links)
    {
        var item = seat.Item;
        var rate = XmemlRate.Read(item.Child("rate")) ?? sequenceRate;
        var content = ContentOf(item, rate);
        var effects = Filters(item);
        var retime = XmemlFilters.RetimeOf(effects);
        var isGenerator = item.Name == "generatoritem";
        var rest = XmlMetadata.Rest(item, isGenerator ? GeneratorElements : ClipElements);
        var times = new XmemlSourceTimes(place, sequenceRate, rate, XmemlItemFields.ExtentOf(content.Shown), retime);
        var range = XmemlFrames.Range(times.SourceStart(cutIn), rate, place.Duration, sequenceRate);
        if (retime is { IsVariable: true, StandsStill: false }) rest = rest.With(XmemlKeys.RetimedIn, RetimedIn(cutIn, place, rate, sequenceRate));
        var made = content.Shown.With("source_range", range);
        var fields = XmemlItemFields.Of(made, rest, place, sequenceRate, retime);
        rest = WithOwnWords(item, rest, fields);
        fields = XmemlItemFields.Of(made, rest, place, sequenceRate, retime);
        if (content.Sequence is { } sequence) rest = rest.With(XmemlKeys.Sequence, sequence.NestRest);

        var name = item.TextOf("name") ?? "";
        var isEnabled = !XmemlFilters.IsFalse(item.TextOf("enabled"));
        var spelling = Spell(item, fields, name, isEnabled);
        var local = Local(seat, content, links, spelling);
        var own = OtioObject.EmptyMap;
        if (links.Link is { } link) own = own.With(XmemlKeys.Link, link);
        if (content.Sequence is { } nested) own = own.With(XmemlKeys.Definition, nested.Definition).With(XmemlKeys.Rate, nested.Rate.ToString());
        if (!local.Fields.IsEmpty) own = own.With(XmemlKeys.Local, local);
        return With(made, XmemlOtio.Metadata(rest, own), name, effects, Markers(item, times), isEnabled);
    }

    (OtioObject Shown, XmemlSequence? Sequence, XmlNode File) ContentOf(XmlNode item, FrameRate rate)
    {
        if (item.Child("sequence") is { Exists: true } nested && reading.Sequences.Nested(nested) is { } sequence)
        {
            return (OtioBuild.Stack("", sequence.Tracks), sequence, default);
        }

        var file = item.Child("file");
        if (file.Exists) return (OtioBuild.Clip("", reading.Media.File(file, rate), null), null, file);
        if (item.Name == "generatoritem" && item.Child("effect") is { Exists: true } effect)
        {
            return (OtioBuild.Clip("", XmemlMediaReader.Generator(effect), null), null, default);
        }

        var shown = XmemlMulticlip.ActiveFile(item.Child("multiclip"), reading.References);
        var media = shown.Exists ? reading.Media.File(shown, rate) : OtioBuild.MissingReference();
        return (OtioBuild.Clip("", media, null), null, default);
    }

    static List<OtioObject> Filters(XmlNode item)
    {
        var effects = new List<OtioObject>();
        foreach (var filter in item.Named("filter")) effects.Add(XmemlFilters.Read(filter));
        return effects;
    }

    static List<OtioObject> Markers(XmlNode item, XmemlSourceTimes times)
    {
        var markers = new List<OtioObject>();
        var scale = times.Markers();
        foreach (var marker in item.Named("marker")) markers.Add(scale.Read(marker));
        return markers;
    }

    /// <summary>What no other part of the clip tells: the length of endless media, and where between frames sound is cut.</summary>
    static OtioObject WithOwnWords(XmlNode item, OtioObject rest, XmemlItemFields fields)
    {
        if (fields.Duration is null && item.Child("duration") is { Exists: true } duration) rest = rest.With("duration", XmlMetadata.Of(duration));
        rest = WithSubframe(rest, XmemlKeys.SubframeIn, item.IntegerOf("pproTicksIn"), fields.TicksIn, fields.Rate);
        return WithSubframe(rest, XmemlKeys.SubframeOut, item.IntegerOf("pproTicksOut"), fields.TicksOut, fields.Rate);
    }

    static OtioObject WithSubframe(OtioObject rest, string key, long? ticks, long usual, FrameRate rate)
    {
        if (ticks is not { } said || said == usual || Int128.Abs((Int128)said - usual) >= XmemlRate.Ticks(1, rate)) return rest;
        return rest.With(key, said - usual);
    }

    static double RetimedIn(long cutIn, XmemlPlace place, FrameRate rate, FrameRate sequenceRate) =>
        (double)(cutIn + XmemlRetime.ToFrames(XmemlFrames.At(place.HeadReach ?? 0, sequenceRate), rate));

    XmemlSpelling Spell(XmlNode item, XmemlItemFields fields, string name, bool isEnabled)
    {
        var spelling = new XmemlSpelling();
        spelling.Leaf(item.Child("name"), "name", name);
        spelling.Leaf(item.Child("enabled"), "enabled", isEnabled ? "TRUE" : "FALSE");
        if (fields.Duration is { } duration) spelling.Leaf(item.Child("duration"), "duration", duration);
        spelling.Rate(item.Child("rate"), fields.Rate);
        spelling.Leaf(item.Child("start"), "start", fields.Start);
        spelling.Leaf(item.Child("end"), "end", fields.End);
        spelling.Leaf(item.Child("in"), "in", fields.In);
        spelling.Leaf(item.Child("out"), "out", fields.Out);
        Ticks(spelling, item.Child("pproTicksIn"), "pproTicksIn", fields.TicksIn);
        Ticks(spelling, item.Child("pproTicksOut"), "pproTicksOut", fields.TicksOut);
        return spelling;
    }

    void Ticks(XmemlSpelling spelling, XmlNode element, string name, long usual)
    {
        if (reading.Habits.Ticks) spelling.Leaf(element, name, usual);
        else if (element.Exists) spelling.Leaf(element, name, null);
    }

    OtioObject Local(XmemlSeat seat, (OtioObject Shown, XmemlSequence? Sequence, XmlNode File) content, XmemlItemLinks links, XmemlSpelling spelling)
    {
        var item = seat.Item;
        var local = new List<(string, OtioValue)>(8);
        if (seat.Id is { } id) local.Add((XmemlKeys.Id, id));
        if (item.Name != "clipitem") local.Add((XmemlKeys.Item, item.Name));
        if (item.TextOf("masterclipid") is { } masterClip) local.Add((XmemlKeys.MasterClip, masterClip));
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
        if (!spelling.IsUsual) local.Add((XmemlKeys.Written, spelling.Exceptions));
        if (Extra(item) is { } extra) local.Add((XmemlKeys.Extra, extra));
        return OtioObject.Map([.. local]);
    }

    /// <summary>Elements that may be there once, a second time.</summary>
    static OtioArray? Extra(XmlNode item)
    {
        List<OtioValue>? extra = null;
        ReadOnlySpan<string> once =
            ["name", "enabled", "duration", "rate", "start", "end", "in", "out", "pproTicksIn", "pproTicksOut", "masterclipid", "file", "sequence"];
        var seen = 0;
        foreach (var child in item.Children)
        {
            var index = once.IndexOf(child.Name);
            if (index < 0) continue;
            if ((seen & (1 << index)) != 0) (extra ??= []).Add(OtioArray.Of([child.Name, XmlMetadata.Of(child)]));
            seen |= 1 << index;
        }

        return extra is null ? null : OtioArray.Of(extra);
    }

    static OtioObject With(OtioObject made, OtioObject metadata, string name, List<OtioObject> effects, List<OtioObject> markers, bool isEnabled) =>
        new([.. made.Fields.Select(f => f.Name switch
        {
            "metadata" => f with { Value = metadata },
            "name" => f with { Value = name },
            "effects" => f with { Value = OtioArray.Of(effects) },
            "markers" => f with { Value = OtioArray.Of(markers) },
            "enabled" => f with { Value = isEnabled },
            _ => f,
        })]);
}
