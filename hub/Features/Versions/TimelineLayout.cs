using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.Versions;

/// <summary>Lays a cut out for drawing.</summary>
public static class TimelineLayout
{
    /// <param name="version">Whose layout this is; empty for a cut that is no version.</param>
    /// <param name="sequence">The cut.</param>
    public static TimelineResponse Of(string version, Sequence sequence)
    {
        var clock = new RecordClock(sequence);
        return new TimelineResponse(
            version,
            sequence.Name,
            sequence.Rate.Numerator,
            sequence.Rate.Denominator,
            clock.CountsDropFrame,
            clock.StartFrame,
            clock.Frames(sequence.Duration),
            [.. sequence.Tracks.Select(track => TrackOf(track, clock))],
            [.. sequence.Markers.Select(marker => MarkerOf(marker, marker.Range.Start, clock))]);
    }

    static TrackView TrackOf(Track track, RecordClock clock)
    {
        var elements = new List<ElementView>(track.Elements.Length);
        var ranges = new Dictionary<ElementId, TimeRange>(track.Elements.Length);
        var time = Flicks.Zero;
        foreach (var element in track.Elements)
        {
            var range = new TimeRange(time + element.Lead.Duration, element.Duration);
            elements.Add(ElementOf(element, range, clock));
            ranges[element.Id] = range;
            time = range.End;
        }

        return new TrackView(
            track.Id.ToString(),
            track.Name,
            track.Kind switch { TrackKind.Video => "video", TrackKind.Audio => "audio", _ => "other" },
            track.Enabled,
            elements,
            [.. track.EditPoints.Select(point => TransitionOf(point, ranges, clock)).OfType<TransitionView>()]);
    }

    static ElementView ElementOf(Element element, TimeRange range, RecordClock clock)
    {
        var start = clock.Frames(range.Start);
        return new ElementView(
            element.Id.ToString(),
            KindOf(element),
            element.Name,
            element is Clip clip ? clip.Media.Name : "",
            start,
            // Sound shorter than a frame is there too.
            Math.Max(1, clock.Frames(range.End) - start),
            element.SourceStart.ToFrames(clock.Rate, Rounding.Floor),
            element.Enabled,
            element.Color,
            element.Link,
            [.. element.Effects.Select(effect => effect.Name.Length > 0 ? effect.Name : effect.Kind)],
            MarkersOf(element, range, clock));
    }

    static string KindOf(Element element) => element switch
    {
        Clip clip => IsGenerated(clip) ? "generator" : "clip",
        Nest => "nest",
        _ => "unknown",
    };

    static bool IsGenerated(Clip clip)
    {
        if (clip.Media.References is not OtioObject references) return false;
        var active = references.Schema.Length > 0
            ? references
            : references.Child(clip.Node.Text("active_media_reference_key") ?? OtioSchema.DefaultMediaKey);
        return active?.SchemaName == OtioSchema.GeneratorReference;
    }

    /// <summary>Markers are in source time; those outside of what the element shows are not on the timeline.</summary>
    static ImmutableArray<MarkerView> MarkersOf(Element element, TimeRange range, RecordClock clock)
    {
        if (element.Markers.IsEmpty) return [];
        var speed = SpeedOf(element);
        var views = ImmutableArray.CreateBuilder<MarkerView>();
        foreach (var marker in element.Markers)
        {
            var offset = marker.Range.Start - element.SourceStart;
            var at = range.Start + (speed is null or 1m ? offset : new Flicks((long)(offset.Value / speed.Value)));
            if (range.Contains(at)) views.Add(MarkerOf(marker, at, clock));
        }

        return views.ToImmutable();
    }

    /// <summary>How fast source time runs; null for a freeze, which has no other moment to show a marker at.</summary>
    static decimal? SpeedOf(Element element)
    {
        var speed = 1m;
        foreach (var effect in element.Effects)
        {
            if (effect.TimeScalar is not { } scalar) continue;
            var value = scalar.ToDouble();
            if (!double.IsFinite(value) || Math.Abs(value) is < 0.0001 or > 10_000) return null;
            speed *= (decimal)value;
        }

        return speed;
    }

    static MarkerView MarkerOf(Marker marker, Flicks at, RecordClock clock) => new(
        marker.Name, marker.Color, marker.Comment, clock.Frames(at), clock.Frames(at + marker.Range.Duration) - clock.Frames(at));

    /// <summary>Null for a transition between two gaps: nothing on the track says where it is.</summary>
    static TransitionView? TransitionOf(EditPoint point, Dictionary<ElementId, TimeRange> ranges, RecordClock clock)
    {
        Flicks cut;
        if (point.Right is { } right && ranges.TryGetValue(right, out var incoming)) cut = incoming.Start;
        else if (point.Left is { } left && ranges.TryGetValue(left, out var outgoing)) cut = outgoing.End;
        else return null;

        var start = clock.Frames(cut - point.InOffset);
        return new TransitionView(
            point.Name.Length > 0 ? point.Name : point.Type, start, clock.Frames(cut), clock.Frames(cut + point.OutOffset) - start);
    }
}
