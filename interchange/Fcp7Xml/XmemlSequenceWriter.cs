using CineGit.Interchange.Xml;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Sequences: of timelines, and of nests, which are defined where they are first used.</summary>
internal sealed class XmemlSequenceWriter(XmemlWriting writing)
{
    const int Deepest = 64;

    readonly Dictionary<string, (string Id, OtioValue? Children)> _defined = [];
    int _depth;

    public void Timeline(OtioObject timeline, string location)
    {
        var stack = timeline.Child("tracks") ?? OtioObject.EmptyMap;
        var rest = XmemlOtio.Rest(timeline, XmemlSequenceReader.OfTimeline).Without(XmemlKeys.File).Without(XmemlKeys.Outline);
        var local = XmemlOtio.Local(timeline);
        IReadOnlyList<OtioObject> tracks = [.. stack.Objects("children")];
        var rate = Sayable(RateOf(timeline, tracks, location), location);
        writing.Losses.MetadataOf(timeline, location);
        StackLosses(timeline, stack, location);
        var start = OtioTimes.TryRead(timeline["global_start_time"], out var at) ? at : default;
        var plans = new XmemlTrackPlanner(rate, writing.Losses).Plan(tracks, $"{location}/tracks");
        Start(writing.Ids.Take("sequence", local?.Text(XmemlKeys.Id)), local is null || local.Text(XmemlKeys.Id) is not null, rest, local);
        Head(timeline.Text("name") ?? "", rate, tracks, local?.Child(XmemlKeys.Written));
        var timecode = rest.Child("timecode");
        if (timecode is not null || local is null || !start.Time.IsZero)
        {
            var counted = start.Rate is { } own && own == rate ? own : rate;
            XmemlTimecode.Write(new(writing.Output, local?.Child(XmemlKeys.Written)), writing.Output, timecode, start.Time, counted, DropFrame.Of(timeline, rate, start.Time));
        }

        Media(plans, rest, rate, local is not null);
        Markers(timeline, stack, plans, rate);
        XmlMetadata.WriteChildren(writing.Output, rest.Without("media").Without("timecode"));
        writing.Output.End();
    }

    /// <summary>Writes the sequence that a nest shows: whole at its first use, later its id.</summary>
    public void Nest(OtioObject nest, FrameRate outer, string location)
    {
        var local = XmemlOtio.Local(nest);
        var children = nest["children"];
        var key = XmemlOtio.Own(nest)?.Text(XmemlKeys.Definition) is { Length: > 0 } definition ? definition : local?.Text(XmemlKeys.SequenceId);
        if (key is null || (_defined.TryGetValue(key, out var known) && !Equals(known.Children, children))) key = nest.Without("metadata").With("source_range", OtioNull.Value).Hash.ToString();
        var hasId = local is null || local[XmemlKeys.SequenceId] is not OtioNull;
        if (hasId && _defined.TryGetValue(key, out var defined))
        {
            writing.Output.Start("sequence");
            writing.Output.Attribute("id", defined.Id);
            writing.Output.End();
            return;
        }

        if (_depth >= Deepest)
        {
            writing.Losses.LeftOut(location, $"What is nested in '{nest.Text("name")}'", "it goes too deep to be written");
            return;
        }

        var id = writing.Ids.Take("sequence", local?.Text(XmemlKeys.SequenceId));
        if (hasId) _defined[key] = (id, children);
        _depth++;
        NestWhole(nest, id, hasId, outer, location);
        _depth--;
    }

    void NestWhole(OtioObject nest, string id, bool hasId, FrameRate outer, string location)
    {
        var rest = XmemlOtio.Rest(nest).Child(XmemlKeys.Sequence);
        var local = XmemlOtio.Local(nest)?.Child(XmemlKeys.InSequence);
        IReadOnlyList<OtioObject> tracks = nest.SchemaName == OtioSchema.Track ? [nest.With("effects", OtioArray.Empty).With("markers", OtioArray.Empty)] : [.. nest.Objects("children")];
        var rate = XmemlRate.Of(rest?["rate"]) ?? Sayable(XmemlSequenceRate.Of(nest, tracks) ?? outer, location);
        var plans = new XmemlTrackPlanner(rate, writing.Losses).Plan(tracks, $"{location}/children");
        Start(id, hasId, rest ?? OtioObject.EmptyMap, local);
        if (rest is null)
        {
            Head(nest.Text("name") ?? "", rate, tracks, null);
            XmemlTimecode.Write(new(writing.Output, null), writing.Output, null, Flicks.Zero, rate, drop: false);
        }
        else
        {
            new XmemlSpeller(writing.Output, local?.Child(XmemlKeys.Written)).Derived("duration", XmemlFrames.Text(XmemlSequenceReader.LengthOf(tracks, rate)));
        }

        Media(plans, rest ?? OtioObject.EmptyMap, rate, rest is not null);
        if (rest is not null) XmlMetadata.WriteChildren(writing.Output, rest.Without("media"));
        writing.Output.End();
    }

    FrameRate RateOf(OtioObject timeline, IReadOnlyList<OtioObject> tracks, string location)
    {
        if (XmemlSequenceRate.Of(timeline, tracks) is { } rate) return rate;
        writing.Losses.Assumed(location, "Nothing says which rate the timeline has; 24 frames a second were written.");
        return FrameRate.Fps24;
    }

    FrameRate Sayable(FrameRate rate, string location)
    {
        if (XmemlRate.CanSay(rate) && rate.NominalFramesPerSecond <= 1000) return rate;
        var nearest = new FrameRate(Math.Clamp(rate.NominalFramesPerSecond, 1, 1000), 1);
        writing.Losses.Approximated(location, $"A sequence of {rate} frames a second was written at {nearest}; Final Cut Pro 7 XML has whole rates and those of NTSC.");
        return nearest;
    }

    void Start(string id, bool hasId, OtioObject rest, OtioObject? local)
    {
        writing.Output.Start("sequence");
        if (hasId) writing.Output.Attribute("id", id);
        XmlMetadata.WriteAttributes(writing.Output, rest);
        if (local?.Child(XmemlKeys.View) is { } view) XmlMetadata.WriteAttributes(writing.Output, view);
    }

    void Head(string name, FrameRate rate, IReadOnlyList<OtioObject> tracks, OtioObject? written)
    {
        var speller = new XmemlSpeller(writing.Output, written);
        speller.Leaf("name", name);
        speller.Derived("duration", XmemlFrames.Text(XmemlSequenceReader.LengthOf(tracks, rate)));
        speller.Rate(rate);
    }

    void Media(List<XmemlTrackPlan> plans, OtioObject rest, FrameRate rate, bool isFromSuchAFile)
    {
        var media = rest.Child("media");
        if (isFromSuchAFile && media is null && plans.Count == 0) return;
        writing.Items.TakeIds(plans);
        writing.Output.Start("media");
        if (media is not null) XmlMetadata.WriteAttributes(writing.Output, media);
        var links = new XmemlLinkWriter(writing, plans);
        foreach (var mediaType in (string[])["video", "audio"])
        {
            var kept = media?.Child(mediaType);
            var ofKind = plans.Where(p => p.MediaType == mediaType).ToList();
            if (kept is null && ofKind.Count == 0 && (isFromSuchAFile || mediaType == "audio")) continue;
            writing.Output.Start(mediaType);
            if (kept is not null) XmlMetadata.WriteRest(writing.Output, kept);
            else XmemlDefaults.Write(writing, mediaType, rate, ofKind);
            foreach (var plan in ofKind) Track(plan, rate, links);
            writing.Output.End();
        }

        if (media is not null) XmlMetadata.WriteChildren(writing.Output, media.Without("video").Without("audio"));
        writing.Output.End();
    }

    void Track(XmemlTrackPlan plan, FrameRate rate, XmemlLinkWriter links)
    {
        var output = writing.Output;
        var isTrack = plan.Node.SchemaName == OtioSchema.Track;
        var rest = isTrack ? XmemlOtio.Rest(plan.Node, XmemlTrackReader.OfTrack) : OtioObject.EmptyMap;
        var local = isTrack ? XmemlOtio.Local(plan.Node) : null;
        output.Start("track");
        XmlMetadata.WriteAttributes(output, rest);
        if (local?.Child(XmemlKeys.View) is { } view) XmlMetadata.WriteAttributes(output, view);
        var name = isTrack ? plan.Node.Text("name") ?? "" : "";
        var isNamedByAttribute = local?.Flag(XmemlView.TrackName) is true;
        if (isNamedByAttribute) output.Attribute(XmemlView.TrackName.AsSpan(1), name);
        var speller = new XmemlSpeller(output, local?.Child(XmemlKeys.Written));
        foreach (var part in XmemlTrackOrder.In(local, rest))
        {
            switch (part)
            {
                case "": Items(plan, rate, links); break;
                case "name": speller.Leaf("name", name.Length > 0 ? name : null); break;
                case "enabled": speller.Leaf("enabled", !isTrack || plan.Node.Flag("enabled") is not false ? "TRUE" : "FALSE"); break;
                default: XmlMetadata.WriteChildren(output, new(rest.Fields.RemoveAll(f => f.Name != part))); break;
            }
        }

        if (local is null && rest["locked"] is null) output.Leaf("locked", "FALSE");
        if (isTrack) TrackLosses(plan);
        output.End();
    }

    void Items(XmemlTrackPlan plan, FrameRate rate, XmemlLinkWriter links)
    {
        foreach (var cue in plan.Cues)
        {
            if (cue.IsTransition) XmemlTransitionWriter.Write(writing, cue, rate, plan.MediaType);
            else writing.Items.Write(cue, plan, rate, links);
        }
    }

    void TrackLosses(XmemlTrackPlan plan)
    {
        writing.Losses.MetadataOf(plan.Node, plan.Location);
        foreach (var effect in plan.Node.Objects("effects"))
        {
            writing.Losses.LeftOut(plan.Location, $"The track effect '{effect.Text("name")}'", "tracks have no effects");
        }

        if (plan.Node["source_range"] is OtioObject) writing.Losses.LeftOut(plan.Location, $"The trim of the track '{plan.Node.Text("name")}' as a whole", "tracks begin at zero and end with their last item");
    }

    void StackLosses(OtioObject timeline, OtioObject stack, string location)
    {
        writing.Losses.MetadataOf(stack, location);
        foreach (var effect in stack.Objects("effects")) writing.Losses.LeftOut(location, $"The effect '{effect.Text("name")}' on the whole timeline '{timeline.Text("name")}'", "sequences have no effects");
        if (stack["source_range"] is OtioObject) writing.Losses.LeftOut(location, $"The trim of the timeline '{timeline.Text("name")}' as a whole", "sequences begin at zero and end with their last item");
    }

    /// <summary>Markers of the sequence; those on tracks join them, as tracks have none.</summary>
    void Markers(OtioObject timeline, OtioObject stack, List<XmemlTrackPlan> plans, FrameRate rate)
    {
        var markers = XmemlMarkers.Of(rate);
        foreach (var marker in timeline.Objects("markers").Concat(stack.Objects("markers"))) markers.Write(writing.Output, marker, XmemlMarkers.RangeOf(marker));
        foreach (var plan in plans.Where(p => p.Node.SchemaName == OtioSchema.Track))
        {
            foreach (var marker in plan.Node.Objects("markers"))
            {
                writing.Losses.Approximated(plan.Location, $"The marker '{marker.Text("name")}' of the track '{plan.Node.Text("name")}' was written on the sequence; in Final Cut Pro 7 XML tracks have none.");
                markers.Write(writing.Output, marker, XmemlMarkers.RangeOf(marker));
            }
        }
    }
}
