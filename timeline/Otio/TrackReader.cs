using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>What a child of a track became: the element or edit point of that index; a gap, or no object at all, has none.</summary>
readonly record struct TrackChild(OtioValue Node, int? Element, int? EditPoint);

/// <summary>A track and, child by child, what its OTIO list became.</summary>
sealed record ReadTrack(Track Track, ImmutableArray<TrackChild> Children);

static class TrackReader
{
    public static ReadTrack Read(OtioObject node, CutReading reading, Place place)
    {
        reading.CheckVersion(node, place);
        if (reading.Range(node["source_range"], place, "source_range") is not null)
        {
            reading.Warn(
                DiagnosticCodes.OtioTrimmedTrack,
                place,
                $"The track \"{node.Text("name")}\" is trimmed by a source_range of its own; the trim is kept, and the cut shows the whole track.");
        }

        var track = new Track
        {
            Id = reading.IdOf(node),
            Name = node.Text("name") ?? "",
            Kind = KindOf(node),
            Enabled = node.Flag("enabled") ?? true,
            Effects = ElementReader.ReadEffects(node, reading, place),
            Markers = ElementReader.ReadMarkers(node, reading, place),
            Node = node,
        };
        var walk = new TrackWalk(reading, place);
        var children = node.List("children");
        for (var i = 0; i < children.Length; i++) walk.Take(children[i], i);
        return walk.Finish(track);
    }

    /// <summary>A clip, nest or gap that stands in a stack without a track around it: a track with that one child.</summary>
    public static ReadTrack ReadImplied(OtioObject child, CutReading reading, Place place)
    {
        var walk = new TrackWalk(reading, place);
        walk.TakeAt(child, place);
        return walk.Finish(new() { Id = reading.IdOf(OtioObject.EmptyMap), Name = "", Node = child });
    }

    static TrackKind KindOf(OtioObject node) => node.Text("kind") switch
    {
        null or "" or "Video" => TrackKind.Video,
        "Audio" => TrackKind.Audio,
        _ => TrackKind.Other,
    };
}

/// <summary>Walks a track's children: gaps become the space before what follows, transitions edit points between neighbours.</summary>
sealed class TrackWalk(CutReading reading, Place trackPlace)
{
    readonly ImmutableArray<TrackChild>.Builder _children = ImmutableArray.CreateBuilder<TrackChild>();
    readonly ImmutableArray<Element>.Builder _elements = ImmutableArray.CreateBuilder<Element>();
    readonly ImmutableArray<EditPoint>.Builder _editPoints = ImmutableArray.CreateBuilder<EditPoint>();
    readonly List<OtioObject> _gaps = [];
    Flicks _space;
    Flicks _total;

    /// <summary>The element that ends here; null after a gap and at the start of the track.</summary>
    ElementId? _left;

    /// <summary>Edit points from here on wait for what follows them.</summary>
    int _open;

    public void Take(OtioValue child, int index)
    {
        if (child is OtioObject node)
        {
            TakeAt(node, trackPlace.Of("children", index));
            return;
        }

        reading.NotAnObject(trackPlace.Of("children", index), "children");
        _children.Add(new(child, null, null));
    }

    public void TakeAt(OtioObject node, Place place)
    {
        switch (node.SchemaName)
        {
            case OtioSchema.Gap: TakeGap(node, place); break;
            case OtioSchema.Transition: TakeTransition(node, place); break;
            default: TakeElement(node, place); break;
        }
    }

    public ReadTrack Finish(Track track)
    {
        var tail = TakeSpace();
        return new(
            track with { Elements = _elements.DrainToImmutable(), EditPoints = _editPoints.DrainToImmutable(), Tail = tail },
            _children.DrainToImmutable());
    }

    void TakeGap(OtioObject node, Place place)
    {
        reading.CheckVersion(node, place);
        var duration = Durations.Of(node, reading, place);
        _total = Durations.Sum(_total, duration, place);
        _space += duration;
        _gaps.Add(node);
        _left = null;
        _open = _editPoints.Count;
        _children.Add(new(node, null, null));
    }

    void TakeTransition(OtioObject node, Place place)
    {
        reading.CheckVersion(node, place);
        _children.Add(new(node, null, _editPoints.Count));
        _editPoints.Add(new()
        {
            Id = reading.IdOf(node),
            Left = _left,
            Name = node.Text("name") ?? "",
            Type = node.Text("transition_type") ?? "",
            InOffset = reading.Time(node["in_offset"], place, "in_offset") ?? Flicks.Zero,
            OutOffset = reading.Time(node["out_offset"], place, "out_offset") ?? Flicks.Zero,
            Node = node,
        });
    }

    void TakeElement(OtioObject node, Place place)
    {
        var element = ElementReader.Read(node, reading, place) with { Lead = TakeSpace() };
        element.MarkAsRead();
        _total = Durations.Sum(_total, element.Duration, place);
        for (; _open < _editPoints.Count; _open++) _editPoints[_open] = _editPoints[_open] with { Right = element.Id };
        _left = element.Id;
        _children.Add(new(node, _elements.Count, null));
        _elements.Add(element);
    }

    Space TakeSpace()
    {
        if (_gaps.Count == 0) return Space.None;
        var space = new Space(_space, [.. _gaps]);
        _gaps.Clear();
        _space = Flicks.Zero;
        return space;
    }
}
