using System.Collections.Frozen;
using System.Collections.Immutable;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Names in <c>metadata.fcpx</c>. Attributes stand there as <c>@name</c>, children under their element's name.</summary>
internal static class FcpxmlKeys
{
    /// <summary>The key that OpenTimelineIO's adapter uses.</summary>
    public const string Section = "fcpx";

    /// <summary>On an item, an effect or a marker: which element it is.</summary>
    public const string Element = "element";

    /// <summary>On a track: how far above (or below) the primary storyline.</summary>
    public const string Lane = "lane";

    /// <summary>On a connected item: what it hangs on, where that is not what plays under its start.</summary>
    public const string Anchor = "anchor";
    public const string Step = "step";

    /// <summary>On an item in a connected storyline: what the storyline says of itself.</summary>
    public const string Storyline = "storyline";

    /// <summary>What is inside a clip that shows one source.</summary>
    public const string Content = "content";

    /// <summary>The picks of an audition that are not shown, and what the audition says of itself.</summary>
    public const string Audition = "audition";
    public const string Picks = "picks";

    /// <summary>On a nest: what its record time zero is called inside.</summary>
    public const string Origin = "origin";

    /// <summary>Items that hang on an item of a multicam angle.</summary>
    public const string Anchored = "anchored";

    /// <summary>Markers of a gap that stand outside it.</summary>
    public const string Markers = "markers";

    /// <summary>On a clip whose sound is no element of its own on an audio track.</summary>
    public const string Sound = "sound";

    public const string Version = "version";
    public const string Resources = "resources";
    public const string Layout = "layout";
    public const string Items = "items";
    public const string Timeline = "timeline";
    public const string Project = "project";
    public const string Sequence = "sequence";
    public const string Angle = "angle";
    public const string Ref = "@ref";

    /// <summary>In <c>metadata.cinegit</c>: what is of one file only and never compared.</summary>
    public const string Local = "local";
    public const string Ids = "ids";
    public const string Order = "order";
    public const string Styles = "styles";
    public const string Hole = "hole";
    public const string SpineOffset = "spineOffset";
    public const string Total = "total";
    public const string Totals = "totals";
    public const string Dates = "dates";
    public const string SpineText = "spineText";
    public const string Text = "#text";
    public const string Link = "link";
    public const string Rate = "rate";
    public const string Definition = "definition";

    public static readonly FrozenSet<string> Anchors = FrozenSet.Create(
        "audio", "video", "clip", "title", "caption", "mc-clip", "ref-clip", "sync-clip", "asset-clip", "audition", "spine", "live-drawing");

    public static readonly FrozenSet<string> StoryItems = FrozenSet.Create(
        "audio", "video", "clip", "title", "caption", "mc-clip", "ref-clip", "sync-clip", "asset-clip", "live-drawing");

    /// <summary>Adjustments that can be switched off.</summary>
    public static readonly FrozenSet<string> Switched = FrozenSet.Create(
        "adjust-crop", "adjust-corners", "adjust-transform", "adjust-stabilization", "adjust-rollingShutter", "adjust-360-transform",
        "adjust-reorient", "adjust-orientation", "adjust-cinematic", "adjust-colorConform", "adjust-stereo-3D",
        "filter-video", "filter-video-mask", "filter-audio");

    /// <summary>The order that the DTDs 1.5 to 1.14 agree on for what an item may hold; anchored items and markers stand at their names.</summary>
    public static readonly ImmutableArray<string> ChildOrder =
    [
        "param", "text", "text-style-def", "note", "conform-rate", "timeMap", "object-tracker", "adjust-crop", "adjust-corners", "adjust-conform",
        "adjust-transform", "adjust-blend", "adjust-stabilization", "adjust-rollingShutter", "adjust-360-transform", "adjust-reorient",
        "adjust-orientation", "adjust-cinematic", "adjust-colorConform", "adjust-stereo-3D", "adjust-loudness", "adjust-noiseReduction",
        "adjust-humReduction", "adjust-EQ", "adjust-matchEQ", "adjust-voiceIsolation", "adjust-volume", "adjust-panner", "mc-source",
        Anchored, "marker", "chapter-marker", "rating", "keyword", "analysis-marker", "hidden-clip-marker", "audio-channel-source",
        "audio-role-source", "sync-source", "filter-video", "filter-video-mask", "filter-audio", "metadata", "reserved",
    ];

    public static readonly FrozenDictionary<string, int> Rank =
        ChildOrder.Select((name, rank) => (name, rank)).ToFrozenDictionary(p => p.name, p => p.rank);

    static readonly FrozenDictionary<string, OtioString> Words =
        StoryItems.Concat(ChildOrder).Append("gap").Append("transition").Append("sound").Distinct().ToFrozenDictionary(n => n, n => new OtioString(n));

    /// <summary>An element's name as a value, one instance for each.</summary>
    public static OtioString Word(string name) => Words.TryGetValue(name, out var word) ? word : new(name);

    /// <summary>An adjustment or a filter: what OTIO calls an effect.</summary>
    public static bool IsEffect(string name) =>
        name.StartsWith("adjust-", StringComparison.Ordinal) || name is "filter-video" or "filter-audio" or "filter-video-mask";

    public static bool IsMarker(string name) => name is "marker" or "chapter-marker";
}
