using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>One item of a track on its way into a list, in frames of the list's rate and record timecode.</summary>
internal sealed class EdlCue
{
    public required EdlTrackPlan Track { get; init; }

    /// <summary>The OTIO item; null for the black that a fade-out ends in.</summary>
    public required OtioObject? Item
    {
        get;
        init
        {
            field = value;
            Section = value?.Child("metadata")?.Child(EdlKeys.Section);
            Name = EdlLayout.Clean(value?.Text("name") is { Length: > 0 } name ? name : GeneratorOf(value) ?? "");
        }
    }

    /// <summary>What to call a title or a pattern without a name of its own; black and bars are reels.</summary>
    static string? GeneratorOf(OtioObject? item) =>
        item is not null && ItemTimes.ActiveMedia(item) is { SchemaName: OtioSchema.GeneratorReference } media && media.Text("generator_kind") is not ("black" or "SMPTEBars" or null) and var kind ? kind : null;

    public required long RecordIn { get; set; }

    public required long RecordOut { get; set; }

    public required long SourceIn { get; set; }

    /// <summary>What <see cref="SourceIn"/> is counted at: the source's own rate.</summary>
    public required FrameRate SourceRate { get; init; }

    public required string Reel { get; init; }

    /// <summary>The transition that leads into this item.</summary>
    public OtioObject? Transition { get; init; }

    public long TransitionLength { get; init; }

    /// <summary>What the transition comes from when that is an item that ends where it begins.</summary>
    public EdlCue? Previous { get; init; }

    /// <summary>This cue is the first line of the next one's pair.</summary>
    public bool IsInPair { get; set; }

    public long RecordDuration => RecordOut - RecordIn;

    public OtioObject? Section { get; private init; }

    public string Name { get; private init; } = "";

    /// <summary>False where the name is only the reel's.</summary>
    public bool IsNamed => Name.Length > 0 && !(Section?.Flag(EdlKeys.Unnamed) is true && Name == Reel);

    public string? Link => Item?.Child("metadata")?.Child(OtioSchema.OwnMetadata)?.Text("link");
}

/// <summary>A track and the channel its events are written on.</summary>
/// <param name="Lane">The channel, and which of the tracks of that channel it is.</param>
internal sealed record EdlTrackPlan(OtioObject Track, EdlChannels Channels, int Order, string Lane, string Location);
