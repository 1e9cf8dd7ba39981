using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Something to write in a storyline: an item, a gap, a transition, or a connected storyline of its own.</summary>
internal sealed class FcpxmlPlan(OtioObject node, FcpxmlRow row, int lane, Flicks start, Flicks duration)
{
    public OtioObject Node => node;

    public FcpxmlRow Row => row;

    public int Lane { get; set; } = lane;

    /// <summary>Record time; of a transition its cut.</summary>
    public Flicks Start => start;

    public Flicks Duration { get; set; } = duration;

    public Flicks End => Start + Duration;

    public OtioObject? Section { get; } = FcpxmlLocal.Section(node);

    public OtioObject? Local { get; } = FcpxmlLocal.In(node);

    public bool IsTransition { get; } = node.SchemaName == OtioSchema.Transition;

    public bool IsGap { get; } = node.SchemaName == OtioSchema.Gap;

    /// <summary>Its start in its own time.</summary>
    public Flicks OwnStart { get; set; }

    public FcpxmlTimeMap? Retime { get; set; }

    /// <summary>How its own time becomes the sequence's; null where both are one.</summary>
    public FcpxmlConform? Conform { get; set; }

    /// <summary>In its own time what is in the sequence at this time.</summary>
    public Flicks OwnAt(Flicks time) => OwnStart + (Conform?.ToOwn(time - Start) ?? time - Start);

    /// <summary>Where in the document it stands.</summary>
    public string Place { get; init; } = "";

    public FcpxmlPlan? Holder { get; set; }

    public List<FcpxmlPlan> Anchored { get; } = [];

    /// <summary>The items of a connected storyline; empty for everything else.</summary>
    public List<FcpxmlPlan> Items { get; } = [];

    /// <summary>Markers of the sequence that stand over it, in record time.</summary>
    public List<OtioObject> SequenceMarkers { get; } = [];

    /// <summary>The asset that it shows; null for what shows none.</summary>
    public string? Asset { get; set; }

    /// <summary>The sound that is written with this picture.</summary>
    public FcpxmlPlan? Sound { get; set; }

    /// <summary>True for a sound that is written with its picture.</summary>
    public bool IsAbsorbed { get; set; }

    /// <summary>What is inside a nest.</summary>
    public FcpxmlMedia? Media { get; set; }

    /// <summary>What is inside a synchronized clip.</summary>
    public FcpxmlStory? Inside { get; set; }

    public string? Element => Section?.Text(FcpxmlKeys.Element);
}

/// <summary>A storyline to write, with what hangs on it.</summary>
internal sealed record FcpxmlStory(List<FcpxmlPlan> Primary, Flicks Length, FcpxmlFrame Frame);

/// <summary>An entry of <c>resources</c> with an inside: a compound or a multicam.</summary>
/// <param name="Key">What it is called.</param>
/// <param name="Children">The nest's tracks, by which uses of one are told from uses of another.</param>
internal sealed record FcpxmlMedia(string Key, OtioValue Children)
{
    public FcpxmlStory? Story { get; set; }

    /// <summary>The key of a compound's format.</summary>
    public string? Format { get; set; }

    /// <summary>The angles of a multicam with their tracks; null for a compound.</summary>
    public List<(OtioObject Track, FcpxmlStory Story)>? Angles { get; set; }

    public string Name { get; init; } = "";
}

internal static class FcpxmlTimes
{
    /// <summary>How long an item lasts on its track and where in its source it begins.</summary>
    public static TimeRange Of(OtioObject item) => ItemTimes.SpanOf(item) ?? default;
}
