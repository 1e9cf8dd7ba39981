using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Model;

/// <summary>Something that takes up time on a track.</summary>
public abstract record Element
{
    public required ElementId Id { get; init; }

    /// <summary>Empty time between the end of the element before (or the start of the track) and this one.</summary>
    public Space Lead { get; init; } = Space.None;

    /// <summary>Time on the track, &gt; 0.</summary>
    public required Flicks Duration { get; init; }

    /// <summary>Where in the source the element begins, in source time.</summary>
    public Flicks SourceStart { get; init; }

    public string Name { get; init; } = "";

    public bool Enabled { get; init; } = true;

    /// <summary>The label colour, as OTIO spells it; null when there is none.</summary>
    public string? Color { get; init; }

    /// <summary>Elements with one link are trimmed and moved together: picture and its sound. Null when unlinked.</summary>
    public string? Link { get; init; }

    public ImmutableArray<Effect> Effects { get; init; } = [];

    /// <summary>Markers in source time.</summary>
    public ImmutableArray<Marker> Markers { get; init; } = [];

    /// <summary>The OTIO object this was read from; holds what is not modelled.</summary>
    public required OtioObject Node { get; init; }
}

/// <summary>A use of media.</summary>
public sealed record Clip : Element
{
    public required Media Media { get; init; }
}

/// <summary>A nested stack or track, one element of its track; <see cref="NestInside"/> reads what is inside as a cut.</summary>
public sealed record Nest : Element
{
    /// <summary>
    /// Nests with one definition are uses of one sequence and have the same inside, which OTIO writes out for each of them.
    /// Null until the nest was identified.
    /// </summary>
    public string? Definition { get; init; }
}

/// <summary>A child whose schema is not known here; it has a duration only when it carries a readable source_range.</summary>
public sealed record UnknownElement : Element;

/// <summary>What a clip shows.</summary>
/// <param name="Key">Equal for equal media: the target url, else the reference's name, else what it generates.</param>
/// <param name="Name">What an editor calls it: the file name without folders.</param>
/// <param name="Available">The extent of the media in source time, when known.</param>
/// <param name="References">The clip's <c>media_references</c> (Clip.2) or <c>media_reference</c> (Clip.1) as read.</param>
public sealed record Media(string Key, string Name, TimeRange? Available, OtioValue References);

/// <summary>A transition at the cut between two neighbours on a track. An outer null is the start or end of the track, or a gap.</summary>
public sealed record EditPoint
{
    public required ElementId Id { get; init; }

    public ElementId? Left { get; init; }

    public ElementId? Right { get; init; }

    public string Name { get; init; } = "";

    /// <summary><c>SMPTE_Dissolve</c>, <c>Custom_Transition</c> or another tool's word.</summary>
    public required string Type { get; init; }

    /// <summary>Reach into the outgoing element, before the cut.</summary>
    public required Flicks InOffset { get; init; }

    /// <summary>Reach into the incoming element, after the cut.</summary>
    public required Flicks OutOffset { get; init; }

    public required OtioObject Node { get; init; }
}

/// <summary>An effect in an element's or track's chain. Retimes are effects whose <see cref="TimeScalar"/> is set.</summary>
public sealed record Effect
{
    public required ElementId Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>What kind of effect: OTIO's <c>effect_name</c>.</summary>
    public string Kind { get; init; } = "";

    public bool Enabled { get; init; } = true;

    /// <summary>Speed of a retime as written (1.0 is normal, 0.0 a freeze); null for every other effect.</summary>
    public OtioNumber? TimeScalar { get; init; }

    /// <summary>The parameters: metadata and every other field, one register per key.</summary>
    public required OtioObject Node { get; init; }
}

public sealed record Marker
{
    public required ElementId Id { get; init; }

    public string Name { get; init; } = "";

    public string? Color { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>In the carrier's source time; sequence markers in record time from zero.</summary>
    public required TimeRange Range { get; init; }

    public required OtioObject Node { get; init; }
}
