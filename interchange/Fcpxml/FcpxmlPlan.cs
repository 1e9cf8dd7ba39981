using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Something to write in a storyline: an item, a gap, a transition, or a connected storyline of its own.</summary>
internal sealed class FcpxmlPlan(OtioObject node, FcpxmlRow row, int lane, Flicks start, Flicks duration)
{
    // Most items have none of these.
    List<FcpxmlPlan>? _anchored;
    List<FcpxmlPlan>? _items;
    List<OtioObject>? _sequenceMarkers;
    TimeRange? _shown;

    public OtioObject Node => node;

    public FcpxmlRow Row => row;

    public int Lane { get; set; } = lane;

    /// <summary>Record time; of a transition its cut.</summary>
    public Flicks Start => start;

    public Flicks Duration { get; set; } = duration;

    public Flicks End => Start + Duration;

    /// <summary>The part of its source that plays, as the document says it.</summary>
    public TimeRange Shown
    {
        get => _shown ??= FcpxmlTimes.Of(node);
        init => _shown = value;
    }

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

    /// <summary>Where in the document its track stands, and which child of that it is; -1 for what is no child of a track.</summary>
    public string Track { get; init; } = "";

    public int Index { get; init; } = -1;

    /// <summary>Where in the document it stands.</summary>
    public string Place => Index < 0 ? Track : string.Create(CultureInfo.InvariantCulture, $"{Track}/children/{Index}");

    public FcpxmlPlan? Holder { get; set; }

    public IReadOnlyList<FcpxmlPlan> Anchored => _anchored ?? [];

    /// <summary>The items of a connected storyline; empty for everything else.</summary>
    public IReadOnlyList<FcpxmlPlan> Items => _items ?? [];

    /// <summary>Markers of the sequence that stand over it, in record time.</summary>
    public IReadOnlyList<OtioObject> SequenceMarkers => _sequenceMarkers ?? [];

    /// <summary>The reference to what it plays; null for what generates its picture, and for nests.</summary>
    public OtioObject? Source { get; set; }

    /// <summary>Equal for a picture and the sound that may be part of it; null for what has no such part.</summary>
    public (string, string)? Pair { get; set; }

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

    /// <summary>Of a connected storyline the first item that is no transition; of anything else itself.</summary>
    public FcpxmlPlan First(bool withGaps) => _items?.Find(i => !i.IsTransition && (withGaps || !i.IsGap)) ?? this;

    public void Hang(FcpxmlPlan item) => (_anchored ??= []).Add(item);

    public void Hang(IReadOnlyList<FcpxmlPlan> inOrder) => _anchored = inOrder.Count == 0 ? null : [.. inOrder];

    public void Take(FcpxmlPlan item) => (_items ??= []).Add(item);

    public void Mark(OtioObject marker) => (_sequenceMarkers ??= []).Add(marker);
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
