namespace CineGit.Contracts.Hub;

/// <summary>One version laid out for drawing: whole record frames from zero at the sequence's rate.</summary>
/// <param name="Version">Whose layout this is.</param>
/// <param name="Name">The sequence's name.</param>
/// <param name="RateNumerator">24000 of 24000/1001.</param>
/// <param name="RateDenominator">1001 of 24000/1001.</param>
/// <param name="DropFrame">How timecode is to be printed.</param>
/// <param name="StartFrame">The timecode frame number of record frame zero (01:00:00:00 → 86400 at 24).</param>
/// <param name="DurationFrames">Length of the longest track.</param>
/// <param name="Tracks">In the document's order: for a usual timeline V1, V2, A1, A2.</param>
/// <param name="Markers">Sequence markers.</param>
public sealed record TimelineResponse(
    string Version,
    string Name,
    int RateNumerator,
    int RateDenominator,
    bool DropFrame,
    long StartFrame,
    long DurationFrames,
    IReadOnlyList<TrackView> Tracks,
    IReadOnlyList<MarkerView> Markers);

/// <param name="Id">The track's id.</param>
/// <param name="Name">V1.</param>
/// <param name="Kind"><c>video</c>, <c>audio</c> or <c>other</c>.</param>
/// <param name="Enabled">False for a muted or hidden track.</param>
/// <param name="Elements">What is on it, in order; empty time between them is empty.</param>
/// <param name="Transitions">Where elements overlap.</param>
public sealed record TrackView(
    string Id, string Name, string Kind, bool Enabled, IReadOnlyList<ElementView> Elements, IReadOnlyList<TransitionView> Transitions);

/// <param name="Id">The element's id, equal across versions.</param>
/// <param name="Kind"><c>clip</c>, <c>nest</c>, <c>generator</c> or <c>unknown</c>.</param>
/// <param name="Name">The clip's name.</param>
/// <param name="Media">File name of what it shows; empty when missing.</param>
/// <param name="StartFrame">Record frame from zero.</param>
/// <param name="DurationFrames">&gt; 0.</param>
/// <param name="SourceStartFrame">First source frame, at the sequence's rate.</param>
/// <param name="Enabled">False when muted.</param>
/// <param name="Color">Label colour as OTIO spells it.</param>
/// <param name="Link">Equal for linked picture and sound.</param>
/// <param name="Effects">Names of its effects, in order.</param>
/// <param name="Markers">Its markers, in record frames.</param>
public sealed record ElementView(
    string Id,
    string Kind,
    string Name,
    string Media,
    long StartFrame,
    long DurationFrames,
    long SourceStartFrame,
    bool Enabled,
    string? Color,
    string? Link,
    IReadOnlyList<string> Effects,
    IReadOnlyList<MarkerView> Markers);

/// <param name="Name">Its name or type.</param>
/// <param name="StartFrame">First record frame it touches.</param>
/// <param name="CutFrame">The cut it lies over.</param>
/// <param name="DurationFrames">Its whole length.</param>
public sealed record TransitionView(string Name, long StartFrame, long CutFrame, long DurationFrames);

public sealed record MarkerView(string Name, string? Color, string Comment, long StartFrame, long DurationFrames);
