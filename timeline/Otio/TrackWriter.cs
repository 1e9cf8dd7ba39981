using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Tracks back to nodes. While a track has the elements, spaces and transitions it was read with, its children keep their
/// places; otherwise they are laid out anew from the cut.
/// </summary>
sealed class TrackWriter(FrameRate rate)
{
    readonly ElementWriter _elements = new(rate);
    readonly SpaceWriter _spaces = new(rate);

    public OtioObject Write(Track track)
    {
        if (track.Node.SchemaName != OtioSchema.Track) return WriteImplied(track);
        var said = TrackReader.Read(track.Node, new(new()), default);
        var node = OwnMetadata.WithId(track.Node, track.Id);
        if (track.Name != said.Track.Name) node = node.With("name", track.Name);
        if (track.Kind != said.Track.Kind) node = node.With("kind", WordFor(track.Kind));
        if (track.Enabled != said.Track.Enabled) node = node.With("enabled", track.Enabled);
        node = HasSameLayout(track, said.Track)
            ? WithChildrenInPlace(node, track, said)
            : ListField.With(node, "children", new TrackLayout(track, _elements, _spaces).Lay());
        return _elements.WithEffectsAndMarkers(node, track.Effects, track.Markers);
    }

    /// <summary>A child of a stack without a track around it stays bare while it is alone and the track says nothing itself.</summary>
    OtioObject WriteImplied(Track track)
    {
        var said = TrackReader.ReadImplied(track.Node, new(new()), default).Track;
        var isBare = !OwnMetadata.IsLasting(track.Id) && track.Name == said.Name && track.Kind == said.Kind && track.Enabled
            && track.Effects.IsEmpty && track.Markers.IsEmpty && HasSameLayout(track, said);
        if (isBare) return track.Elements.IsEmpty ? track.Node : _elements.Write(track.Elements[0]);
        return Write(track with { Node = OtioBuild.Track(track.Name, WordFor(track.Kind), []) });
    }

    static string WordFor(TrackKind kind) => kind switch
    {
        TrackKind.Video => "Video",
        TrackKind.Audio => "Audio",
        _ => "Data",
    };

    OtioObject WithChildrenInPlace(OtioObject node, Track track, ReadTrack said)
    {
        var objects = new List<OtioObject>(said.Children.Length);
        foreach (var child in said.Children)
        {
            if (child.Element is { } element) objects.Add(_elements.Write(track.Elements[element]));
            else if (child.EditPoint is { } transition) objects.Add(_elements.Write(track.EditPoints[transition]));
            else if (child.Node is OtioObject gap) objects.Add(gap);
        }

        return ListField.With(node, "children", objects);
    }

    static bool HasSameLayout(Track track, Track said)
    {
        if (track.Elements.Length != said.Elements.Length || track.EditPoints.Length != said.EditPoints.Length) return false;
        if (!track.Tail.Equals(said.Tail)) return false;
        for (var i = 0; i < track.Elements.Length; i++)
        {
            if (!ReferenceEquals(track.Elements[i].Node, said.Elements[i].Node)) return false;
            if (!track.Elements[i].Lead.Equals(said.Elements[i].Lead)) return false;
        }

        var places = IndexOf(track);
        var saidPlaces = IndexOf(said);
        for (var i = 0; i < track.EditPoints.Length; i++)
        {
            var (mine, its) = (track.EditPoints[i], said.EditPoints[i]);
            if (!ReferenceEquals(mine.Node, its.Node)) return false;
            if (Find(places, mine.Left) != Find(saidPlaces, its.Left) || Find(places, mine.Right) != Find(saidPlaces, its.Right)) return false;
        }

        return true;
    }

    internal static Dictionary<ElementId, int> IndexOf(Track track)
    {
        var places = new Dictionary<ElementId, int>(track.Elements.Length);
        for (var i = 0; i < track.Elements.Length; i++) places.TryAdd(track.Elements[i].Id, i);
        return places;
    }

    internal static int? Find(Dictionary<ElementId, int> places, ElementId? id) =>
        id is { } wanted && places.TryGetValue(wanted, out var index) ? index : null;
}

/// <summary>Lays a track's children out: gaps before what follows them, transitions at their cut.</summary>
sealed class TrackLayout
{
    readonly Track _track;
    readonly ElementWriter _elements;
    readonly SpaceWriter _spaces;
    readonly ILookup<int, EditPoint> _afterElement;
    readonly ILookup<int, EditPoint> _beforeElement;
    readonly List<EditPoint> _loose;
    readonly List<OtioObject> _children = [];

    public TrackLayout(Track track, ElementWriter elements, SpaceWriter spaces)
    {
        (_track, _elements, _spaces) = (track, elements, spaces);
        var places = TrackWriter.IndexOf(track);
        var placed = track.EditPoints
            .Select(p => (Point: p, Left: TrackWriter.Find(places, p.Left), Right: TrackWriter.Find(places, p.Right)))
            .ToList();
        _afterElement = placed.Where(p => p.Left is not null).ToLookup(p => p.Left ?? 0, p => p.Point);
        _beforeElement = placed.Where(p => p.Left is null && p.Right is not null).ToLookup(p => p.Right ?? 0, p => p.Point);
        _loose = [.. placed.Where(p => p.Left is null && p.Right is null).Select(p => p.Point)];
    }

    public IReadOnlyList<OtioObject> Lay()
    {
        for (var i = 0; i < _track.Elements.Length; i++)
        {
            LaySpace(_track.Elements[i].Lead);
            _children.AddRange(_beforeElement[i].Select(_elements.Write));
            _children.Add(_elements.Write(_track.Elements[i]));
            _children.AddRange(_afterElement[i].Select(_elements.Write));
        }

        LaySpace(_track.Tail);
        _children.AddRange(_loose.Select(_elements.Write));
        return _children;
    }

    /// <summary>Gaps, with the transitions that stood in front of one of them and touch no element.</summary>
    void LaySpace(Space space)
    {
        foreach (var gap in _spaces.Write(space))
        {
            for (var i = 0; i < _loose.Count; i++)
            {
                if (!StoodBefore(_loose[i], gap)) continue;
                _children.Add(_elements.Write(_loose[i]));
                _loose.RemoveAt(i--);
            }

            _children.Add(gap);
        }
    }

    bool StoodBefore(EditPoint transition, OtioObject gap)
    {
        var children = _track.Node.List("children");
        var next = children.IndexOf(transition.Node, 0, ReferenceEqualityComparer.Instance) + 1;
        return next > 0 && next < children.Length && ReferenceEquals(children[next], gap);
    }
}
