using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.TestKit;

/// <summary>Lays out tracks one after the other; see <see cref="Cuts.Sequence(int, string)"/>.</summary>
public sealed class CutBuilder(FrameRate rate, string name)
{
    readonly List<Track> _tracks = [];
    readonly List<Marker> _markers = [];
    uint _next;

    public CutBuilder Video(string track, params ReadOnlySpan<Piece> pieces) => Add(track, TrackKind.Video, pieces);

    public CutBuilder Audio(string track, params ReadOnlySpan<Piece> pieces) => Add(track, TrackKind.Audio, pieces);

    public CutBuilder Marker(string markerName, long frame)
    {
        _markers.Add(NewMarker(markerName, frame));
        return this;
    }

    /// <summary>The cut as it comes from a file: its ids mean nothing outside of it.</summary>
    public Sequence Build()
    {
        var tracks = _tracks.Select(t => t.Node);
        return new()
        {
            Name = name,
            Rate = rate,
            GlobalStart = Frames(3600L * rate.NominalFramesPerSecond),
            Tracks = [.. _tracks],
            Markers = [.. _markers],
            Document = new(OtioBuild.Timeline(name, new RationalTime(3600L * rate.NominalFramesPerSecond, rate), tracks)),
        };
    }

    /// <summary>The cut with lasting ids, as a first version has them.</summary>
    public Sequence Identified(ulong birth = 1) => ElementMatcher.Identify(Build(), null, new Birth(birth)).Sequence;

    Flicks Frames(long frames) => Flicks.FromFrames(frames, rate);

    ElementId NextId() => new(0, ++_next);

    CutBuilder Add(string track, TrackKind kind, ReadOnlySpan<Piece> pieces)
    {
        var elements = ImmutableArray.CreateBuilder<Element>();
        var editPoints = ImmutableArray.CreateBuilder<EditPoint>();
        var lead = 0L;
        ElementId? previous = null;
        Dissolve? pending = null;
        foreach (var piece in pieces)
        {
            if (piece is Hole hole)
            {
                lead += hole.Frames;
                previous = null;
            }
            else if (piece is Dissolve dissolve)
            {
                pending = dissolve;
            }
            else if (piece is Shot shot)
            {
                var element = Clip(shot, lead);
                elements.Add(element);
                if (pending is not null) editPoints.Add(Transition(pending, previous, element.Id));
                (lead, previous, pending) = (0, element.Id, null);
            }
        }

        _tracks.Add(new()
        {
            Id = NextId(),
            Name = track,
            Kind = kind,
            Elements = elements.ToImmutable(),
            EditPoints = editPoints.ToImmutable(),
            Tail = Space.Of(Frames(lead)),
            Node = OtioBuild.Track(track, kind.ToString(), elements.Select(e => e.Node)),
        });
        return this;
    }

    Clip Clip(Shot shot, long lead)
    {
        var available = OtioBuild.Range(new(0, rate), new(shot.MediaFrames, rate));
        var reference = OtioBuild.ExternalReference($"file:///media/{shot.Media}.mov", available);
        var effects = shot.Effects.Select(e => NewEffect(e.Kind, e.Parameter, e.Value)).ToList();
        if (shot.Speed is { } speed) effects.Add(NewRetime(speed));
        return new()
        {
            Id = NextId(),
            Name = shot.Name,
            Lead = Space.Of(Frames(lead)),
            Duration = Frames(shot.Frames),
            SourceStart = Frames(shot.SourceStart),
            Link = shot.LinkedAs,
            Effects = [.. effects],
            Markers = [.. shot.Markers.Select(m => NewMarker(m.Name, m.At))],
            Media = new(
                $"file:///media/{shot.Media}.mov",
                shot.Media + ".mov",
                new TimeRange(Flicks.Zero, Frames(shot.MediaFrames)),
                OtioObject.Map((OtioSchema.DefaultMediaKey, reference))),
            Node = OtioBuild.Clip(shot.Name, reference, OtioBuild.Range(new(shot.SourceStart, rate), new(shot.Frames, rate))),
        };
    }

    EditPoint Transition(Dissolve dissolve, ElementId? left, ElementId right) => new()
    {
        Id = NextId(),
        Left = left,
        Right = right,
        Type = "SMPTE_Dissolve",
        InOffset = Frames(dissolve.Before),
        OutOffset = Frames(dissolve.After),
        Node = OtioBuild.Transition("", "SMPTE_Dissolve", new(dissolve.Before, rate), new(dissolve.After, rate)),
    };

    Effect NewEffect(string kind, string parameter, double value) => new()
    {
        Id = NextId(),
        Name = kind,
        Kind = kind,
        Node = OtioBuild.Effect(kind, kind, OtioObject.Map((parameter, value))),
    };

    Effect NewRetime(double speed) => new()
    {
        Id = NextId(),
        Kind = "LinearTimeWarp",
        TimeScalar = OtioNumber.FromDouble(speed),
        Node = OtioBuild.LinearTimeWarp(speed),
    };

    Marker NewMarker(string markerName, long frame) => new()
    {
        Id = NextId(),
        Name = markerName,
        Color = "RED",
        Range = new(Frames(frame), Frames(1)),
        Node = OtioBuild.Marker(markerName, OtioBuild.Range(new(frame, rate), new(1, rate)), "RED"),
    };
}
