using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Clips and nests as clip and generator items.</summary>
internal sealed class XmemlItemWriter(XmemlWriting writing)
{
    public void TakeIds(List<XmemlTrackPlan> plans)
    {
        foreach (var plan in plans)
        {
            foreach (var cue in plan.Cues)
            {
                if (!cue.IsTransition) cue.Id = writing.Ids.Take(ElementOf(cue.Node), XmemlOtio.Local(cue.Node) is { } local ? local.Text(XmemlKeys.Id) : XmemlOtio.Rest(cue.Node).Text("@id"));
            }
        }
    }

    public void Write(XmemlCue cue, XmemlTrackPlan plan, FrameRate sequenceRate, XmemlLinkWriter links)
    {
        var (node, output) = (cue.Node, writing.Output);
        var rest = XmemlOtio.Rest(node, XmemlItemReader.ClipElements);
        var local = XmemlOtio.Local(node);
        var retime = XmemlFilters.RetimeOf(node.Objects("effects"));
        var fields = XmemlItemFields.Of(node, rest, cue.Place, sequenceRate, retime);
        var element = ElementOf(node);
        output.Start(element);
        if (local is null || local.Text(XmemlKeys.Id) is not null) output.Attribute("id", cue.Id);
        XmlMetadata.WriteAttributes(output, rest);
        MasterClip(node, local, element);
        Times(node, local, rest, fields, cue);
        Content(cue, rest, local, fields.Rate);
        Filters(cue, plan, fields.Rate);
        Markers(cue, fields.Rate, new(cue.Place, sequenceRate, fields.Rate, XmemlItemFields.ExtentOf(node), retime));
        if (local is null && plan.MediaType == "audio") SourceTrack(cue, links);
        links.Write(cue);
        XmlMetadata.WriteChildren(output, Kept(rest));
        foreach (var extra in local?.List(XmemlKeys.Extra) ?? [])
        {
            if (extra is OtioArray { Items: [OtioString name, var value] } && XmlNames.IsName(name.Value)) XmlMetadata.Write(output, name.Value, value);
        }

        output.End();
        writing.Losses.Foreign(node, cue.Location);
        Inactive(cue);
    }

    public static string ElementOf(OtioObject node)
    {
        if (XmemlOtio.Local(node) is { } local) return local.Text(XmemlKeys.Item) == "generatoritem" ? "generatoritem" : "clipitem";
        return node.SchemaName == OtioSchema.Clip && IsGenerator(XmemlOtio.ActiveMedia(node)) ? "generatoritem" : "clipitem";
    }

    static bool IsGenerator(OtioObject? media) => media is { SchemaName: OtioSchema.GeneratorReference } && (!XmemlOtio.HasRest(media) || XmemlOtio.Rest(media)["effecttype"] is not null);

    void MasterClip(OtioObject node, OtioObject? local, string element)
    {
        if (local is not null)
        {
            if (local.Text(XmemlKeys.MasterClip) is { } kept) writing.Output.Leaf("masterclipid", kept);
        }
        else if (writing.Habits.MasterClips && element == "clipitem" && node.SchemaName == OtioSchema.Clip && XmemlOtio.ActiveMedia(node) is { } media)
        {
            writing.Output.Leaf("masterclipid", writing.Files.MasterClip(media));
        }
    }

    void Times(OtioObject node, OtioObject? local, OtioObject rest, XmemlItemFields fields, XmemlCue cue)
    {
        var speller = new XmemlSpeller(writing.Output, local?.Child(XmemlKeys.Written));
        speller.Leaf("name", node.Text("name") ?? "");
        speller.Leaf("enabled", node.Flag("enabled") is not false ? "TRUE" : "FALSE");
        if (fields.Duration is { } duration) speller.Derived("duration", XmemlFrames.Text(duration));
        else if (rest["duration"] is null && local is null) writing.Output.Leaf("duration", Math.Max(fields.Out, 0));
        speller.Rate(fields.Rate);
        speller.Leaf("start", Beside(fields.Start, local, XmemlKeys.StartBeside, speller, fields));
        speller.Leaf("end", Beside(fields.End, local, XmemlKeys.EndBeside, speller, fields));
        speller.Leaf("in", fields.In);
        speller.Leaf("out", fields.Out);
        var hasTicks = writing.Habits.Ticks || (local is null && !fields.SourceIsExact);
        speller.Derived("pproTicksIn", hasTicks ? XmemlFrames.Text(fields.TicksIn) : null);
        speller.Derived("pproTicksOut", hasTicks ? XmemlFrames.Text(fields.TicksOut) : null);
        if (local is not null || fields.SourceIsExact) return;
        writing.Losses.Approximated(cue.Location, $"'{node.Text("name")}' begins between frames of its media; the nearest was written, and the exact moment as Premiere's ticks.");
    }

    static long Beside(long usual, OtioObject? local, string key, XmemlSpeller speller, XmemlItemFields fields) =>
        usual >= 0 && local?.Number(key) is { } frames && speller.Holds("in", fields.In) && speller.Holds("out", fields.Out)
            ? usual + (long)Math.Clamp(frames, -1e12, 1e12)
            : usual;

    void Content(XmemlCue cue, OtioObject rest, OtioObject? local, FrameRate rate)
    {
        var node = cue.Node;
        if (node.SchemaName != OtioSchema.Clip)
        {
            writing.Sequences.Nest(node, rate, cue.Location);
            return;
        }

        var media = XmemlOtio.ActiveMedia(node) ?? OtioBuild.MissingReference();
        if (ElementOf(node) == "generatoritem" && media.SchemaName == OtioSchema.GeneratorReference && local?[XmemlKeys.FileId] is null)
        {
            Generator(cue, media);
            return;
        }

        var isAsRead = local is not null && local[XmemlKeys.FileId] is null;
        if (isAsRead && media.SchemaName == OtioSchema.MissingReference && !XmemlOtio.HasRest(media)) return;
        if (isAsRead && rest["multiclip"] is not null && XmemlOtio.HasRest(media)) return;
        if (media.SchemaName == OtioSchema.MissingReference && !XmemlOtio.HasRest(media) && media.Text("name") is not { Length: > 0 }) media = media.With("name", node.Text("name") ?? "");
        writing.Files.Write(node, media, rate, cue.Location);
    }

    void Generator(XmemlCue cue, OtioObject media)
    {
        var output = writing.Output;
        output.Start("effect");
        if (XmemlOtio.HasRest(media))
        {
            XmlMetadata.WriteAttributes(output, XmemlOtio.Rest(media));
            XmemlMediaFields.WriteGenerator(output, media, XmemlOtio.Rest(media));
        }
        else
        {
            var (name, id) = media.Text("generator_kind") switch
            {
                "black" or "Slug" or "" or null => ("Slug", "Slug"),
                "SMPTEBars" => ("Bars and Tone (HD)", "Bars and Tone"),
                { } kind => (kind, kind),
            };
            writing.Losses.Approximated(cue.Location, $"The generator '{media.Text("generator_kind")}' was written as '{name}'; programs know generators by their own names.");
            output.Leaf("name", name);
            output.Leaf("effectid", id);
            output.Leaf("effectcategory", "Matte");
            output.Leaf("effecttype", "generator");
            output.Leaf("mediatype", "video");
            if (media.Child("parameters") is { Fields.IsEmpty: false }) writing.Losses.LeftOut(cue.Location, $"What the generator '{name}' is set to", "each program's generators have settings of their own");
        }

        output.End();
        writing.Losses.MetadataOf(media, cue.Location);
    }

    void Filters(XmemlCue cue, XmemlTrackPlan plan, FrameRate rate)
    {
        foreach (var effect in cue.Node.Objects("effects"))
        {
            writing.Losses.MetadataOf(effect, cue.Location);
            var isRetime = effect.SchemaName is OtioSchema.LinearTimeWarp or OtioSchema.FreezeFrame;
            if (isRetime || XmemlOtio.HasRest(effect) || XmemlOtio.Local(effect) is not null) XmemlFilters.Write(writing.Output, effect, plan.MediaType);
            else writing.Losses.LeftOut(cue.Location, $"The effect '{effect.Text("name") ?? effect.Text("effect_name")}' of '{cue.Node.Text("name")}'", "an effect needs the parameters that the program it is from gave it");
        }
    }

    void Markers(XmemlCue cue, FrameRate rate, XmemlSourceTimes times)
    {
        var markers = times.Markers();
        foreach (var marker in cue.Node.Objects("markers"))
        {
            writing.Losses.MetadataOf(marker, cue.Location);
            var range = XmemlMarkers.RangeOf(marker);
            if (XmemlOtio.Local(marker) is null && XmemlOtio.RangeOf(range) is { } said && markers.ToMedia(markers.ToCount(said.Start)) != said.Start)
            {
                writing.Losses.Approximated(cue.Location, $"The marker '{marker.Text("name")}' of '{cue.Node.Text("name")}' is between frames of the clip; the nearest was written.");
            }

            markers.Write(writing.Output, marker, range);
        }
    }

    /// <summary>Which channel of its file a sound clip plays: its place among the sound that it is linked with.</summary>
    void SourceTrack(XmemlCue cue, XmemlLinkWriter links)
    {
        writing.Output.Start("sourcetrack");
        writing.Output.Leaf("mediatype", "audio");
        writing.Output.Leaf("trackindex", links.ChannelOf(cue));
        writing.Output.End();
    }

    static OtioObject Kept(OtioObject rest) => rest
        .Without(XmemlKeys.Sequence).Without(XmemlKeys.SubframeIn).Without(XmemlKeys.SubframeOut).Without(XmemlKeys.RetimedIn);

    /// <summary>Media that a clip could show and does not.</summary>
    void Inactive(XmemlCue cue)
    {
        if (cue.Node.Child("media_references") is not { } references || references.Fields.Length < 2) return;
        writing.Losses.LeftOut(cue.Location, $"The other media of '{cue.Node.Text("name")}' ({XmemlFrames.Text(references.Fields.Length - 1)})", "a clip has one file");
    }
}
