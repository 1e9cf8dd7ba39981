using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>An item of a storyline as OTIO.</summary>
/// <param name="Element">The element whose children hang on it: an audition's pick.</param>
/// <param name="Start">Its start in its own time, from which the offsets of what hangs on it count.</param>
/// <param name="Sound">The sound of a picture as a clip of its own.</param>
/// <param name="Conform">How its own time becomes the sequence's; null where both are one.</param>
internal sealed record FcpxmlItem(XmlNode Element, OtioObject Node, FcpxmlRow Row, Flicks Start, Flicks Duration, OtioObject? Sound, Flicks SoundOffset, Flicks SoundDuration, FcpxmlConform? Conform);

/// <summary>From one element of a storyline to OTIO, with everything it says.</summary>
internal sealed class FcpxmlItems(FcpxmlSource source, FcpxmlFrame frame, FcpxmlNests nests, FcpxmlLevel level)
{
    static readonly string[] Always =
    [
        "@name", "@offset", "@start", "@duration", "@enabled", "@lane", "marker", "chapter-marker", FcpxmlEffects.TimeMap,
        "adjust-crop", "adjust-corners", "adjust-conform", "adjust-transform", "adjust-blend", "adjust-stabilization", "adjust-rollingShutter",
        "adjust-360-transform", "adjust-reorient", "adjust-orientation", "adjust-cinematic", "adjust-colorConform", "adjust-stereo-3D",
        "adjust-volume", "adjust-panner", "adjust-loudness", "adjust-noiseReduction", "adjust-humReduction", "adjust-EQ", "adjust-matchEQ",
        "adjust-voiceIsolation", "filter-video", "filter-video-mask", "filter-audio", .. FcpxmlKeys.Anchors, "gap",
    ];

    static readonly OtioString ClipSchema = new("Clip.2");
    static readonly OtioString StackSchema = new("Stack.1");
    static readonly OtioString MediaKey = new(OtioSchema.DefaultMediaKey);
    static readonly OtioObject SoundSection = OtioObject.Map((FcpxmlKeys.Element, FcpxmlKeys.Word(FcpxmlKeys.Sound)));

    static readonly XmlNames OfItem = new(Always);
    static readonly XmlNames OfMedia = new([.. Always, FcpxmlKeys.Ref]);
    static readonly XmlNames OfAssetClip = new([.. Always, FcpxmlKeys.Ref, "@srcEnable", "@audioStart", "@audioDuration"]);
    static readonly XmlNames OfAssetClipWithSoundInside = new([.. Always, FcpxmlKeys.Ref, "@srcEnable"]);
    static readonly XmlNames OfClip = new([.. Always, "@audioStart", "@audioDuration"]);
    static readonly XmlNames OfGap = new(["@name", "@offset", "@duration", "@start", "marker", "chapter-marker", .. FcpxmlKeys.Anchors]);
    static readonly XmlNames OfTransition = new("@name", "@offset", "@duration");
    static readonly XmlNames OfAudition = new([.. FcpxmlKeys.Anchors, "@lane", "@offset"]);

    // One item is read at a time; what is nested has a reader of its own.
    readonly List<OtioField> _section = [];
    readonly List<OtioField> _own = [];

    /// <summary>What hangs on an item: all it holds but, in a container, what it contains.</summary>
    public static List<XmlNode> AnchoredIn(XmlNode parent)
    {
        var isContainer = parent.Name is "clip" or "sync-clip";
        var anchored = new List<XmlNode>();
        foreach (var child in parent.Children)
        {
            if (FcpxmlKeys.Anchors.Contains(child.Name) && (!isContainer || IsOnLane(child) || child.Name == "caption")) anchored.Add(child);
        }

        return anchored;
    }

    /// <summary>What a container contains.</summary>
    public static List<XmlNode> ContainedIn(XmlNode container)
    {
        var contained = new List<XmlNode>();
        foreach (var child in container.Children)
        {
            if ((FcpxmlKeys.Anchors.Contains(child.Name) && child.Name != "caption" && !IsOnLane(child)) || child.Name is "gap" or "transition") contained.Add(child);
        }

        return contained;
    }

    static bool IsOnLane(XmlNode node) => node["lane"] is not (null or "0");

    /// <summary>Null, with a diagnostic, for an element that is no item.</summary>
    /// <param name="element">An item or an audition.</param>
    /// <param name="offset">What its offset should say; null when it hangs on another and its place is kept as spelled.</param>
    /// <param name="order">Its place among what hangs on the same item.</param>
    /// <param name="storyline">Of a connected storyline that it is in.</param>
    public FcpxmlItem? Read(XmlNode element, Flicks? offset, int? order = null, OtioObject? storyline = null)
    {
        var node = element.Name == "audition" ? FirstPick(element) : element;
        if (!node.Exists || !FcpxmlKeys.StoryItems.Contains(node.Name))
        {
            source.Diagnostics.Warn(DiagnosticCodes.FcpxmlUnknownItem, element.Place, $"A {element.Name} is nothing that plays in a storyline; it was left out.");
            return null;
        }

        _section.Clear();
        var draft = new FcpxmlDraft(node, source.Time(node, "start"), source.Time(node, "duration", DurationOf(node)), new(frame.Grid), _section) { Conform = FcpxmlConform.Of(node, frame.Rate) };
        draft.Say(FcpxmlKeys.Element, FcpxmlKeys.Word(node.Name));
        Spell(draft, element, offset, order, storyline);
        if (storyline?[FcpxmlKeys.Storyline] is { } said) draft.Say(FcpxmlKeys.Storyline, said);
        if (element.Name == "audition") draft.Say(FcpxmlKeys.Audition, Audition(element));
        return node.Name switch
        {
            "ref-clip" or "mc-clip" => Nested(draft),
            "clip" or "sync-clip" => Container(draft),
            "asset-clip" => AssetClip(draft),
            _ => Plain(draft),
        };
    }

    public OtioObject Transition(XmlNode node, Flicks cut)
    {
        var offset = source.Time(node, "offset", cut);
        var duration = source.Time(node, "duration");
        var spelled = new FcpxmlSpelling(frame.Grid);
        spelled.Keep("offset", node["offset"], offset, node["offset"] is null);
        spelled.Keep("duration", node["duration"], duration);
        var rest = source.Stable(XmlMetadata.Rest(node, OfTransition));
        var name = node["name"] ?? "";
        if (node.Child("filter-audio").Exists) source.NoteOnce("fade", DiagnosticCodes.FcpxmlSoundOfTransition, node, "Transitions of this file fade the sound of their clips too. They are on the pictures here, so a file of another format cuts that sound; a file for Final Cut fades it as before.");
        return OtioObject.Of(
            "Transition.1",
            ("metadata", Metadata([(FcpxmlKeys.Element, "transition"), .. rest.Fields.Select(f => (f.Name, f.Value))], spelled, null)),
            ("name", name),
            ("in_offset", frame.Rational(cut - offset)),
            ("out_offset", frame.Rational(offset + duration - cut)),
            ("transition_type", name == "Cross Dissolve" ? "SMPTE_Dissolve" : "Custom_Transition"));
    }

    public OtioObject Gap(XmlNode node, Flicks start, Flicks duration, OtioObject? storyline)
    {
        var section = new List<(string, OtioValue)> { (FcpxmlKeys.Element, "gap") };
        if (storyline?[FcpxmlKeys.Storyline] is { } said) section.Add((FcpxmlKeys.Storyline, said));
        section.AddRange(source.Stable(XmlMetadata.Rest(node, OfGap)).Fields.Select(f => (f.Name, f.Value)));
        var spelled = new FcpxmlSpelling(frame.Grid);
        spelled.Keep("start", node["start"], start, always: true);
        spelled.Keep("duration", node["duration"], duration);
        if (storyline?.Text(FcpxmlKeys.Local) is { } label) spelled.Add(FcpxmlKeys.Storyline, label);
        if (node["name"] is null) spelled.Add("name", OtioNull.Value);
        if (node["offset"] is null) spelled.Add("offset", OtioNull.Value);
        else spelled.Add("offset", node["offset"] ?? "");
        if (Outside(node, start, duration) is { Items.IsEmpty: false } outside) section.Add((FcpxmlKeys.Markers, outside));
        if (level == FcpxmlLevel.Angle && AnchoredIn(node) is { Count: > 0 } anchored) section.Add((FcpxmlKeys.Anchored, Pairs(anchored)));
        return FcpxmlTracks.Space(duration, frame)
            .With("name", node["name"] is "Gap" or null ? "" : node["name"] ?? "")
            .With("metadata", Metadata(section, spelled, null));
    }

    public static bool IsInside(XmlNode marker, Flicks start, Flicks duration) =>
        FcpxmlTime.TryParse(marker["start"], out var at) && at >= start && at < start + duration;

    OtioArray Outside(XmlNode gap, Flicks start, Flicks duration)
    {
        var outside = new List<XmlNode>();
        foreach (var child in gap.Children)
        {
            if (FcpxmlKeys.IsMarker(child.Name) && (level != FcpxmlLevel.Sequence || !IsInside(child, start, duration))) outside.Add(child);
        }

        return Pairs(outside);
    }

    /// <summary>Elements of several names in order: name and value of each.</summary>
    OtioArray Pairs(IEnumerable<XmlNode> nodes) =>
        OtioArray.Of(nodes.Select(n => (OtioValue)OtioArray.Of([n.Name, source.Stable(XmlMetadata.Of(n))])));

    static XmlNode FirstPick(XmlNode audition)
    {
        foreach (var child in audition.Children) return child;
        return default;
    }

    OtioObject Audition(XmlNode element)
    {
        var rest = source.Stable(XmlMetadata.Rest(element, OfAudition));
        return rest.With(FcpxmlKeys.Picks, Pairs(element.Children.ToList().Skip(1)));
    }

    Flicks DurationOf(XmlNode node) =>
        source.Asset(node["ref"]) is { } asset && FcpxmlTime.TryParse(asset.Resource.Node["duration"], out var whole) ? whole : Flicks.Zero;

    void Spell(FcpxmlDraft draft, XmlNode element, Flicks? offset, int? order, OtioObject? storyline)
    {
        var (node, spelled) = (draft.Node, draft.Spelling);
        if (offset is { } at) spelled.Keep("offset", element["offset"], at, element["offset"] is null);
        else spelled.Keep("offset", element["offset"], source.Time(element, "offset"));
        if (node["start"] is { } start) spelled.Keep("start", start, draft.Start, draft.Start.IsZero || node.Child(FcpxmlEffects.TimeMap).Exists);
        spelled.Keep("duration", node["duration"], draft.Duration, node["duration"] is null);
        if (node["enabled"] == "1") spelled.Add("enabled", "1");
        if (node["name"] is null) spelled.Add("name", OtioNull.Value);
        if (order is { } index) spelled.Add(FcpxmlKeys.Order, (long)index);
        if (storyline?.Text(FcpxmlKeys.Local) is { } label) spelled.Add(FcpxmlKeys.Storyline, label);
        if (storyline?.Text(FcpxmlKeys.SpineOffset) is { } begins) spelled.Add(FcpxmlKeys.SpineOffset, begins);
    }

    FcpxmlItem AssetClip(FcpxmlDraft draft)
    {
        var node = draft.Node;
        var asset = source.Asset(node["ref"]);
        if (asset is null) source.WarnOnce("ref " + node["ref"], DiagnosticCodes.FcpxmlNoResource, node, $"The clip \"{node["name"]}\" shows {node["ref"]}, which is no asset of this file; its media is unknown.");
        var enable = node["srcEnable"];
        if (enable is not null) draft.Spelling.Add("srcEnable", enable);
        var row = asset is { HasVideo: false } || enable == "audio" ? FcpxmlRow.Audio : FcpxmlRow.Video;
        var hasSound = row == FcpxmlRow.Video && asset is { HasAudio: true } && enable is null or "all" && CanSplitSound(draft);
        if (row == FcpxmlRow.Video && asset is { HasAudio: true } && enable is null or "all" && !hasSound) draft.Say(FcpxmlKeys.Sound, true);
        draft.Rest(hasSound ? OfAssetClip : OfAssetClipWithSoundInside, source);
        return Clip(draft, row, asset?.Reference ?? OtioBuild.MissingReference(), asset?.Rate, hasSound ? asset?.Resource.Key : null, asset?.Resource.Node["name"]);
    }

    /// <summary>Sound that begins before the sequence does, is retimed, or is in an angle stays with its picture.</summary>
    bool CanSplitSound(FcpxmlDraft draft) => level != FcpxmlLevel.Angle && (draft.Node["audioStart"] is null || draft is { Conform: null } && draft.Node.Child(FcpxmlEffects.TimeMap) is { Exists: false });

    FcpxmlItem Plain(FcpxmlDraft draft)
    {
        var node = draft.Node;
        if (source.Asset(node["ref"]) is { } asset)
        {
            draft.Rest(OfMedia, source);
            return Clip(draft, node.Name == "audio" ? FcpxmlRow.Audio : FcpxmlRow.Video, asset.Reference, asset.Rate, null, asset.Resource.Node["name"]);
        }

        draft.Rest(OfItem, source);
        var kind = source.Find(node["ref"])?.Node["name"] ?? node.Name;
        var row = node.Name switch { "audio" => FcpxmlRow.Audio, "caption" => FcpxmlRow.Caption, _ => FcpxmlRow.Video };
        return Clip(draft, row, OtioBuild.GeneratorReference(kind, null), null, null, null);
    }

    FcpxmlItem Container(FcpxmlDraft draft)
    {
        var contained = ContainedIn(draft.Node);
        var isClip = draft.Node.Name == "clip";
        if (isClip && contained.Count <= 1 && (contained.Count == 0 || contained[0].Name is "video" or "audio" or "gap" or "spine")) return SimpleClip(draft, contained);
        if (nests.Inside(contained, frame) is not { } inside) return SimpleClip(draft, contained);
        draft.Rest(OfItem, source);
        return Nest(draft, FcpxmlRow.Video, inside, null);
    }

    FcpxmlItem SimpleClip(FcpxmlDraft draft, List<XmlNode> contained)
    {
        var pictures = contained.Count == 1 && contained[0].Name == "video" ? contained[0] : default;
        var sounds = contained.Count == 1 ? FcpxmlNests.First(contained[0], "audio") : default;
        var shown = pictures.Exists ? pictures : sounds;
        var asset = shown.Exists ? source.Asset(shown["ref"]) : null;
        var row = !pictures.Exists && sounds.Exists ? FcpxmlRow.Audio : FcpxmlRow.Video;
        var hasSound = row == FcpxmlRow.Video && sounds.Exists && CanSplitSound(draft);
        if (hasSound && source.Asset(sounds["ref"])?.Resource.Key != asset?.Resource.Key) hasSound = false;
        if (sounds.Exists && row == FcpxmlRow.Video && !hasSound) draft.Say(FcpxmlKeys.Sound, true);
        draft.Rest(hasSound ? OfClip : OfItem, source);
        if (contained.Count > 0) draft.Say(FcpxmlKeys.Content, Pairs(contained));
        if (shown.Exists && FcpxmlTime.TryParse(shown["start"], out var start) && FcpxmlTime.TryParse(shown["offset"], out var offset)) draft.Shift = start - offset;
        var reference = asset?.Reference ?? (shown.Exists ? OtioBuild.GeneratorReference(source.Find(shown["ref"])?.Node["name"] ?? shown.Name, null) : OtioBuild.MissingReference());
        return Clip(draft, row, reference, asset?.Rate, hasSound ? asset?.Resource.Key : null, asset?.Resource.Node["name"]);
    }

    FcpxmlItem Nested(FcpxmlDraft draft)
    {
        var node = draft.Node;
        var row = node["srcEnable"] == "audio" ? FcpxmlRow.Audio : FcpxmlRow.Video;
        draft.Rest(OfItem, source);
        var media = source.Find(node["ref"]);
        if (media is { Kind: "media" } && nests.Of(media, frame, node) is { } inside) return Nest(draft, row, inside, media.Key);
        if (media is null) source.WarnOnce("ref " + node["ref"], DiagnosticCodes.FcpxmlNoResource, node, $"The clip \"{node["name"]}\" shows {node["ref"]}, which is no media of this file; what is inside is unknown.");
        return Clip(draft, row, OtioBuild.MissingReference(name: media?.Node["name"] ?? ""), null, null, null);
    }

    FcpxmlItem Nest(FcpxmlDraft draft, FcpxmlRow row, FcpxmlInside inside, string? definition)
    {
        var origin = draft.Start >= inside.Origin ? inside.Origin : Flicks.Zero;
        if (!origin.IsZero) draft.Say(FcpxmlKeys.Origin, FcpxmlTime.Format(origin, frame.Grid));
        return Build(draft, row, origin, StackSchema, [new("children", inside.Tracks)], definition, null, null, null);
    }

    FcpxmlItem Clip(FcpxmlDraft draft, FcpxmlRow row, OtioObject reference, FrameRate? rate, string? sound, string? fallbackName)
    {
        OtioField[] body = [new("media_references", source.References(reference)), new("active_media_reference_key", MediaKey)];
        return Build(draft, row, -draft.Shift, ClipSchema, body, null, sound, fallbackName, rate);
    }

    FcpxmlItem Build(FcpxmlDraft draft, FcpxmlRow row, Flicks origin, OtioString schema, OtioField[] body, string? definition, string? sound, string? fallbackName, FrameRate? rate)
    {
        var node = draft.Node;
        var map = FcpxmlTimeMap.Of(node.Child(FcpxmlEffects.TimeMap) is { Exists: true } retime ? XmlMetadata.Of(retime) : null);
        Flicks Place(Flicks time) => (map?.ToSource(time) ?? time) - origin;
        var name = node["name"] ?? fallbackName ?? "";
        if (level == FcpxmlLevel.Angle && AnchoredIn(node) is { Count: > 0 } anchored) draft.Say(FcpxmlKeys.Anchored, Pairs(anchored));
        var section = draft.StyledSection();
        _own.Clear();
        string? link = null;
        if (sound is not null) _own.Add(new(FcpxmlKeys.Link, link = source.NextLink($"{sound}@{draft.Start.Value}")));
        if (definition is not null) _own.Add(new(FcpxmlKeys.Definition, definition));
        if (draft.Spelling.Any) _own.Add(new(FcpxmlKeys.Local, draft.Spelling.Fields));
        var metadata = _own.Count == 0
            ? OtioObject.Map((FcpxmlKeys.Section, section))
            : OtioObject.Map((FcpxmlKeys.Section, section), (OtioSchema.OwnMetadata, new OtioObject([.. _own])));
        var range = frame.Range(Place(draft.Start), draft.Duration, rate);
        var item = Node(schema, metadata, name, range, FcpxmlEffects.Of(node, source, map, draft.Conform), FcpxmlMarkers.Of(node, source, frame, Place, map is not null), node, body);
        if (link is null) return new(node, item, row, draft.Start, draft.Duration, null, default, default, draft.Conform);
        var (soundStart, soundDuration) = (source.Time(node, "audioStart", draft.Start), source.Time(node, "audioDuration", draft.Duration));
        return new(node, item, row, draft.Start, draft.Duration, Sound(draft, link, name, soundStart == draft.Start && soundDuration == draft.Duration ? range : frame.Range(Place(soundStart), soundDuration, rate), body), soundStart - draft.Start, soundDuration, draft.Conform);
    }

    static OtioObject Node(OtioString schema, OtioObject metadata, string name, OtioObject range, OtioArray effects, OtioArray markers, XmlNode node, OtioField[] body) => new(
    [
        new(OtioSchema.Key, schema),
        new("metadata", metadata),
        new("name", name),
        new("source_range", range),
        new("effects", effects),
        new("markers", markers),
        new("enabled", node["enabled"] != "0"),
        .. body,
    ]);

    OtioObject Sound(FcpxmlDraft draft, string link, string name, OtioObject range, OtioField[] body)
    {
        var spelled = new FcpxmlSpelling(frame.Grid);
        if (draft.Node["audioStart"] is { } from) spelled.Add("audioStart", from);
        if (draft.Node["audioDuration"] is { } length) spelled.Add("audioDuration", length);
        var effects = draft.Node.Child(FcpxmlEffects.TimeMap).Exists || draft.Conform is not null ? FcpxmlEffects.RetimeOnly(draft.Node, draft.Conform) : OtioArray.Empty;
        var own = spelled.Any ? OtioObject.Map((FcpxmlKeys.Link, link), (FcpxmlKeys.Local, spelled.Fields)) : OtioObject.Map((FcpxmlKeys.Link, link));
        return Node(ClipSchema, OtioObject.Map((FcpxmlKeys.Section, SoundSection), (OtioSchema.OwnMetadata, own)), name, range, effects, OtioArray.Empty, draft.Node, body);
    }

    static OtioObject Metadata(List<(string, OtioValue)> section, FcpxmlSpelling spelled, string? link)
    {
        var own = new List<(string, OtioValue)>();
        if (link is not null) own.Add((FcpxmlKeys.Link, link));
        if (spelled.Any) own.Add((FcpxmlKeys.Local, spelled.Fields));
        var said = OtioObject.Map([.. section]);
        return own.Count == 0
            ? OtioObject.Map((FcpxmlKeys.Section, said))
            : OtioObject.Map((FcpxmlKeys.Section, said), (OtioSchema.OwnMetadata, OtioObject.Map([.. own])));
    }
}
