using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Model;

/// <summary>
/// The cut: what is versioned, compared and merged. Gaps are the <see cref="Element.Lead"/> of what follows them, record
/// positions are sums, transitions are <see cref="EditPoint"/>s between two elements; so one edit changes one place.
/// Each part keeps its OTIO node (<c>Node</c>), which holds everything the cut does not model; writing a part that nobody
/// changed writes that node back.
/// </summary>
public sealed record Sequence
{
    public required string Name { get; init; }

    /// <summary>The rate that record times are shown in.</summary>
    public required FrameRate Rate { get; init; }

    /// <summary>What the first frame is called: usually 01:00:00:00.</summary>
    public Flicks GlobalStart { get; init; }

    public ImmutableArray<Track> Tracks { get; init; } = [];

    /// <summary>Sequence markers, in record time from zero.</summary>
    public ImmutableArray<Marker> Markers { get; init; } = [];

    /// <summary>The whole document this was read from.</summary>
    public required OtioDocument Document { get; init; }

    public Flicks Duration => Tracks.IsEmpty ? Flicks.Zero : Tracks.Max(t => t.Duration);
}

public enum TrackKind
{
    Video,
    Audio,

    /// <summary>Data, captions: anything OTIO's <c>kind</c> says beyond the two.</summary>
    Other,
}

public sealed record Track
{
    public required ElementId Id { get; init; }

    public required string Name { get; init; }

    public TrackKind Kind { get; init; }

    public bool Enabled { get; init; } = true;

    public ImmutableArray<Element> Elements { get; init; } = [];

    public ImmutableArray<EditPoint> EditPoints { get; init; } = [];

    public ImmutableArray<Effect> Effects { get; init; } = [];

    public ImmutableArray<Marker> Markers { get; init; } = [];

    /// <summary>Empty space after the last element.</summary>
    public Space Tail { get; init; } = Space.None;

    public required OtioObject Node { get; init; }

    public Flicks Duration => Elements.Aggregate(Tail.Duration, (sum, e) => sum + e.Lead.Duration + e.Duration);
}

/// <summary>
/// Empty time before an element. <see cref="Gaps"/> are the gap objects as they were read, reused on writing while they
/// still add up to <see cref="Duration"/>.
/// </summary>
public sealed record Space(Flicks Duration, ImmutableArray<OtioObject> Gaps)
{
    public static readonly Space None = new(Flicks.Zero, []);

    public static Space Of(Flicks duration) => duration.IsZero ? None : new(duration, []);

    public bool Equals(Space? other) =>
        other is not null && Duration == other.Duration && Gaps.AsSpan().SequenceEqual(other.Gaps.AsSpan());

    public override int GetHashCode() => Duration.GetHashCode();
}
